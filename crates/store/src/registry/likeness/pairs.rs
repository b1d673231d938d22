//! After a commit: the people a list brought, held against everybody. Who may be one person is kept for the review desk.

use sea_orm::FromQueryResult;

use super::{ASK, Evidence, desk, fields, models, two_numbers};
use crate::{
    bulk::{self, Cell, Type},
    connect::{Change, Result},
    query::{Handle, Query},
    sql,
};

/// The kind of the job that finds them; its subject is the list version.
pub const JOB: &str = "registry.match";
/// Of one person's candidates, so many are kept: the likeliest.
const MOST: usize = 3;
/// People asked about between two reports.
const STEP: usize = 500;

/// What a run found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// People the list brought.
    pub people: i64,
    /// Pairs that were not known.
    pub new: i64,
}

/// A pair that weighs enough.
struct Pair {
    one: i64,
    other: i64,
    evidence: Evidence,
}

/// What is left to be done of the people a list brought.
pub struct Search {
    version: i64,
    model: i64,
    asked: fields::Asked,
    done: usize,
    pairs: Vec<Pair>,
}

impl Search {
    /// Reads the registry, as long as that takes: nobody has to wait for it. A model must be kept ([`models::newest`]). `None`: the
    /// list brought nobody.
    pub async fn begin(handle: &impl Handle, version: i64, today: &str) -> Result<Option<Self>> {
        let people = handle.count(sql!("SELECT COUNT(*) FROM person WHERE {whole_district everybody}")).await?;
        let Some(model) = models::current(handle).await? else { return Ok(None) };
        let reader = fields::Reader::new(handle, today).await?;
        let asked = fields::newcomers_against_people(handle, &reader, version, model.for_people(people)).await?;
        Ok(asked.map(|asked| Self { version, model: model.id, asked, done: 0, pairs: Vec::new() }))
    }

    /// Goes on for a while; how many of how many are done.
    pub fn step(&mut self) -> (usize, usize) {
        let until = (self.done + STEP).min(self.asked.asking.len());
        for at in self.done..until {
            let (row, id) = self.asked.asking[at];
            for edge in self.asked.index.like(row, ASK, MOST).edges {
                let Some(other) = self.asked.persons.get(&(edge.left as usize)).copied() else { continue };
                // two sound numbers that are not alike: two people, whatever else is alike
                if two_numbers(&self.asked.index, &edge) {
                    continue;
                }
                let evidence = Evidence::of(&self.asked.index, edge.left, edge.right);
                self.pairs.push(Pair { one: id.min(other), other: id.max(other), evidence });
            }
        }
        self.done = until;
        (until, self.asked.asking.len())
    }

    /// Keeps what was found: new pairs, and the new weights of those nobody has decided.
    pub async fn keep(mut self, change: &Change<'_>) -> Result<Found> {
        const COLUMNS: [(&str, Type); 8] = [
            ("one_id", Type::Int),
            ("other_id", Type::Int),
            ("version_id", Type::Int),
            ("model_id", Type::Int),
            ("weight", Type::Double),
            ("evidence", Type::Text),
            ("state", Type::Text),
            ("created_at", Type::Text),
        ];
        self.pairs.sort_by_key(|pair| (pair.one, pair.other));
        self.pairs.dedup_by_key(|pair| (pair.one, pair.other));
        let known: std::collections::BTreeSet<(i64, i64)> =
            of_newcomers(change, self.version).await?.into_iter().collect();
        let (old, new): (Vec<Pair>, Vec<Pair>) =
            self.pairs.into_iter().partition(|pair| known.contains(&(pair.one, pair.other)));
        for pair in &old {
            change
                .execute(Query::with(
                    sql!(
                        "UPDATE match_pair SET weight = $3, evidence = $4, model_id = $5 WHERE one_id = $1 AND other_id = $2 AND state = 'open' AND {whole_district matching}"
                    ),
                    [
                        pair.one.into(),
                        pair.other.into(),
                        pair.evidence.weight().into(),
                        pair.evidence.kept().into(),
                        self.model.into(),
                    ],
                ))
                .await?;
        }
        let rows = new.iter().map(|pair| -> Vec<Cell> {
            vec![
                pair.one.into(),
                pair.other.into(),
                self.version.into(),
                self.model.into(),
                pair.evidence.weight().into(),
                pair.evidence.kept().into(),
                "open".into(),
                change.at().into(),
            ]
        });
        let inserted = bulk::insert(change, "match_pair", &COLUMNS, rows.collect::<Vec<_>>()).await?;
        of_the_later(change, self.version).await?;
        forget_gone(change).await?;
        Ok(Found { people: self.asked.asking.len() as i64, new: inserted as i64 })
    }
}

/// A list that enters beneath others finds people these brought: the pair is theirs, as it was before the list was taken back.
async fn of_the_later(change: &Change<'_>, version: i64) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "UPDATE match_pair SET version_id = COALESCE((SELECT v.id FROM person p JOIN list_version v ON v.id = p.created_version_id
                   WHERE p.id IN (match_pair.one_id, match_pair.other_id) ORDER BY v.entered DESC LIMIT 1), version_id)
                 WHERE version_id = $1 AND state = 'open' AND {whole_district matching}"
            ),
            [version.into()],
        ))
        .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Ids {
    one_id: i64,
    other_id: i64,
}

/// The pairs there are of people a list brought.
async fn of_newcomers(change: &Change<'_>, version: i64) -> Result<Vec<(i64, i64)>> {
    let ids: Vec<Ids> = change
        .all(Query::with(
            sql!(
                "SELECT m.one_id, m.other_id FROM match_pair m JOIN person p ON p.id = m.one_id WHERE p.created_version_id = $1 AND {whole_district matching}
                 UNION SELECT m.one_id, m.other_id FROM match_pair m JOIN person p ON p.id = m.other_id WHERE p.created_version_id = $1 ORDER BY 1, 2"
            ),
            [version.into()],
        ))
        .await?;
    Ok(ids.into_iter().map(|ids| (ids.one_id, ids.other_id)).collect())
}

/// All in one go, for commands and tests.
pub async fn find(change: &Change<'_>, version: i64) -> Result<Found> {
    models::newest(change).await?;
    let Some(mut search) = Search::begin(change, version, change.today()).await? else { return Ok(Found::default()) };
    loop {
        let (done, all) = search.step();
        if done == all {
            return search.keep(change).await;
        }
    }
}

/// How a list met the registry, in people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Met {
    pub people: i64,
    /// Known, by an exact key.
    pub exact: i64,
    /// Known, by likeness.
    pub alike: i64,
    pub new: i64,
    /// Pairs it brought that wait at the desk, as far as the actor sees them.
    pub asked: i64,
}

/// How a committed list met the registry.
pub async fn met(handle: &impl Handle, version: i64) -> Result<Met> {
    let met: Option<Met> = handle
        .one(Query::with(
            sql!(
                "SELECT COUNT(*) AS people, COUNT(CASE WHEN w.place = 1 THEN 1 END) AS exact, COUNT(CASE WHEN w.place = 2 THEN 1 END) AS alike, COUNT(CASE WHEN w.place = 3 THEN 1 END) AS new, CAST(0 AS BIGINT) AS asked
                 FROM (SELECT l.person_id, MAX(CASE l.linked_by WHEN 'new' THEN 3 WHEN 'likeness' THEN 2 ELSE 1 END) AS place
                       FROM person_list l WHERE l.version_id = $1 AND {whole_district counts of a version} GROUP BY l.person_id) w"
            ),
            [version.into()],
        ))
        .await?;
    let waiting = desk::Filter { version: Some(version), ..desk::Filter::default() };
    Ok(Met { asked: desk::count(handle, &waiting).await?, ..met.unwrap_or_default() })
}

/// People who left take their undecided pairs with them. What was decided stays: they may come back, under the same number.
pub async fn forget_gone(change: &Change<'_>) -> Result<()> {
    change
        .execute(sql!(
            "DELETE FROM match_pair WHERE state = 'open' AND decision_id IS NULL AND {whole_district matching}
               AND id NOT IN (SELECT d.pair_id FROM match_decision d)
               AND (one_id NOT IN (SELECT p.id FROM person p) OR other_id NOT IN (SELECT p.id FROM person p))"
        ))
        .await?;
    Ok(())
}
