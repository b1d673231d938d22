//! While a list is linked: its rows that nobody was found for and that are surely somebody of the registry become that person.

use std::collections::{BTreeMap, BTreeSet};

use super::{Evidence, MARGIN, SURE, fields, models, two_numbers};
use crate::{
    areas,
    bulk::{self, Cell, Type},
    connect::{Change, Result},
    lists::link,
    query::{Handle, Query},
    sql,
};

/// Says `no` where an office wants rows linked by exact keys only; whoever is alike is asked about then.
pub const SETTING: &str = "match.attach";

/// A row that is surely a person.
struct Sure {
    row: i64,
    person: i64,
    evidence: Evidence,
}

/// Links what is sure; how many rows. The version's links by exact keys stand already.
pub async fn attach(change: &Change<'_>, version: i64) -> Result<u64> {
    forget(change, version).await?;
    // nothing to be held against: the first list costs nothing
    let people = change.count(sql!("SELECT COUNT(*) FROM person WHERE {whole_district import}")).await?;
    if people == 0 || areas::setting(change, SETTING).await?.as_deref() == Some("no") {
        return Ok(0);
    }
    let reader = fields::Reader::new(change, change.today()).await?;
    let model = models::newest(change).await?;
    let Some(mut asked) = fields::rows_against_people(change, &reader, version, model.for_people(people)).await? else {
        return Ok(0);
    };
    let taken: BTreeSet<i64> = change
        .column::<i64>(Query::with(
            sql!("SELECT DISTINCT person_id FROM list_link WHERE version_id = $1 AND person_id IS NOT NULL AND {whole_district import}"),
            [version.into()],
        ))
        .await?
        .into_iter()
        .collect();
    let sure = sure(&mut asked, &taken).await;
    write(change, version, model.id, &sure).await?;
    Ok(sure.len() as u64)
}

/// The sure matches: each row and each person once, none with a rival near.
async fn sure(asked: &mut fields::Asked, taken: &BTreeSet<i64>) -> Vec<Sure> {
    let mut found = Vec::new();
    // of every person the two heaviest rows
    let mut rivals: BTreeMap<u32, Vec<(f32, usize)>> = BTreeMap::new();
    for (at, (row, _)) in asked.asking.iter().enumerate() {
        let edges = asked.index.like(*row, SURE - 2.0 * MARGIN, 30).edges;
        let people: Vec<_> = edges.into_iter().filter(|e| asked.persons.contains_key(&(e.left as usize))).collect();
        for edge in &people {
            let best = rivals.entry(edge.left).or_default();
            best.push((edge.weight, at));
            best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            best.truncate(2);
        }
        found.push(people);
        if at % 500 == 499 {
            tokio::task::yield_now().await;
        }
    }
    let mut sure = Vec::new();
    for (at, edges) in found.iter().enumerate() {
        let [best, rest @ ..] = edges.as_slice() else { continue };
        let near = |weight: f32| f64::from(best.weight - weight) < MARGIN;
        if f64::from(best.weight) < SURE || rest.first().is_some_and(|next| near(next.weight)) {
            continue;
        }
        let claims = &rivals[&best.left];
        if claims[0].1 != at || claims.get(1).is_some_and(|(weight, _)| near(*weight)) {
            continue;
        }
        let person = asked.persons[&(best.left as usize)];
        if taken.contains(&person) || two_numbers(&asked.index, best) {
            continue;
        }
        let evidence = Evidence::of(&asked.index, best.left, best.right);
        if evidence.clear() {
            sure.push(Sure { row: asked.asking[at].1, person, evidence });
        }
    }
    sure
}

/// Forgets why rows were linked, but for those who will be linked so again because they were.
async fn forget(change: &Change<'_>, version: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "DELETE FROM match_link WHERE version_id = $1 AND {whole_district import}
                   AND row_id NOT IN (SELECT l.row_id FROM list_link l WHERE l.version_id = $1 AND l.linked_by = 'likeness')"
            ),
            [version.into()],
        ))
        .await?;
    Ok(())
}

async fn write(change: &Change<'_>, version: i64, model: i64, sure: &[Sure]) -> Result<()> {
    const COLUMNS: [(&str, Type); 6] = [
        ("row_id", Type::Int),
        ("version_id", Type::Int),
        ("person_id", Type::Int),
        ("model_id", Type::Int),
        ("weight", Type::Double),
        ("evidence", Type::Text),
    ];
    if sure.is_empty() {
        return Ok(());
    }
    let rows = sure.iter().map(|one| -> Vec<Cell> {
        let weight = one.evidence.weight();
        vec![one.row.into(), version.into(), one.person.into(), model.into(), weight.into(), one.evidence.kept().into()]
    });
    bulk::insert(change, "match_link", &COLUMNS, rows.collect::<Vec<_>>()).await?;
    // a number that is the person's own is no conflict
    change
        .execute(Query::with(
            sql!(
                "UPDATE list_link SET person_id = m.person_id, linked_by = 'likeness', conflict = (list_link.conflict AND NOT m.own) FROM (
                   SELECT m.row_id, m.person_id, (p.nik IS NOT NULL AND r.nik IS NOT NULL AND p.nik = r.nik) AS own
                   FROM match_link m JOIN list_row r ON r.id = m.row_id JOIN person p ON p.id = m.person_id WHERE m.version_id = $1
                 ) m WHERE list_link.version_id = $1 AND list_link.row_id = m.row_id AND list_link.person_id IS NULL AND {whole_district import}"
            ),
            [version.into()],
        ))
        .await?;
    link::later_rows(change, version).await
}

/// After a preview: what was found is found anew at the commit.
pub async fn forget_preview(change: &Change<'_>, version: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!("DELETE FROM match_link WHERE version_id = $1 AND {whole_district import} AND row_id NOT IN (SELECT m.row_id FROM list_memory m WHERE m.version_id = $1 AND m.linked_by = 'likeness')"),
            [version.into()],
        ))
        .await?;
    Ok(())
}
