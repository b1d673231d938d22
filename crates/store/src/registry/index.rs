//! The words families are found by: made anew, in the same transaction, wherever a name, an address, a village or a
//! membership has changed.

use std::collections::BTreeSet;

use domain::{name::name_key, search::PLACE_WORDS};
use sea_orm::FromQueryResult;

use crate::{
    bulk::{self, Cell, Type},
    connect::{Change, Result},
    query::{Handle, Query},
    sql,
};

/// Families named in one statement.
const PIECE: usize = 500;
/// Families whose words are made by one statement.
const FAMILIES: i64 = 50_000;
/// From this many families on it may be worth beginning anew.
const WORTH_IT: i64 = 2_000;

/// Whose words are made anew.
#[derive(Clone, Copy, Debug)]
enum Due<'a> {
    /// The families in the work table with numbers from here to there.
    Set(i64, i64),
    /// All families with numbers from here to there.
    All(i64, i64),
    /// These few.
    These(&'a [i64]),
}

impl Due<'_> {
    fn narrow(self, query: &mut Query, column: crate::Sql) {
        match self {
            Self::Set(from, to) | Self::All(from, to) => {
                query.push(column).push_with(sql!(" BETWEEN $$"), from).push_with(sql!(" AND $$"), to);
            }
            Self::These(ids) => {
                query.push_in(column, ids.iter().copied());
            }
        }
        if let Self::Set(..) = self {
            query.push(sql!(" AND")).push(column).push(sql!(" IN (SELECT family_id FROM search_due)"));
        }
    }
}

/// After a list has come in: the families of that version in which anything may have changed, and those it took people
/// from.
pub async fn index_names(change: &Change<'_>, version: i64) -> Result<()> {
    clear(change).await?;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO search_due (family_id)
                 SELECT u.family_id FROM list_unit u WHERE u.version_id = $1 AND u.family_id IS NOT NULL AND {whole_district import}
                   AND (u.linked_by = 'new' OR EXISTS (SELECT 1 FROM list_row r WHERE r.version_id = $1 AND r.family_key = u.family_key AND r.outcome <> 'unchanged'))
                 UNION
                 SELECT m.family_id FROM list_link l JOIN membership m ON m.person_id = l.person_id AND m.closed_version_id = $1
                 WHERE l.version_id = $1 AND l.move IN ('family', 'relation')
                 ORDER BY 1"
            ),
            [version.into()],
        ))
        .await?;
    index_set(change).await
}

/// After a list was taken back, as long as it is remembered who its rows were: every family it named, and the families its
/// people live in now.
pub async fn index_undone(change: &Change<'_>, version: i64) -> Result<()> {
    clear(change).await?;
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO search_due (family_id)
                 SELECT m.id FROM list_memory m WHERE m.version_id = $1 AND m.kind = 'family' AND {whole_district undo}
                 UNION
                 SELECT p.family_id FROM list_memory m JOIN person p ON p.id = m.id WHERE m.version_id = $1 AND m.kind = 'person' AND p.family_id IS NOT NULL
                 ORDER BY 1"
            ),
            [version.into()],
        ))
        .await?;
    index_set(change).await
}

/// After villages were given other names.
pub async fn index_villages(change: &Change<'_>, villages: &[i64]) -> Result<()> {
    clear(change).await?;
    for piece in villages.chunks(PIECE) {
        let mut query = Query::new(sql!(
            "INSERT INTO search_due (family_id) SELECT f.id FROM family f WHERE {whole_district names of areas} AND"
        ));
        query.push_in(sql!(" f.village"), piece.iter().copied());
        change.execute(query).await?;
    }
    index_set(change).await
}

/// After something was found out about these families: a visit named somebody otherwise than the list.
pub async fn index_families(change: &Change<'_>, families: &[i64]) -> Result<()> {
    for piece in families.chunks(PIECE) {
        forget(change, Due::These(piece)).await?;
        make(change, Due::These(piece)).await?;
        let mut query = Query::new(sql!("SELECT COUNT(*) FROM search_word n WHERE {checked by the caller} AND"));
        query.push_in(sql!(" n.family_id"), piece.iter().copied());
        query.push(sql!(" AND NOT EXISTS (SELECT 1 FROM search_lexicon l WHERE l.word = n.word)"));
        if change.count(query).await? == 0 {
            continue;
        }
        hold(change).await?;
        let mut query = Query::new(sql!(
            "INSERT INTO search_lexicon (word, people) SELECT n.word, COUNT(*) FROM search_word n WHERE {checked by the caller} AND"
        ));
        query.push_in(sql!(" n.family_id"), piece.iter().copied());
        query.push(sql!(" GROUP BY n.word ORDER BY n.word ON CONFLICT (word) DO NOTHING"));
        change.execute(query).await?;
    }
    Ok(())
}

async fn clear(change: &Change<'_>) -> Result<()> {
    change.execute(sql!("DELETE FROM search_due")).await?;
    Ok(())
}

/// Whoever adds words waits here for whoever does so already: words are numbered in the order they become visible, and
/// a dictionary in memory asks for those above the highest number it has.
async fn hold(change: &Change<'_>) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO setting (name, value, changed_at) VALUES ('search_lexicon', '0', $1) ON CONFLICT (name) DO UPDATE SET changed_at = excluded.changed_at"
            ),
            [change.at().into()],
        ))
        .await?;
    Ok(())
}

async fn index_set(change: &Change<'_>) -> Result<()> {
    bulk::analyze(change, &["search_due"]).await?;
    let due = change.count(sql!("SELECT COUNT(*) FROM search_due")).await?;
    let families = change.count(sql!("SELECT COUNT(*) FROM family f WHERE {whole_district what is found by}")).await?;
    let (first, last) = ends(change).await?;
    // where most families are due it is quicker to begin anew than to look for the words of each
    let anew = due > WORTH_IT && due * 2 > families;
    if anew {
        change.execute(sql!("DELETE FROM search_word /* {whole_district what is found by} */")).await?;
    } else {
        forget(change, Due::Set(first, last)).await?;
    }
    let aside = if anew { Some(bulk::set_indexes_aside(change, "search_word", due).await?) } else { None };
    // piece by piece, each in the order of the words: sorting the words of a million people at once would take much memory
    for from in (first..=last).step_by(FAMILIES as usize) {
        let to = (from + FAMILIES - 1).min(last);
        make(change, if anew { Due::All(from, to) } else { Due::Set(from, to) }).await?;
    }
    if let Some(aside) = aside {
        aside.put_back(change).await?;
    }
    hold(change).await?;
    // how often each word occurs now, in one walk over the words in their order
    change
        .execute(sql!(
            "INSERT INTO search_lexicon (word, people) SELECT n.word, COUNT(*) FROM search_word n WHERE {whole_district counts of words} GROUP BY n.word ORDER BY n.word
             ON CONFLICT (word) DO UPDATE SET people = excluded.people"
        ))
        .await?;
    change
        .execute(sql!(
            "UPDATE setting SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = 'search_lexicon'"
        ))
        .await?;
    clear(change).await?;
    bulk::analyze(change, &["search_word", "search_lexicon"]).await
}

#[derive(FromQueryResult)]
struct Ends {
    first: Option<i64>,
    last: Option<i64>,
}

/// The lowest and the highest number of a family there is, or whose words are due.
async fn ends(change: &Change<'_>) -> Result<(i64, i64)> {
    let ends: Option<Ends> = change
        .one(sql!(
            "SELECT MIN(id) AS first, MAX(id) AS last FROM (
               SELECT MIN(f.id) AS id FROM family f UNION ALL SELECT MAX(f.id) FROM family f
               UNION ALL SELECT MIN(family_id) FROM search_due UNION ALL SELECT MAX(family_id) FROM search_due
             ) e WHERE {whole_district what is found by}"
        ))
        .await?;
    Ok(ends.and_then(|ends| ends.first.zip(ends.last)).unwrap_or((1, 0)))
}

async fn forget(change: &Change<'_>, due: Due<'_>) -> Result<()> {
    let mut query = Query::new(sql!("DELETE FROM search_word WHERE {whole_district what is found by} AND"));
    match due {
        Due::These(ids) => query.push_in(sql!(" family_id"), ids.iter().copied()),
        Due::Set(..) | Due::All(..) => query.push(sql!(" family_id IN (SELECT family_id FROM search_due)")),
    };
    change.execute(query).await?;
    Ok(())
}

async fn make(change: &Change<'_>, due: Due<'_>) -> Result<()> {
    let mut query = Query::new(sql!(
        "INSERT INTO search_word (word, family_id, person_id, village)
         SELECT w.value, f.id, p.id, f.village FROM family f CROSS JOIN person p CROSS JOIN {words p.name_key}
         WHERE p.family_id = f.id AND w.value <> '' AND {whole_district what is found by} AND"
    ));
    due.narrow(&mut query, sql!(" f.id"));
    query.push(sql!(" ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING"));
    change.execute(query).await?;

    // addresses are folded as names are: old spelling, and whatever parts words there
    let mut query = Query::new(sql!(
        "INSERT INTO search_word (word, family_id, person_id, village)
         SELECT w.value, f.id, 0, f.village FROM family f LEFT JOIN area r ON r.code = f.village AND r.level = 'village'
         CROSS JOIN {words REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(UPPER(f.address || ' ' || COALESCE(r.name, '')), '.', ' '), ',', ' '), '/', ' '), '-', ' '), '(', ' '), ')', ' '), 'OE', 'U'), 'DJ', 'J'), 'TJ', 'C')}
         WHERE LENGTH(w.value) > 1 AND w.value >= 'A' AND {whole_district what is found by} AND"
    ));
    due.narrow(&mut query, sql!(" f.id"));
    query.push(sql!(" AND NOT (1 = 1 AND"));
    query.push_in(sql!(" w.value"), PLACE_WORDS);
    query.push(sql!(") ORDER BY 1, 2 ON CONFLICT DO NOTHING"));
    change.execute(query).await?;
    found_by_visits(change, due).await
}

#[derive(FromQueryResult)]
struct Found {
    id: i64,
    family_id: i64,
    village: i64,
    person_id: Option<i64>,
    name: String,
    known: Option<String>,
}

/// The names the standing visits found, where they differ from the list's or are new.
async fn found_by_visits(change: &Change<'_>, due: Due<'_>) -> Result<()> {
    const COLUMNS: [(&str, Type); 4] =
        [("word", Type::Text), ("family_id", Type::Int), ("person_id", Type::Int), ("village", Type::Int)];
    let mut query = Query::new(sql!(
        "SELECT m.id, f.id AS family_id, f.village, m.person_id, m.name, p.name_key AS known
         FROM visit v JOIN visit_member m ON m.visit_id = v.id JOIN family f ON f.id = v.family_id LEFT JOIN person p ON p.id = m.person_id
         WHERE v.standing AND m.name IS NOT NULL AND (p.id IS NULL OR p.family_id = f.id) AND {whole_district what is found by} AND"
    ));
    due.narrow(&mut query, sql!(" f.id"));
    query.push(sql!(" ORDER BY m.id"));
    let mut rows: BTreeSet<(String, i64, i64, i64)> = BTreeSet::new();
    for found in change.all::<Found>(query).await? {
        let known = found.known.unwrap_or_default();
        let person = found.person_id.unwrap_or(-found.id);
        for word in name_key(&found.name).split(' ').filter(|word| !word.is_empty()) {
            if !known.split(' ').any(|known| known == word) {
                rows.insert((word.to_owned(), found.family_id, person, found.village));
            }
        }
    }
    let rows = rows.into_iter().map(|(word, family, person, village)| -> Vec<Cell> {
        vec![word.into(), family.into(), person.into(), village.into()]
    });
    bulk::insert(change, "search_word", &COLUMNS, rows).await?;
    Ok(())
}
