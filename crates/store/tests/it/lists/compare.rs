//! Comparing versions: the set-based statements against plain loops over random small lists, in every area and for every
//! group; that the sums add up; and the stories people tell of lists.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    AreaCode,
    lists::{
        Relation,
        compare::{Group, Joining, Leaving},
    },
};
use sea_orm::FromQueryResult;
use store::{
    Actor, Handle, Query, Scope, Store,
    lists::{
        Difference,
        compare::{self, Counts, PeopleCounts, Wanted},
    },
    sql,
};
use testkit::{both_databases, builders, databases::NOW};

use super::{
    made::{Given, Said, areas, commit},
    reference::{Dice, forget, list},
};

#[derive(Clone, Debug, FromQueryResult)]
struct Version {
    id: i64,
    source: String,
    as_of: String,
    files: i64,
    summary: String,
}

#[derive(Clone, Debug, FromQueryResult)]
struct Unit {
    version_id: i64,
    family_key: String,
    family_id: i64,
    village: i64,
    members: i64,
    desil: Option<i64>,
    head_row_id: i64,
    address: String,
    state: String,
}

#[derive(Clone, Debug, FromQueryResult)]
struct Told {
    version_id: i64,
    row_id: i64,
    person_id: i64,
    family_key: String,
    state: String,
}

#[derive(Clone, Debug, FromQueryResult)]
struct Visited {
    family_id: i64,
    outcome: Option<String>,
    removed_reason: Option<String>,
    round: String,
}

/// Everything the comparison looks at, as it lies in the tables.
struct Tables {
    versions: Vec<Version>,
    units: Vec<Unit>,
    told: Vec<Told>,
    visited: Vec<Visited>,
}

impl Tables {
    async fn load(store: &Store) -> Self {
        let actor = Actor::program("test");
        let read = store.read(&actor);
        Self {
            versions: read
                .all(sql!("SELECT v.id, v.source, v.as_of, v.summary, (SELECT COUNT(*) FROM list_file f WHERE f.version_id = v.id AND f.kind = 'person') AS files FROM list_version v ORDER BY v.id"))
                .await
                .expect("reads"),
            units: read
                .all(sql!("SELECT u.version_id, u.family_key, u.family_id, u.village, u.members, u.desil_national AS desil, u.head_row_id, u.address, f.state FROM list_unit u JOIN family f ON f.id = u.family_id WHERE {whole_district test} ORDER BY u.version_id, u.family_id"))
                .await
                .expect("reads"),
            told: read
                .all(sql!("SELECT l.version_id, l.row_id, l.person_id, r.family_key, p.state FROM person_list l JOIN list_row r ON r.id = l.row_id JOIN person p ON p.id = l.person_id WHERE {whole_district test} ORDER BY l.row_id"))
                .await
                .expect("reads"),
            visited: read
                .all(sql!("SELECT a.family_id, a.outcome, a.removed_reason, r.state AS round FROM assignment a JOIN round r ON r.id = a.round_id WHERE {whole_district test} ORDER BY a.id"))
                .await
                .expect("reads"),
        }
    }

    fn version(&self, id: i64) -> &Version {
        self.versions.iter().find(|v| v.id == id).expect("a version")
    }

    fn unit(&self, version: i64, family: i64) -> Option<&Unit> {
        self.units.iter().find(|u| u.version_id == version && u.family_id == family)
    }

    fn of(&self, version: i64) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(move |u| u.version_id == version)
    }

    fn covers(&self, version: i64, village: i64) -> bool {
        village % 1_000_000 == 0 || self.of(version).any(|u| u.village / 10_000 == village / 10_000)
    }

    fn head(&self, unit: &Unit) -> Option<i64> {
        self.told.iter().find(|t| t.version_id == unit.version_id && t.row_id == unit.head_row_id).map(|t| t.person_id)
    }

    /// Whether somebody of the family stands in another version.
    fn somebody_in(&self, unit: &Unit, other: i64) -> bool {
        let own = |t: &&Told| t.version_id == unit.version_id && t.family_key == unit.family_key;
        let there = |person| self.told.iter().any(|t| t.version_id == other && t.person_id == person);
        self.told.iter().filter(own).any(|t| there(t.person_id))
    }

    fn leaving(&self, unit: &Unit, after: i64) -> Leaving {
        let before = unit.version_id;
        let unfit = self.visited.iter().any(|v| {
            v.family_id == unit.family_id
                && v.round != "cancelled"
                && (v.outcome.as_deref() == Some("TIDAK_LAYAK") || v.removed_reason.is_some())
        });
        let better = self.units.iter().any(|u| {
            u.family_id == unit.family_id
                && ![before, after].contains(&u.version_id)
                && self.version(u.version_id).as_of > self.version(before).as_of
                && matches!((u.desil, unit.desil), (Some(other), Some(own)) if other > own)
        });
        let most = self.of(after).filter_map(|u| u.desil).max();
        match unit.state.as_str() {
            "deceased" => Leaving::Deceased,
            "moved" => Leaving::Moved,
            "dissolved" => Leaving::Dissolved,
            _ if self.somebody_in(unit, after) => Leaving::Joined,
            _ if unfit => Leaving::Unfit,
            _ if better => Leaving::Better,
            _ if matches!((unit.desil, most), (Some(own), Some(most)) if own > most) => Leaving::Beyond,
            _ => Leaving::Unknown,
        }
    }

    fn joining(&self, unit: &Unit, before: i64) -> Joining {
        let (old, new) = (self.version(before), self.version(unit.version_id));
        let others = || {
            self.units
                .iter()
                .filter(|u| u.family_id == unit.family_id && u.version_id != unit.version_id)
                .map(|u| self.version(u.version_id))
        };
        if old.source == new.source && others().any(|v| v.source == new.source && v.as_of < old.as_of) {
            Joining::Returned
        } else if self.somebody_in(unit, before) {
            Joining::Split
        } else if others().any(|v| v.as_of <= new.as_of) {
            Joining::Known
        } else {
            Joining::First
        }
    }

    fn is_back(&self, unit: &Unit, after: i64) -> bool {
        let (old, new) = (self.version(unit.version_id), self.version(after));
        old.source == new.source
            && self.versions.iter().any(|m| {
                m.source == old.source
                    && m.as_of > old.as_of
                    && m.as_of < new.as_of
                    && self.of(m.id).any(|u| u.village / 10_000 == unit.village / 10_000)
                    && self.unit(m.id, unit.family_id).is_none()
            })
    }

    /// Which groups a family of both belongs to.
    fn ways(&self, a: &Unit, b: &Unit) -> Vec<Group> {
        let mut ways = Vec::new();
        if a.village != b.village && a.village % 10_000 != 0 && b.village % 10_000 != 0 {
            ways.push(Group::Moved);
        }
        match (a.desil, b.desil) {
            (Some(was), Some(is)) if is > was => ways.push(Group::Up),
            (Some(was), Some(is)) if is < was => ways.push(Group::Down),
            _ => {}
        }
        if matches!((self.head(a), self.head(b)), (Some(was), Some(is)) if was != is) {
            ways.push(Group::Head);
        }
        if a.members != b.members {
            ways.push(Group::Members);
        }
        let said = |unit: &Unit| unit.address.trim().to_uppercase();
        if !a.address.is_empty() && !b.address.is_empty() && said(a) != said(b) {
            ways.push(Group::Address);
        }
        ways.push(if ways.is_empty() { Group::Unchanged } else { Group::Changed });
        if self.is_back(a, b.version_id) {
            ways.push(Group::Back);
        }
        ways
    }

    /// The families of every group, and the numbers.
    fn compare(&self, before: i64, after: i64, here: impl Fn(i64) -> bool) -> (Counts, BTreeMap<Group, BTreeSet<i64>>) {
        let mut sum = Counts::default();
        let mut groups: BTreeMap<Group, BTreeSet<i64>> = BTreeMap::new();
        let mut into = |group: Group, family: i64| groups.entry(group).or_default().insert(family);
        for a in self.of(before) {
            let Some(b) = self.unit(after, a.family_id) else {
                match (here(a.village), self.covers(after, a.village)) {
                    (false, _) => {}
                    (true, false) => sum.uncovered += 1,
                    (true, true) => {
                        sum.gone += 1;
                        *sum.leaving.entry(self.leaving(a, after)).or_default() += 1;
                        into(Group::Gone, a.family_id);
                    }
                }
                continue;
            };
            match (here(a.village), here(b.village)) {
                (false, false) => continue,
                (true, false) => {
                    sum.out += 1;
                    into(Group::Out, a.family_id);
                    continue;
                }
                (true, true) => sum.stayed += 1,
                (false, true) => {
                    sum.into += 1;
                    into(Group::Into, a.family_id);
                }
            }
            for way in self.ways(a, b) {
                into(way, a.family_id);
                match way {
                    Group::Changed => sum.changed += 1,
                    Group::Moved => sum.moved += 1,
                    Group::Up => sum.up += 1,
                    Group::Down => sum.down += 1,
                    Group::Head => sum.head += 1,
                    Group::Members => sum.members += 1,
                    Group::Address => sum.address += 1,
                    Group::Back => sum.back += 1,
                    _ => {}
                }
            }
        }
        for b in self.of(after).filter(|b| here(b.village) && self.unit(before, b.family_id).is_none()) {
            if self.covers(before, b.village) {
                sum.new += 1;
                *sum.joining.entry(self.joining(b, before)).or_default() += 1;
                into(Group::New, b.family_id);
            } else {
                sum.uncovered_before += 1;
            }
        }
        if self.version(before).files > 0 && self.version(after).files > 0 {
            sum.people = self.people(before, after, here);
        }
        (sum, groups)
    }

    fn people(&self, before: i64, after: i64, here: impl Fn(i64) -> bool) -> PeopleCounts {
        let mut sum = PeopleCounts::default();
        let first = |version: i64, person: i64| {
            let told = self.told.iter().find(|t| t.version_id == version && t.person_id == person)?;
            let unit = self.of(version).find(|u| u.family_key == told.family_key).expect("every row is of a family");
            Some((told, unit))
        };
        let persons: BTreeSet<i64> =
            self.told.iter().filter(|t| [before, after].contains(&t.version_id)).map(|t| t.person_id).collect();
        for person in persons {
            match (first(before, person), first(after, person)) {
                (Some((_, a)), Some((_, b))) => {
                    match (here(a.village), here(b.village)) {
                        (false, false) => continue,
                        (true, false) => {
                            sum.out += 1;
                            continue;
                        }
                        (true, true) => sum.stayed += 1,
                        (false, true) => sum.into += 1,
                    }
                    sum.moved += i64::from(a.family_id != b.family_id);
                }
                (Some((told, a)), None) if here(a.village) => {
                    if !self.covers(after, a.village) {
                        sum.uncovered += 1;
                        continue;
                    }
                    sum.gone += 1;
                    let family = self.unit(after, a.family_id).is_none().then(|| self.leaving(a, after));
                    match Leaving::from_word(&told.state).filter(|_| told.state != "alive").or(family) {
                        Some(reason) => *sum.leaving.entry(reason).or_default() += 1,
                        None => sum.alone += 1,
                    }
                }
                (None, Some((_, b))) if here(b.village) => {
                    if self.covers(before, b.village) {
                        sum.new += 1;
                    } else {
                        sum.uncovered_before += 1;
                    }
                }
                _ => {}
            }
        }
        sum
    }
}

const VILLAGES: [&str; 5] = ["99.01.01.2001", "99.01.01.2002", "99.01.02.2001", "99.01.02.2002", ""];

/// A random list whose families have villages, deciles and numbers of members.
fn varied(dice: &mut Dice, number: usize) -> Given {
    let mut given = list(dice, number);
    let villages: Vec<&'static str> = if dice.roll(4) == 0 { VILLAGES[..2].to_vec() } else { VILLAGES.to_vec() };
    // mostly the same, so that a family may also stay as it is
    for said in given.families.iter_mut().chain(&mut given.members) {
        said.village = if dice.roll(3) == 0 { villages[dice.roll(villages.len())] } else { VILLAGES[0] };
        said.desil = dice.pick(&[1, 1, 1, 0, 2, 3, 5]);
        said.members = dice.pick(&[2, 2, 2, 0, 3]);
    }
    given
}

/// Half of the lists say what an earlier one said, a few rows left out.
fn next(dice: &mut Dice, number: usize, before: &[Given]) -> Given {
    if before.is_empty() || dice.roll(2) == 0 {
        return varied(dice, number);
    }
    let mut given = before[dice.roll(before.len())].clone();
    let own = varied(dice, number);
    (given.version, given.as_of) = (own.version, own.as_of);
    given.families.retain(|_| dice.roll(4) > 0);
    given.members.retain(|_| dice.roll(4) > 0);
    if given.families.is_empty() && given.members.is_empty() { varied(dice, number) } else { given }
}

/// Deaths, moves and visits that the registry knows of.
async fn happenings(store: &Store, dice: &mut Dice) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let version: i64 = change.count(sql!("SELECT MIN(id) FROM list_version")).await.expect("reads");
    let families: Vec<i64> =
        change.column(sql!("SELECT id FROM family WHERE {whole_district test} ORDER BY id")).await.expect("reads");
    let people: Vec<i64> =
        change.column(sql!("SELECT id FROM person WHERE {whole_district test} ORDER BY id")).await.expect("reads");
    let round = builders::round(&change, "Verval", version).await;
    for family in families {
        let state = ["active", "active", "active", "active", "active", "deceased", "moved", "dissolved"][dice.roll(8)];
        change
            .execute(Query::with(
                sql!("UPDATE family SET state = $1 WHERE id = $2 AND {whole_district test}"),
                [state.into(), family.into()],
            ))
            .await
            .expect("happens");
        if dice.roll(4) == 0 {
            builders::visited(&change, round, family, ["LAYAK", "TIDAK_LAYAK"][dice.roll(2)], None, &[]).await;
        }
    }
    for person in people {
        let state = ["alive", "alive", "alive", "deceased", "moved"][dice.roll(5)];
        change
            .execute(Query::with(
                sql!("UPDATE person SET state = $1 WHERE id = $2 AND {whole_district test}"),
                [state.into(), person.into()],
            ))
            .await
            .expect("happens");
    }
    change.commit().await.expect("commits");
}

async fn forget_all(store: &Store) {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    for statement in [
        sql!("DELETE FROM visit WHERE {whole_district test}"),
        sql!("DELETE FROM assignment WHERE {whole_district test}"),
        sql!("DELETE FROM round"),
    ] {
        change.execute(statement).await.expect("deletes");
    }
    change.commit().await.expect("commits");
    forget(store).await;
}

/// Every list of families, two at a time.
async fn listed(store: &Store, actor: &Actor, ids: (i64, i64), mut wanted: Wanted) -> Vec<compare::Line> {
    let read = store.read(actor);
    let mut all = Vec::new();
    loop {
        let page = compare::families(&read, ids.0, ids.1, &wanted).await.expect("lists");
        let Some(last) = page.last() else { return all };
        wanted.after = last.family_id;
        all.extend(page);
    }
}

/// What the preview counted and what the comparison with the same list counts; where they met anything.
async fn preview_says_the_same(store: &Store, version: &Version) -> Option<&'static str> {
    let preview: Difference = serde_json::from_str(&version.summary).expect("a difference");
    let previous = preview.previous?;
    let found = compare::compare(&store.read(&Actor::program("test")), previous, version.id).await.expect("compares");
    let counts = found.counts(|_| true);
    let ours = [
        preview.changed,
        preview.unchanged,
        preview.desil,
        preview.head,
        preview.members,
        preview.address,
        preview.village,
    ];
    let theirs = [
        counts.changed,
        counts.unchanged(),
        counts.up + counts.down,
        counts.head,
        counts.members,
        counts.address,
        counts.moved,
    ];
    assert_eq!(ours, theirs, "{previous} and {}", version.id);
    assert_eq!((preview.new, preview.gone), (counts.new + counts.uncovered_before, counts.gone));
    (preview.changed > 0).then_some("a preview with changes")
}

async fn same_as_the_loops(store: &Store, seeds: std::ops::Range<u64>) {
    areas(store).await;
    let code = |text: &str| text.parse::<AreaCode>().expect("a code");
    let everyone = Actor::program("test");
    let some = Actor { scope: Scope::areas([code("99.01.01")]), ..Actor::program("test") };
    let one = Actor { scope: Scope::areas([code("99.01.02.2001")]), ..Actor::program("test") };
    let mut met: BTreeSet<&'static str> = BTreeSet::new();
    for seed in seeds {
        let mut dice = Dice::of(seed);
        let (mut versions, mut givens) = (Vec::new(), Vec::new());
        for number in 0..5 {
            let given = next(&mut dice, number, &givens);
            versions.push(commit(store, &given).await.0);
            givens.push(given);
        }
        happenings(store, &mut dice).await;
        let tables = Tables::load(store).await;
        for version in &tables.versions {
            met.extend(preview_says_the_same(store, version).await);
        }
        for (before, after) in
            versions.iter().flat_map(|a| versions.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b).step_by(3)
        {
            let lists_of = dice.roll(3);
            for (nth, actor) in [&everyone, &some, &one].into_iter().enumerate() {
                let found = compare::compare(&store.read(actor), before, after).await.expect("compares");
                let area = [None, Some(code("99.01.02")), Some(code("99.01.01.2001"))][dice.roll(3)];
                let here = |village: i64| {
                    let at = AreaCode::from_number(village).expect("a code");
                    actor.scope.includes(at) && area.is_none_or(|area| area.contains(at))
                };
                let what = format!("seed {seed}, {before} and {after}, {:?}, {area:?}", actor.scope);
                let (expected, groups) = tables.compare(before, after, here);
                let counts = found.counts(here);
                assert_eq!(counts, expected, "{what}");
                // what is shown adds up to what the versions hold
                let held = |version| tables.of(version).filter(|u| here(u.village)).count() as i64;
                assert_eq!((counts.before(), counts.after()), (held(before), held(after)), "{what}");
                assert_eq!(counts.leaving.values().sum::<i64>(), counts.gone, "{what}");
                assert_eq!(counts.joining.values().sum::<i64>(), counts.new, "{what}");
                assert_eq!(counts.unchanged() + counts.changed, counts.both(), "{what}");
                assert_eq!(
                    counts.people.leaving.values().sum::<i64>() + counts.people.alone,
                    counts.people.gone,
                    "{what}"
                );
                // one of them also turns the pages of every list, and whoever sees a group that nobody turned yet
                let unseen = Group::ALL.iter().any(|group| counts.of(*group) > 0 && !met.contains(group.as_str()));
                if nth != lists_of && !unseen {
                    continue;
                }
                for group in Group::ALL {
                    let wanted = Wanted { area, ..Wanted::all(*group, 2) };
                    let lines = listed(store, actor, (before, after), wanted).await;
                    let listed: BTreeSet<i64> = lines.iter().map(|line| line.family_id).collect();
                    assert_eq!(lines.len(), listed.len(), "{what}, {group}: nobody twice");
                    assert_eq!(listed, groups.get(group).cloned().unwrap_or_default(), "{what}, {group}");
                    assert_eq!(lines.len() as i64, counts.of(*group), "{what}, {group}");
                    if !lines.is_empty() {
                        met.insert(group.as_str());
                    }
                }
                for reason in Leaving::ALL {
                    let wanted = Wanted { area, leaving: Some(*reason), ..Wanted::all(Group::Gone, 50) };
                    let lines = listed(store, actor, (before, after), wanted).await;
                    assert_eq!(
                        lines.len() as i64,
                        counts.leaving.get(reason).copied().unwrap_or(0),
                        "{what}, {reason}"
                    );
                    assert!(
                        lines.iter().all(|line| line.reason.as_deref() == Some(reason.as_str())),
                        "{what}, {reason}"
                    );
                    if !lines.is_empty() {
                        met.insert(reason.as_str());
                    }
                }
                for way in Joining::ALL {
                    let wanted = Wanted { area, joining: Some(*way), ..Wanted::all(Group::New, 50) };
                    let lines = listed(store, actor, (before, after), wanted).await;
                    assert_eq!(lines.len() as i64, counts.joining.get(way).copied().unwrap_or(0), "{what}, {way}");
                    if !lines.is_empty() {
                        met.insert(way.as_str());
                    }
                }
            }
        }
        forget_all(store).await;
    }
    let all = Group::ALL.iter().map(|g| g.as_str()).chain(Leaving::ALL.iter().map(|r| r.as_str()));
    let never: Vec<&str> =
        all.chain(Joining::ALL.iter().map(|j| j.as_str())).filter(|word| !met.contains(word)).collect();
    assert!(never.is_empty(), "these were never met, so that nothing was proved of them: {never:?}");
}

fn family(number: u32, name: &'static str, desil: i16) -> Said {
    let kk: &'static str = format!("990101010120{number:04}").leak();
    Said { kk, name, village: "99.01.01.2001", address: "RT 1", desil, members: 1, ..Said::default() }
}

fn head(number: u32, name: &'static str) -> Said {
    let kk: &'static str = format!("990101010120{number:04}").leak();
    let nik: &'static str = format!("990101120785{number:04}").leak();
    Said {
        kk,
        nik,
        name,
        birth: "1985-07-12",
        relation: Some(Relation::Head),
        village: "99.01.01.2001",
        ..Said::default()
    }
}

fn quarter(version: &str, as_of: &str, families: &[(u32, &'static str, i16)]) -> Given {
    let mut given = Given::new("dtsen", version, as_of);
    given.families = families.iter().map(|(number, name, desil)| family(*number, name, *desil)).collect();
    given.members = families.iter().map(|(number, name, _)| head(*number, name)).collect();
    given
}

both_databases! {
    async fn comparing_in_sets_is_comparing_one_by_one(store: Store) {
        same_as_the_loops(&store, 1..9).await;
    }

    async fn who_left_and_came_back_is_told_by_the_version_between(store: Store) {
        areas(&store).await;
        let (first, _) = commit(&store, &quarter("2026Q1", "2026-03-31", &[(1, "BUDI", 1), (2, "SITI", 2), (3, "JOKO", 3)])).await;
        let (second, _) = commit(&store, &quarter("2026Q2", "2026-06-30", &[(1, "BUDI", 1), (3, "JOKO", 3)])).await;
        let (third, _) = commit(&store, &quarter("2026Q3", "2026-09-30", &[(1, "BUDI", 2), (2, "SITI", 2), (4, "ANI", 1)])).await;
        let actor = Actor::program("test");
        let read = store.read(&actor);
        assert_eq!(compare::between(&read, first, third).await.expect("reads"), ["2026Q2"]);
        let counts = compare::compare(&read, first, third).await.expect("compares").counts(|_| true);
        assert_eq!((counts.before(), counts.gone, counts.both(), counts.new, counts.after()), (3, 1, 2, 1, 3));
        assert_eq!((counts.unchanged(), counts.changed, counts.up, counts.back), (1, 1, 1, 1));
        let back = compare::families(&read, first, third, &Wanted::all(Group::Back, 10)).await.expect("lists");
        assert_eq!(back.iter().map(|line| line.head.as_deref()).collect::<Vec<_>>(), [Some("SITI")]);
        // seen from the version between, she is new and has been there before
        let counts = compare::compare(&read, second, third).await.expect("compares").counts(|_| true);
        assert_eq!(counts.joining, [(Joining::Returned, 1), (Joining::First, 1)].into());
        assert_eq!(counts.back, 0);
    }

    async fn a_list_of_another_source_explains_who_is_better_off(store: Store) {
        areas(&store).await;
        let (old, _) = commit(&store, &quarter("2026Q1", "2026-03-31", &[(1, "BUDI", 1), (2, "SITI", 2), (3, "JOKO", 5)])).await;
        let (new, _) = commit(&store, &quarter("2026Q3", "2026-09-30", &[(1, "BUDI", 1)])).await;
        let mut other = Given::new("p3ke", "2026", "2026-08-31");
        other.families = vec![Said { list_family_id: "F2", desil: 6, ..head(2, "SITI") }];
        commit(&store, &other).await;
        let actor = Actor::program("test");
        let read = store.read(&actor);
        let counts = compare::compare(&read, old, new).await.expect("compares").counts(|_| true);
        // Joko was in a decile that the newer version does not list at all
        assert_eq!(counts.leaving, [(Leaving::Better, 1), (Leaving::Beyond, 1)].into());
        assert_eq!(counts.people.leaving, [(Leaving::Better, 1), (Leaving::Beyond, 1)].into());
        assert_eq!((counts.people.before(), counts.people.gone, counts.people.after()), (3, 2, 1));
    }

    async fn a_subdistrict_that_a_version_does_not_cover_is_not_gone(store: Store) {
        areas(&store).await;
        let mut whole = quarter("2026Q1", "2026-03-31", &[(1, "BUDI", 1), (2, "SITI", 2)]);
        whole.families[1].village = "99.01.02.2001";
        let (old, _) = commit(&store, &whole).await;
        let (new, _) = commit(&store, &quarter("2026Q2", "2026-06-30", &[(1, "BUDI", 1)])).await;
        let actor = Actor::program("test");
        let read = store.read(&actor);
        let counts = compare::compare(&read, old, new).await.expect("compares").counts(|_| true);
        assert_eq!((counts.before(), counts.gone, counts.uncovered, counts.both()), (2, 0, 1, 1));
        assert!(compare::families(&read, old, new, &Wanted::all(Group::Gone, 10)).await.expect("lists").is_empty());
    }

    async fn a_family_that_left_the_area_is_counted_and_not_shown(store: Store) {
        areas(&store).await;
        let (old, _) = commit(&store, &quarter("2026Q1", "2026-03-31", &[(1, "BUDI", 1)])).await;
        let mut moved = quarter("2026Q2", "2026-06-30", &[(1, "BUDI", 3)]);
        moved.families[0].village = "99.01.02.2001";
        let (new, _) = commit(&store, &moved).await;
        let own: AreaCode = "99.01.01.2001".parse().expect("a code");
        let scoped = Actor { scope: Scope::areas([own]), ..Actor::program("test") };
        let read = store.read(&scoped);
        let counts = compare::compare(&read, old, new).await.expect("compares").counts(|village| village == own.number());
        assert_eq!((counts.before(), counts.gone, counts.out, counts.both(), counts.after()), (1, 0, 1, 0, 0));
        let out = compare::families(&read, old, new, &Wanted::all(Group::Out, 10)).await.expect("lists");
        let line = &out[0];
        assert_eq!((line.was_head.as_deref(), line.head.as_deref(), line.village, line.desil, line.here), (None, None, None, None, 0));
        assert_eq!(line.was_village, Some(own.number()));
    }
}
