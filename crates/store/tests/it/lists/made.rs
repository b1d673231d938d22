//! Small made-up lists, as readings: no file is read here.

use domain::{
    AreaCode, Sex,
    identity::read_nik,
    lists::{
        Fault, Fields, Finding, NumberState, Relation, RowReading, VersionState,
        format::{Kind, format},
    },
    name::name_key,
};
use store::{
    Change,
    lists::{
        self, NewFile, NewVersion,
        rows::{self, Target},
        versions,
    },
};
use testkit::databases::NOW;

/// One row of a made-up list. In a family file the person is the head.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub kk: &'static str,
    pub nik: &'static str,
    pub name: &'static str,
    pub birth: &'static str,
    pub relation: Option<Relation>,
    pub list_family_id: &'static str,
    pub list_person_id: &'static str,
    pub village: &'static str,
    pub address: &'static str,
    pub desil: i16,
    pub members: i32,
}

fn text(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

impl Said {
    pub fn reading(&self, row: u32) -> RowReading {
        let (state, nik) = match (self.nik, read_nik(self.nik)) {
            ("", _) => (NumberState::Missing, None),
            (nik, (_, None)) => (NumberState::Sound, Some(nik.to_owned())),
            (nik, (_, Some(fault))) => (NumberState::Faulty(fault), Some(nik.to_owned())),
        };
        let mut findings = Vec::new();
        if nik.is_none() {
            findings.push(Finding::new(Some(row), Some("NIK".into()), Fault::NikEmpty, ""));
        }
        RowReading {
            row,
            raw: vec![self.kk.to_owned(), self.nik.to_owned(), self.name.to_owned()],
            fields: Fields {
                nik,
                nik_state: state,
                kk: text(self.kk),
                kk_state: if self.kk.is_empty() { NumberState::Missing } else { NumberState::Sound },
                name: text(self.name),
                name_key: name_key(self.name),
                sex: Some(Sex::Male),
                birth_date: self.birth.parse().ok(),
                relation: self.relation,
                list_family_id: text(self.list_family_id),
                list_person_id: text(self.list_person_id),
                village: self.village.parse::<AreaCode>().ok(),
                address: text(self.address),
                desil_national: (self.desil > 0).then_some(self.desil),
                members: (self.members > 0).then_some(self.members),
                ..Fields::default()
            },
            findings,
            ..RowReading::default()
        }
    }
}

/// A list version as given: which source and date, and its files.
#[derive(Clone, Debug)]
pub struct Given {
    pub source: &'static str,
    pub version: String,
    pub as_of: String,
    pub families: Vec<Said>,
    pub members: Vec<Said>,
}

impl Given {
    pub fn new(source: &'static str, version: &str, as_of: &str) -> Self {
        Self { source, version: version.to_owned(), as_of: as_of.to_owned(), families: Vec::new(), members: Vec::new() }
    }

    fn format(&self, kind: Kind) -> &'static str {
        match (self.source, kind) {
            ("dtsen", Kind::Family) => "dtsen.family",
            ("dtsen", Kind::Person) => "dtsen.member",
            (_, Kind::Family) => "p3ke_v2.family",
            (_, Kind::Person) => "p3ke_v2.member",
        }
    }
}

/// Reads a version in and makes it ready; its id.
pub async fn read(change: &Change<'_>, given: &Given) -> i64 {
    let new = NewVersion {
        source: given.source.to_owned(),
        version: given.version.clone(),
        as_of: given.as_of.clone(),
        ..NewVersion::default()
    };
    let id = versions::create(change, &new).await.expect("creates");
    versions::become_state(change, id, VersionState::Reading).await.expect("is read");
    for (kind, said) in [(Kind::Family, &given.families), (Kind::Person, &given.members)] {
        if said.is_empty() {
            continue;
        }
        let new = NewFile {
            name: format!("{}-{}.csv", given.source, kind.as_str()),
            sha256: format!("{id}-{}", kind.as_str()),
            reading: versions::FileReading {
                format: given.format(kind).to_owned(),
                kind: kind.as_str().to_owned(),
                columns: r#"[{"header":"No KK","field":"kk"},{"header":"NIK","field":"nik"},{"header":"Nama","field":"name"}]"#.to_owned(),
                recognition: "{}".to_owned(),
                state: "waiting",
                ..versions::FileReading::default()
            },
            ..NewFile::default()
        };
        let file = versions::add_file(change, id, &new).await.expect("adds");
        let target = Target { version: id, file, format: format(given.format(kind)).expect("a format") };
        let readings = said.iter().zip(2..).map(|(said, row)| said.reading(row)).collect();
        rows::add(change, rows::Batch::of(target, readings)).await.expect("stores");
    }
    lists::preview::finish_reading(change, id, &[]).await.expect("reads");
    id
}

/// Reads a version in and commits it.
pub async fn commit(store: &store::Store, given: &Given) -> (i64, lists::Committed) {
    let actor = store::Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let id = read(&change, given).await;
    let done = lists::commit(&change, id).await.expect("commits");
    change.commit().await.expect("commits");
    (id, done)
}

/// The small district of the builders.
pub async fn areas(store: &store::Store) {
    let actor = store::Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    testkit::builders::areas(&change).await;
    change.commit().await.expect("commits");
}
