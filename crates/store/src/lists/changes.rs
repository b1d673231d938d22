//! What a commit changes of families and people known before, kept field by field: the memory that [`super::undo`] goes by.
//!
//! [`begin`] sets aside what is known of everybody the version may change; [`keep`] compares it with what they are after
//! the commit and keeps the fields that differ.

use super::Result;
use crate::{bulk, connect::Change, query::Query, sql};

/// Calls a macro with table and column of everything a list can change. The last says how a kept text
/// becomes the column's value again.
macro_rules! each_field {
    ($call:ident) => {
        [
            $call!("family", "kk", "c.was"),
            $call!("family", "head_person_id", "CAST(c.was AS BIGINT)"),
            $call!("family", "head_name", "c.was"),
            $call!("family", "name_key", "c.was"),
            $call!("family", "village", "CAST(c.was AS BIGINT)"),
            $call!("family", "address", "c.was"),
            $call!("family", "rt", "c.was"),
            $call!("family", "rw", "c.was"),
            $call!("family", "members", "CAST(c.was AS BIGINT)"),
            $call!("family", "desil", "CAST(c.was AS BIGINT)"),
            $call!("family", "desil_version_id", "CAST(c.was AS BIGINT)"),
            $call!("family", "block", "c.was"),
            $call!("person", "nik", "c.was"),
            $call!("person", "name", "c.was"),
            $call!("person", "name_key", "c.was"),
            $call!("person", "sex", "c.was"),
            $call!("person", "birth_date", "c.was"),
            $call!("person", "village", "CAST(c.was AS BIGINT)"),
            $call!("person", "family_id", "CAST(c.was AS BIGINT)"),
            $call!("person", "relation", "c.was"),
        ]
    };
}
pub(super) use each_field;

/// Sets aside what is known before the version enters. It must be linked, and nobody created yet.
pub(super) async fn begin(change: &Change<'_>, version: i64) -> Result<()> {
    let statements = [
        sql!(
            "INSERT INTO family_before (version_id, id, kk, head_person_id, head_name, name_key, village, address, rt, rw, members, desil, desil_version_id, block)
             SELECT $1, f.id, f.kk, f.head_person_id, f.head_name, f.name_key, f.village, f.address, f.rt, f.rw, f.members, f.desil, f.desil_version_id, f.block
             FROM list_unit u JOIN family f ON f.id = u.family_id WHERE u.version_id = $1 AND {whole_district import}"
        ),
        sql!(
            "INSERT INTO person_before (version_id, id, nik, name, name_key, sex, birth_date, village, family_id, relation)
             SELECT $1, p.id, p.nik, p.name, p.name_key, p.sex, p.birth_date, p.village, p.family_id, p.relation
             FROM person p WHERE {whole_district import} AND p.id IN (
               SELECT l.person_id FROM list_link l WHERE l.version_id = $1 AND l.person_id IS NOT NULL
               UNION
               SELECT o.id FROM list_unit u JOIN person o ON o.family_id = u.family_id WHERE u.version_id = $1
             )"
        ),
    ];
    for statement in statements {
        change.execute(Query::with(statement, [version.into()])).await?;
    }
    Ok(())
}

macro_rules! keep_field {
    ($kind:literal, $column:literal, $value:literal) => {
        sql!(concat!(
            "INSERT INTO list_change (version_id, kind, field, subject_id, was, became)
             SELECT $1, '",
            $kind,
            "', '",
            $column,
            "', n.id, CAST(b.",
            $column,
            " AS TEXT), CAST(n.",
            $column,
            " AS TEXT)
             FROM ",
            $kind,
            "_before b JOIN ",
            $kind,
            " n ON n.id = b.id
             WHERE b.version_id = $1 AND n.",
            $column,
            " IS DISTINCT FROM b.",
            $column,
            " AND {whole_district import} ORDER BY n.id"
        ))
    };
}

/// Keeps what the commit changed, and empties the work tables.
pub(super) async fn keep(change: &Change<'_>, version: i64) -> Result<()> {
    let unchanged = [
        sql!(
            "DELETE FROM family_before WHERE version_id = $1 AND {whole_district import} AND id IN (
               SELECT b.id FROM family_before b JOIN family n ON n.id = b.id WHERE b.version_id = $1
                 AND n.kk IS NOT DISTINCT FROM b.kk AND n.head_person_id IS NOT DISTINCT FROM b.head_person_id AND n.head_name = b.head_name AND n.name_key = b.name_key
                 AND n.village = b.village AND n.address = b.address AND n.rt IS NOT DISTINCT FROM b.rt AND n.rw IS NOT DISTINCT FROM b.rw AND n.members = b.members
                 AND n.desil IS NOT DISTINCT FROM b.desil AND n.desil_version_id IS NOT DISTINCT FROM b.desil_version_id AND n.block = b.block)"
        ),
        sql!(
            "DELETE FROM person_before WHERE version_id = $1 AND {whole_district import} AND id IN (
               SELECT b.id FROM person_before b JOIN person n ON n.id = b.id WHERE b.version_id = $1
                 AND n.nik IS NOT DISTINCT FROM b.nik AND n.name = b.name AND n.name_key = b.name_key AND n.sex IS NOT DISTINCT FROM b.sex
                 AND n.birth_date IS NOT DISTINCT FROM b.birth_date AND n.village = b.village AND n.family_id IS NOT DISTINCT FROM b.family_id
                 AND n.relation IS NOT DISTINCT FROM b.relation)"
        ),
    ];
    let clear = [
        sql!("DELETE FROM family_before WHERE version_id = $1 AND {whole_district import}"),
        sql!("DELETE FROM person_before WHERE version_id = $1 AND {whole_district import}"),
    ];
    for statement in unchanged.into_iter().chain(each_field!(keep_field)).chain(clear) {
        change.execute(Query::with(statement, [version.into()])).await?;
    }
    bulk::analyze(change, &["list_change"]).await?;
    Ok(())
}
