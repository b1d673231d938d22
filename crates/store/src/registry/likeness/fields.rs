//! Records as the matcher reads them: people of the registry and rows of a list, streamed in pieces by their numbers.

use std::collections::BTreeMap;

use linkage::{model::Model, online::Index, people, schema::Schema};
use sea_orm::FromQueryResult;

use super::stored;
use crate::{
    areas,
    connect::Result,
    query::{Handle, Query},
    sql,
};

/// Records read in one go.
const PIECE: i64 = 5_000;
/// People of whom it is known only that they bear other names than those of a small register.
const OTHERS: u32 = 20_000;

#[derive(FromQueryResult)]
pub(super) struct Record {
    pub id: i64,
    nik: Option<String>,
    kk: Option<String>,
    name: Option<String>,
    sex: Option<String>,
    birth_date: Option<String>,
    relation: Option<String>,
    address: Option<String>,
    rt: Option<String>,
    rw: Option<String>,
    village: i64,
}

/// Puts records into the order of the matcher's fields.
pub(super) struct Reader {
    pub schema: Schema,
    order: Vec<String>,
    names: BTreeMap<i64, String>,
}

impl Reader {
    /// `today`: to tell 1925 from 2025 in a NIK.
    pub async fn new(handle: &impl Handle, today: &str) -> Result<Self> {
        let latest = today.get(2..4).and_then(|year| year.parse().ok()).unwrap_or(99);
        let schema = people::schema(latest);
        let order = schema.field_names().iter().map(|name| (*name).to_owned()).collect();
        let names = match areas::own_district(handle).await? {
            Some((district, _)) => areas::names(handle, district).await?,
            None => BTreeMap::new(),
        };
        Ok(Self { schema, order, names })
    }

    fn fields<'r>(&'r self, record: &'r Record) -> Vec<&'r str> {
        fn text(value: Option<&String>) -> &str {
            value.map(String::as_str).unwrap_or_default()
        }
        // a family whose village is unknown stands in the district: that is no village
        let known = record.village % 10_000 != 0;
        let area = |code: i64| if known { text(self.names.get(&code)) } else { "" };
        self.order
            .iter()
            .map(|field| match field.as_str() {
                "nik" => text(record.nik.as_ref()),
                "no_kk" => text(record.kk.as_ref()),
                "nama" => text(record.name.as_ref()),
                "jk" => text(record.sex.as_ref()),
                "tgl_lahir" => text(record.birth_date.as_ref()),
                "hubungan" => text(record.relation.as_ref()),
                "alamat" => text(record.address.as_ref()),
                "rt" => text(record.rt.as_ref()),
                "rw" => text(record.rw.as_ref()),
                "kelurahan" => area(record.village),
                "kecamatan" => area(record.village / 10_000 * 10_000),
                _ => "",
            })
            .collect()
    }
}

/// Who asks and whoever may be the answer, and which row is who.
pub(super) struct Asked {
    pub index: Index,
    /// Of those who ask: row and number (of a list row or a person), in the order they asked.
    pub asking: Vec<(usize, i64)>,
    /// The person of every row of a person.
    pub persons: BTreeMap<usize, i64>,
}

/// Rows of a list ($1) that nobody was found for, each person of it once.
macro_rules! rows_asking {
    () => {
        "SELECT r.id, r.nik, COALESCE(u.kk, r.kk) AS kk, r.name, r.sex, r.birth_date, CASE WHEN r.id = u.head_row_id THEN 'HEAD' ELSE r.relation END AS relation,
           u.address, u.rt, u.rw, u.village
         FROM list_link l JOIN list_row r ON r.id = l.row_id JOIN list_unit u ON u.version_id = $1 AND u.family_key = l.family_key
         WHERE l.version_id = $1 AND l.person_id IS NULL AND l.same_as = l.row_id AND r.name_key <> '' AND {whole_district import}"
    };
}

macro_rules! people_from {
    () => {
        "SELECT p.id, p.nik, f.kk, p.name, p.sex, p.birth_date, p.relation, f.address, f.rt, f.rw, p.village
         FROM person p LEFT JOIN family f ON f.id = p.family_id WHERE p.id > $1 AND p.merged_into IS NULL AND {whole_district everybody may be the one}"
    };
}

/// Rows of a list held against everybody in the registry. `None` where nobody asks.
pub(super) async fn rows_against_people(
    handle: &impl Handle,
    reader: &Reader,
    version: i64,
    model: Model,
) -> Result<Option<Asked>> {
    let mut gather = linkage::gather::Gather::new(model, &reader.schema).map_err(stored)?;
    let mut asking = Vec::new();
    let mut after = 0;
    loop {
        let piece: Vec<Record> = handle
            .all(Query::with(
                sql!(concat!(rows_asking!(), " AND r.id > $2 ORDER BY r.id LIMIT $3")),
                [version.into(), after.into(), PIECE.into()],
            ))
            .await?;
        let Some(last) = piece.last() else { break };
        after = last.id;
        asking.extend(piece.iter().map(|record| (gather.ask(1, &reader.fields(record)), record.id)));
    }
    if asking.is_empty() {
        return Ok(None);
    }
    let mut persons = BTreeMap::new();
    everybody(handle, |record| persons.extend(gather.offer(0, &reader.fields(record)).map(|row| (row, record.id))))
        .await?;
    let index = gather.done(OTHERS).map_err(stored)?;
    Ok(Some(Asked { index, asking, persons }))
}

/// Everybody of the registry, a piece at a time.
async fn everybody(handle: &impl Handle, mut each: impl FnMut(&Record)) -> Result<()> {
    let mut after = 0;
    loop {
        let piece: Vec<Record> = handle
            .all(Query::with(sql!(concat!(people_from!(), " ORDER BY p.id LIMIT $2")), [after.into(), PIECE.into()]))
            .await?;
        let Some(last) = piece.last() else { return Ok(()) };
        after = last.id;
        piece.iter().for_each(&mut each);
        tokio::task::yield_now().await;
    }
}

/// The people a list brought, held against everybody, themselves among them. `None` where it brought nobody.
pub(super) async fn newcomers_against_people(
    handle: &impl Handle,
    reader: &Reader,
    version: i64,
    model: Model,
) -> Result<Option<Asked>> {
    let mut gather = linkage::gather::Gather::new(model, &reader.schema).map_err(stored)?;
    let mut asking = Vec::new();
    let mut after = 0;
    loop {
        let piece: Vec<Record> = handle
            .all(Query::with(
                sql!(concat!(
                    people_from!(),
                    " AND p.created_version_id = $2 AND p.name_key <> '' ORDER BY p.id LIMIT $3"
                )),
                [after.into(), version.into(), PIECE.into()],
            ))
            .await?;
        let Some(last) = piece.last() else { break };
        after = last.id;
        for record in &piece {
            let row = gather.ask(0, &reader.fields(record));
            gather.count(row);
            asking.push((row, record.id));
        }
        tokio::task::yield_now().await;
    }
    if asking.is_empty() {
        return Ok(None);
    }
    let mut persons: BTreeMap<usize, i64> = asking.iter().copied().collect();
    let new: std::collections::BTreeSet<i64> = asking.iter().map(|(_, id)| *id).collect();
    everybody(handle, |record| {
        if !new.contains(&record.id) {
            persons.extend(gather.offer(0, &reader.fields(record)).map(|row| (row, record.id)));
        }
    })
    .await?;
    let index = gather.done(OTHERS).map_err(stored)?;
    Ok(Some(Asked { index, asking, persons }))
}
