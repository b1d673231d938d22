//! Taking a merger apart: the one given up is where he was, what told of him tells of him again, and what has moved on since
//! stays where it is.
//!
//! A later change by hand that rests on what the merger set now rests on what was before it; where the family he was of is
//! part of another by now, or left the district, he went along.

use std::collections::{BTreeMap, BTreeSet};

use domain::household::{FamilyState, Kind, PersonState, Relation};
use sea_orm::FromQueryResult;

use super::{
    super::household::{Now, SetField, fields, now, set},
    of_family, of_person,
};
use crate::{
    connect::{Change, Result},
    query::{Handle, Query},
    sql,
};

/// Puts back what the merger set, as far as nothing moved on. The caller has marked it as taken back.
pub(in crate::registry) async fn part(change: &Change<'_>, id: i64) -> Result<()> {
    let entry: Option<Option<i64>> = change
        .scalar(Query::with(
            sql!("SELECT c.journal_id FROM household_change c WHERE c.id = $1 AND {checked it was found}"),
            [id.into()],
        ))
        .await?;
    let apart = Apart {
        change,
        id,
        entry: entry.flatten().unwrap_or_default(),
        fields: fields(change, id).await?,
        now: now(change, id).await?,
    };
    let known = apart.known().await?;
    apart.rows_go_back().await?;
    apart.families_go_back().await?;
    let stayed = apart.people_go_back().await?;
    apart.numbers_go_back().await?;
    for given_up in apart.given_up() {
        apart.go_home(given_up).await?;
    }
    apart.count_again(&known, &stayed).await
}

struct Apart<'a> {
    change: &'a Change<'a>,
    id: i64,
    /// The entry of the journal that tells of the merger: what is of a later one came after it.
    entry: i64,
    fields: Vec<SetField>,
    now: Now,
}

/// A family as far as somebody who comes back to it has to know.
#[derive(FromQueryResult)]
struct Home {
    state: String,
    merged_into: Option<i64>,
    head_person_id: Option<i64>,
    village: i64,
}

impl Apart<'_> {
    fn of(&self, kind: &str) -> impl Iterator<Item = &SetField> {
        self.fields.iter().filter(move |one| one.kind == kind)
    }

    fn field(&self, kind: &str, field: &str, subject: i64) -> Option<&SetField> {
        self.fields.iter().find(|one| one.kind == kind && one.field == field && one.subject_id == subject)
    }

    /// Says now what the merger made it say.
    fn stands(&self, one: &SetField) -> bool {
        self.now.get(&(one.kind.clone(), one.field.clone(), one.subject_id)) == Some(&one.became)
    }

    fn given_up(&self) -> Vec<i64> {
        self.of("person").filter(|one| one.field == "merged_into").map(|one| one.subject_id).collect()
    }

    async fn run<const N: usize>(&self, statement: crate::Sql, values: [sea_orm::Value; N]) -> Result<u64> {
        self.change.execute(Query::with(statement, values)).await
    }

    /// How many people are known to live in each of the families.
    async fn known(&self) -> Result<BTreeMap<i64, i64>> {
        #[derive(FromQueryResult)]
        struct Known {
            id: i64,
            people: i64,
        }
        let known: Vec<Known> = self
            .change
            .all(Query::with(
                sql!(
                    "SELECT s.subject_id AS id, COUNT(p.id) AS people FROM household_subject s LEFT JOIN person p ON p.family_id = s.subject_id
                     WHERE s.change_id = $1 AND s.kind = 'family' AND {checked it was found} GROUP BY s.subject_id ORDER BY 1"
                ),
                [self.id.into()],
            ))
            .await?;
        Ok(known.into_iter().map(|known| (known.id, known.people)).collect())
    }

    /// Rows that told of those given up tell of them again, with those of whoever was given up for them.
    async fn rows_go_back(&self) -> Result<()> {
        macro_rules! back {
            ($table:literal, $key:literal, $column:literal, $but:literal) => {
                sql!(concat!(
                    "UPDATE ",
                    $table,
                    " SET ",
                    $column,
                    " = $1 WHERE ",
                    $key,
                    " IN (SELECT m.row_id FROM merge_moved m WHERE m.what = '",
                    $table,
                    "' AND m.subject_id = $2) AND {checked by the change}"
                ))
            };
        }
        let forget = sql!(
            "DELETE FROM merge_moved WHERE subject_id = $1 AND what IN ('person_list', 'visit_member') AND {checked by the change}"
        );
        let forget_family = sql!(
            "DELETE FROM merge_moved WHERE subject_id = $1 AND what NOT IN ('person_list', 'visit_member') AND {checked by the change}"
        );
        for person in self.given_up() {
            let whole: Vec<i64> = self
                .change
                .column(Query::with(
                    sql!(
                        "WITH RECURSIVE one (id) AS (SELECT CAST($1 AS BIGINT) UNION SELECT p.id FROM person p JOIN one ON p.merged_into = one.id) SELECT id FROM one WHERE {checked by the change} ORDER BY id"
                    ),
                    [person.into()],
                ))
                .await?;
            for first in whole {
                for back in of_person!(back) {
                    self.run(back, [person.into(), first.into()]).await?;
                }
            }
            self.run(forget, [person.into()]).await?;
        }
        for family in self.of("family").filter(|one| one.field == "merged_into").map(|one| one.subject_id) {
            let whole: Vec<i64> = self
                .change
                .column(Query::with(
                    sql!(
                        "WITH RECURSIVE one (id) AS (SELECT CAST($1 AS BIGINT) UNION SELECT f.id FROM family f JOIN one ON f.merged_into = one.id) SELECT id FROM one WHERE {checked by the change} ORDER BY id"
                    ),
                    [family.into()],
                ))
                .await?;
            for first in whole {
                for back in of_family!(back) {
                    self.run(back, [family.into(), first.into()]).await?;
                }
            }
            self.run(forget_family, [family.into()]).await?;
        }
        Ok(())
    }

    /// What later changes by hand and lists replaced is what was before the merger, not what it made of it. Whether a later
    /// change by hand has set the field.
    async fn beneath(&self, one: &SetField) -> Result<bool> {
        let later: Option<i64> = self
            .change
            .scalar(Query::with(
                sql!(
                    "SELECT h.change_id FROM household_field h JOIN household_change c ON c.id = h.change_id AND c.state = 'done' AND c.journal_id > $4
                     WHERE h.kind = $1 AND h.field = $2 AND h.subject_id = $3 AND {checked by the change} ORDER BY c.journal_id LIMIT 1"
                ),
                [one.kind.as_str().into(), one.field.as_str().into(), one.subject_id.into(), self.entry.into()],
            ))
            .await?;
        if let Some(later) = later {
            self.run(
                sql!(
                    "UPDATE household_field SET was = $5 WHERE change_id = $4 AND kind = $1 AND field = $2 AND subject_id = $3 AND was IS NOT DISTINCT FROM $6 AND {checked by the change}"
                ),
                [
                    one.kind.as_str().into(),
                    one.field.as_str().into(),
                    one.subject_id.into(),
                    later.into(),
                    one.was.clone().into(),
                    one.became.clone().into(),
                ],
            )
            .await?;
            return Ok(true);
        }
        self.run(
            sql!(
                "UPDATE list_change SET was = $5 WHERE kind = $1 AND field = $2 AND subject_id = $3 AND was IS NOT DISTINCT FROM $6
                 AND version_id IN (SELECT v.id FROM list_version v WHERE v.entered > $4)"
            ),
            [
                one.kind.as_str().into(),
                one.field.as_str().into(),
                one.subject_id.into(),
                self.entry.into(),
                one.was.clone().into(),
                one.became.clone().into(),
            ],
        )
        .await?;
        Ok(false)
    }

    /// Sets a field back that still says what the merger made it say.
    async fn restore(&self, one: &SetField) -> Result<bool> {
        if self.beneath(one).await? || !self.stands(one) {
            return Ok(false);
        }
        set(self.change, &one.kind, &one.field, one.subject_id, one.was.as_deref()).await?;
        Ok(true)
    }

    async fn families_go_back(&self) -> Result<()> {
        for one in self.of("family").filter(|one| one.field != "members") {
            self.restore(one).await?;
        }
        Ok(())
    }

    /// Those given up are themselves again; the others live where and as what they did, unless they have moved on: the
    /// families of these are answered with.
    async fn people_go_back(&self) -> Result<BTreeSet<i64>> {
        let given_up = self.given_up();
        let mut stayed = BTreeSet::new();
        let people: BTreeSet<i64> = self.of("person").map(|one| one.subject_id).collect();
        for person in people {
            let place = |one: &&SetField| matches!(one.field.as_str(), "family_id" | "relation" | "village");
            let of = || self.of("person").filter(|one| one.subject_id == person);
            if given_up.contains(&person) {
                for one in of() {
                    set(self.change, "person", &one.field, person, one.was.as_deref()).await?;
                }
                self.run(
                    sql!("UPDATE membership SET until = NULL, closed_change_id = NULL WHERE closed_change_id = $1 AND person_id = $2 AND {checked by the change}"),
                    [self.id.into(), person.into()],
                )
                .await?;
                continue;
            }
            for one in of().filter(|one| !place(one)) {
                if self.restore(one).await? {
                    self.taken_along(person, one).await?;
                }
            }
            if of().filter(place).count() == 0 {
                continue;
            }
            let family = self.field("person", "family_id", person);
            let crowned = self.field("person", "relation", person).and_then(|one| one.became.as_deref())
                == Some(Relation::Head.as_str());
            let heads = crowned
                && self
                    .home(family.and_then(|one| one.became.as_deref()?.parse().ok()).unwrap_or_default())
                    .await?
                    .is_some_and(|home| home.head_person_id == Some(person));
            let still = of().filter(place).all(|one| self.stands(one)) && !self.changed_again(person).await?;
            if still && !heads {
                for one in of().filter(place) {
                    set(self.change, "person", &one.field, person, one.was.as_deref()).await?;
                }
                self.run(
                    sql!("DELETE FROM membership WHERE change_id = $1 AND person_id = $2 AND {checked by the change}"),
                    [self.id.into(), person.into()],
                )
                .await?;
                self.run(
                    sql!("UPDATE membership SET until = NULL, closed_change_id = NULL WHERE closed_change_id = $1 AND person_id = $2 AND {checked by the change}"),
                    [self.id.into(), person.into()],
                )
                .await?;
                continue;
            }
            let families = family.into_iter().flat_map(|one| [&one.was, &one.became]).flatten();
            stayed.extend(families.filter_map(|id| id.parse::<i64>().ok()));
            if !still {
                for one in of().filter(place) {
                    self.beneath(one).await?;
                }
            }
            self.pass_on(person).await?;
        }
        Ok(stayed)
    }

    /// Whether a later change by hand has set where the person lives, or as what.
    async fn changed_again(&self, person: i64) -> Result<bool> {
        let later = self
            .change
            .count(Query::with(
                sql!(
                    "SELECT COUNT(*) FROM household_field h JOIN household_change c ON c.id = h.change_id AND c.state = 'done' AND c.journal_id > $2
                     WHERE h.kind = 'person' AND h.field IN ('family_id', 'relation') AND h.subject_id = $1 AND {checked by the change}"
                ),
                [person.into(), self.entry.into()],
            ))
            .await?;
        Ok(later > 0)
    }

    /// The membership the merger opened, which has ended since, never was: the one before it ended then.
    async fn pass_on(&self, person: i64) -> Result<()> {
        let passed = self
            .run(
                sql!(
                    "UPDATE membership SET until = n.until, closed_version_id = n.closed_version_id, closed_change_id = n.closed_change_id FROM membership n
                     WHERE membership.closed_change_id = $1 AND membership.person_id = $2 AND n.person_id = $2 AND n.change_id = $1 AND n.until IS NOT NULL AND {checked by the change}"
                ),
                [self.id.into(), person.into()],
            )
            .await?;
        if passed > 0 {
            self.run(
                sql!("DELETE FROM membership WHERE change_id = $1 AND person_id = $2 AND until IS NOT NULL AND {checked by the change}"),
                [self.id.into(), person.into()],
            )
            .await?;
        }
        Ok(())
    }

    /// What somebody took from the one given up, and another took from him when he was given up in turn.
    async fn taken_along(&self, person: i64, one: &SetField) -> Result<()> {
        #[derive(FromQueryResult)]
        struct Taken {
            change_id: i64,
            subject_id: i64,
        }
        let mut at = person;
        loop {
            let taken: Option<Taken> = self
                .change
                .one(Query::with(
                    sql!(
                        "SELECT h.change_id, h.subject_id FROM person p JOIN household_field h ON h.kind = 'person' AND h.field = $2 AND h.subject_id = p.merged_into AND h.was IS NULL AND h.became = $3
                         JOIN household_change c ON c.id = h.change_id AND c.kind = 'same' AND c.state = 'done' WHERE p.id = $1 AND {checked by the change} ORDER BY c.journal_id DESC LIMIT 1"
                    ),
                    [at.into(), one.field.as_str().into(), one.became.clone().into()],
                ))
                .await?;
            let Some(taken) = taken else { return Ok(()) };
            self.run(
                sql!("DELETE FROM household_field WHERE change_id = $1 AND kind = 'person' AND field = $2 AND subject_id = $3 AND {checked by the change}"),
                [taken.change_id.into(), one.field.as_str().into(), taken.subject_id.into()],
            )
            .await?;
            set(self.change, "person", &one.field, taken.subject_id, None).await?;
            at = taken.subject_id;
        }
    }

    /// The numbers of those given up are their own, also where they were handed on.
    async fn numbers_go_back(&self) -> Result<()> {
        for person in self.given_up() {
            self.run(
                sql!(
                    "DELETE FROM former_nik WHERE {checked by the change} AND change_id IN (SELECT c.id FROM household_change c WHERE c.kind = 'same')
                     AND nik IN (SELECT p.nik FROM person p WHERE p.id = $1 AND p.nik IS NOT NULL UNION SELECT o.nik FROM former_nik o WHERE o.person_id = $1)
                     AND person_id NOT IN (WITH RECURSIVE one (id) AS (SELECT CAST($1 AS BIGINT) UNION SELECT p.id FROM person p JOIN one ON p.merged_into = one.id) SELECT id FROM one)"
                ),
                [person.into()],
            )
            .await?;
        }
        Ok(())
    }

    async fn home(&self, family: i64) -> Result<Option<Home>> {
        self.change
            .one(Query::with(
                sql!("SELECT f.state, f.merged_into, f.head_person_id, f.village FROM family f WHERE f.id = $1 AND {checked by the change}"),
                [family.into()],
            ))
            .await
    }

    /// He lives in the family he was of; where that has gone another way since, he went along.
    async fn go_home(&self, person: i64) -> Result<()> {
        let Some(mut family) =
            self.field("person", "family_id", person).and_then(|one| one.was.as_deref()?.parse::<i64>().ok())
        else {
            return Ok(());
        };
        let mut relation = self.field("person", "relation", person).and_then(|one| one.was.clone());
        let head = Relation::Head.as_str();
        while let Some(home) = self.home(family).await? {
            if home.state == FamilyState::Deceased.as_str() {
                set(self.change, "family", "state", family, Some(FamilyState::Active.as_str())).await?;
            }
            let dissolved = home.state == FamilyState::Dissolved.as_str();
            if let Some(into) = home.merged_into.filter(|_| dissolved) {
                let became = if relation.as_deref() == Some(head) {
                    Some(Relation::Other.as_str().to_owned())
                } else {
                    relation.clone()
                };
                self.went_along(person, (family, relation.as_deref()), (into, became.as_deref())).await?;
                (family, relation) = (into, became);
                continue;
            }
            if home.state == FamilyState::Moved.as_str() {
                self.left_with(person, family).await?;
            }
            if relation.as_deref() == Some(head) && home.head_person_id != Some(person) {
                self.head_or_not(person, family, home.head_person_id).await?;
            }
            set(self.change, "person", "village", person, Some(&home.village.to_string())).await?;
            return Ok(());
        }
        Ok(())
    }

    /// He headed the family; it has another head since, or none.
    async fn head_or_not(&self, person: i64, family: i64, head: Option<i64>) -> Result<()> {
        let later: Vec<Later> = self
            .change
            .all(Query::with(
                sql!(
                    "SELECT c.id, c.kind, c.happened_on, c.journal_id FROM household_field h JOIN household_change c ON c.id = h.change_id AND c.state = 'done' AND c.journal_id > $2
                     WHERE h.kind = 'family' AND h.field = 'head_person_id' AND h.subject_id = $1 AND {checked by the change} ORDER BY c.journal_id"
                ),
                [family.into(), self.entry.into()],
            ))
            .await?;
        if !later.is_empty() && later.iter().all(|by| by.kind == Kind::Same.as_str()) {
            // mergers after this one put heirs in the place of the heir: with him there, nobody had to
            return self.uncrown(family, &later).await;
        }
        let (was, became) = (Relation::Head.as_str(), Relation::Other.as_str());
        if let Some(by) = later.first() {
            // somebody said who heads the family: he was the head until then
            self.concerns(by, person).await?;
            let family = family.to_string();
            self.adds(by, person, "family_id", Some(&family), Some(&family)).await?;
            self.adds(by, person, "relation", Some(was), Some(became)).await?;
            set(self.change, "person", "relation", person, Some(became)).await?;
            return self.lives_on(by, person, family.parse().unwrap_or_default(), Some(became)).await;
        }
        if head.is_none() {
            self.run(
                sql!("UPDATE family SET head_person_id = $2, head_name = p.name, name_key = p.name_key FROM person p WHERE p.id = $2 AND family.id = $1 AND {checked by the change}"),
                [family.into(), person.into()],
            )
            .await?;
            return Ok(());
        }
        set(self.change, "person", "relation", person, Some(became)).await?;
        self.run(
            sql!(
                "UPDATE membership SET relation = $2 WHERE person_id = $1 AND until IS NULL AND {checked by the change}"
            ),
            [person.into(), became.into()],
        )
        .await?;
        Ok(())
    }

    /// What later mergers did to give the family a head never had to be done.
    async fn uncrown(&self, family: i64, later: &[Later]) -> Result<()> {
        for by in later {
            let heir: Option<Option<String>> = self
                .change
                .scalar(Query::with(
                    sql!("SELECT h.became FROM household_field h WHERE h.change_id = $1 AND h.kind = 'family' AND h.field = 'head_person_id' AND h.subject_id = $2 AND {checked by the change}"),
                    [by.id.into(), family.into()],
                ))
                .await?;
            let Some(heir) = heir.flatten().and_then(|heir| heir.parse::<i64>().ok()) else { continue };
            let crowned = self.change.all::<SetField>(Query::with(
                sql!("SELECT h.kind, h.field, h.subject_id, h.was, h.became FROM household_field h WHERE h.change_id = $1 AND h.kind = 'person' AND h.subject_id = $2 AND h.field = 'relation' AND {checked by the change}"),
                [by.id.into(), heir.into()],
            )).await?;
            let Some(crowned) = crowned.first() else { continue };
            let apart =
                Apart { change: self.change, id: by.id, entry: by.journal_id, fields: Vec::new(), now: Now::new() };
            if !apart.beneath(crowned).await? {
                set(self.change, "person", "relation", heir, crowned.was.as_deref()).await?;
            }
            apart.pass_on(heir).await?;
            for statement in [
                sql!(
                    "DELETE FROM membership WHERE change_id = $1 AND person_id = $2 AND until IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE m.closed_change_id = $1 AND m.person_id = $2) AND {checked by the change}"
                ),
                sql!(
                    "UPDATE membership SET until = NULL, closed_change_id = NULL WHERE closed_change_id = $1 AND person_id = $2 AND {checked by the change}"
                ),
                sql!(
                    "DELETE FROM household_field WHERE change_id = $1 AND kind = 'person' AND subject_id = $2 AND field IN ('family_id', 'relation') AND {checked by the change}"
                ),
            ] {
                self.run(statement, [by.id.into(), heir.into()]).await?;
            }
        }
        let Some(first) = later.first() else { return Ok(()) };
        let before: Vec<SetField> = self
            .change
            .all(Query::with(
                sql!(
                    "SELECT h.kind, h.field, h.subject_id, h.was, h.became FROM household_field h WHERE h.change_id = $1 AND h.kind = 'family' AND h.subject_id = $2
                     AND h.field IN ('head_person_id', 'head_name', 'name_key', 'block') AND {checked by the change} ORDER BY h.field"
                ),
                [first.id.into(), family.into()],
            ))
            .await?;
        for one in before {
            set(self.change, "family", &one.field, family, one.was.as_deref()).await?;
        }
        for by in later {
            self.run(
                sql!("DELETE FROM household_field WHERE change_id = $1 AND kind = 'family' AND subject_id = $2 AND field IN ('head_person_id', 'head_name', 'name_key', 'block') AND {checked by the change}"),
                [by.id.into(), family.into()],
            )
            .await?;
        }
        Ok(())
    }

    /// The membership of now ends with a later change, and another begins with it.
    async fn lives_on(&self, by: &Later, person: i64, family: i64, relation: Option<&str>) -> Result<()> {
        self.run(
            sql!("UPDATE membership SET until = CASE WHEN since > $3 THEN since ELSE $3 END, closed_change_id = $2 WHERE person_id = $1 AND until IS NULL AND {checked by the change}"),
            [person.into(), by.id.into(), by.happened_on.as_str().into()],
        )
        .await?;
        self.run(
            sql!("INSERT INTO membership (person_id, family_id, relation, since, why, change_id) VALUES ($1, $2, $3, $4, $5, $6) -- {checked by the change}"),
            [
                person.into(),
                family.into(),
                relation.into(),
                by.happened_on.as_str().into(),
                by.kind.as_str().into(),
                by.id.into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// The newest change by hand that stands and gave the family this value in this field.
    async fn made_so(&self, family: i64, field: &str, became: &str) -> Result<Option<Later>> {
        self.change
            .one(Query::with(
                sql!(
                    "SELECT c.id, c.kind, c.happened_on, c.journal_id FROM household_field h JOIN household_change c ON c.id = h.change_id AND c.state = 'done'
                     WHERE h.kind = 'family' AND h.field = $2 AND h.subject_id = $1 AND h.became = $3 AND {checked by the change} ORDER BY c.journal_id DESC LIMIT 1"
                ),
                [family.into(), field.into(), became.into()],
            ))
            .await
    }

    /// The change that took the family into another took him along: it is as if he had been there.
    async fn went_along(
        &self,
        person: i64,
        (from, was): (i64, Option<&str>),
        (into, became): (i64, Option<&str>),
    ) -> Result<()> {
        let Some(by) = self.made_so(from, "merged_into", &into.to_string()).await? else { return Ok(()) };
        self.concerns(&by, person).await?;
        let (from_text, into_text) = (from.to_string(), into.to_string());
        self.adds(&by, person, "family_id", Some(&from_text), Some(&into_text)).await?;
        self.adds(&by, person, "relation", was, became).await?;
        let village = |home: Option<Home>| home.map(|home| home.village.to_string());
        let (here, there) = (village(self.home(from).await?), village(self.home(into).await?));
        if here != there {
            self.adds(&by, person, "village", here.as_deref(), there.as_deref()).await?;
        }
        set(self.change, "person", "family_id", person, Some(&into_text)).await?;
        set(self.change, "person", "relation", person, became).await?;
        self.lives_on(&by, person, into, became).await?;
        // one more was counted in the family taken in, and is in the other
        self.run(
            sql!("UPDATE household_field SET was = CAST(CAST(was AS BIGINT) + 1 AS TEXT) WHERE change_id = $1 AND kind = 'family' AND field = 'members' AND subject_id = $2 AND {checked by the change}"),
            [by.id.into(), from.into()],
        )
        .await?;
        let more = if by.kind == Kind::Merge.as_str() { 1 } else { self.uncounted(into).await? };
        if more == 0 {
            return Ok(());
        }
        // where the change left the count of the other as it was, it did not need to say so
        self.run(
            sql!(
                "INSERT INTO household_field (change_id, kind, field, subject_id, was, became)
                 SELECT $1, 'family', 'members', f.id, COALESCE(l.was, CAST(f.members AS TEXT)), CAST(CAST(COALESCE(l.was, CAST(f.members AS TEXT)) AS BIGINT) + $3 AS TEXT)
                 FROM family f LEFT JOIN (
                   SELECT h.subject_id, h.was, ROW_NUMBER() OVER (PARTITION BY h.subject_id ORDER BY c.journal_id) AS place FROM household_field h
                   JOIN household_change c ON c.id = h.change_id AND c.state = 'done' AND c.journal_id > $4 WHERE h.kind = 'family' AND h.field = 'members' AND h.subject_id = $2
                 ) l ON l.subject_id = f.id AND l.place = 1
                 WHERE f.id = $2 AND {checked by the change}
                 ON CONFLICT (change_id, kind, field, subject_id) DO UPDATE SET became = CAST(CAST(household_field.became AS BIGINT) + $3 AS TEXT)"
            ),
            [by.id.into(), into.into(), more.into(), by.journal_id.into()],
        )
        .await?;
        self.shift(into, by.journal_id, more).await?;
        self.run(
            sql!("UPDATE family SET members = members + $2 WHERE id = $1 AND {checked by the change}"),
            [into.into(), more.into()],
        )
        .await?;
        Ok(())
    }

    /// How many more are known to live in the family than it counts.
    async fn uncounted(&self, family: i64) -> Result<i64> {
        let more = self
            .change
            .count(Query::with(
                sql!("SELECT COUNT(*) - MAX(f.members) FROM family f JOIN person p ON p.family_id = f.id WHERE f.id = $1 AND {checked by the change}"),
                [family.into()],
            ))
            .await?;
        Ok(more.max(0))
    }

    /// The family left the district, and he with it.
    async fn left_with(&self, person: i64, family: i64) -> Result<()> {
        let (alive, moved) = (PersonState::Alive.as_str(), PersonState::Moved.as_str());
        if self.field("person", "state", person).is_none_or(|one| one.was.as_deref() != Some(alive)) {
            return Ok(());
        }
        let Some(by) = self.made_so(family, "state", FamilyState::Moved.as_str()).await? else { return Ok(()) };
        if by.journal_id < self.entry {
            return Ok(());
        }
        self.concerns(&by, person).await?;
        self.adds(&by, person, "state", Some(alive), Some(moved)).await?;
        set(self.change, "person", "state", person, Some(moved)).await
    }

    async fn concerns(&self, by: &Later, person: i64) -> Result<()> {
        self.run(
            sql!("INSERT INTO household_subject (change_id, kind, subject_id) VALUES ($1, 'person', $2) ON CONFLICT (change_id, kind, subject_id) DO NOTHING -- {checked by the change}"),
            [by.id.into(), person.into()],
        )
        .await?;
        Ok(())
    }

    async fn adds(&self, by: &Later, person: i64, field: &str, was: Option<&str>, became: Option<&str>) -> Result<()> {
        self.run(
            sql!(
                "INSERT INTO household_field (change_id, kind, field, subject_id, was, became) VALUES ($1, 'person', $2, $3, $4, $5)
                 ON CONFLICT (change_id, kind, field, subject_id) DO UPDATE SET was = excluded.was, became = excluded.became -- {checked by the change}"
            ),
            [by.id.into(), field.into(), person.into(), was.into(), became.into()],
        )
        .await?;
        Ok(())
    }

    /// What later changes by hand counted of the family is so many more.
    async fn shift(&self, family: i64, after: i64, by: i64) -> Result<()> {
        self.run(
            sql!(
                "UPDATE household_field SET was = CAST(CAST(was AS BIGINT) + $3 AS TEXT), became = CAST(CAST(became AS BIGINT) + $3 AS TEXT)
                 WHERE kind = 'family' AND field = 'members' AND subject_id = $1 AND {checked by the change}
                   AND change_id IN (SELECT c.id FROM household_change c WHERE c.state = 'done' AND c.journal_id > $2)"
            ),
            [family.into(), after.into(), by.into()],
        )
        .await?;
        Ok(())
    }

    /// Families count who lives in them: as before where nothing moved on, else by as many as came back or left.
    async fn count_again(&self, before: &BTreeMap<i64, i64>, stayed: &BTreeSet<i64>) -> Result<()> {
        let after = self.known().await?;
        for one in self.of("family").filter(|one| one.field == "members") {
            let family = one.subject_id;
            let later = self
                .change
                .count(Query::with(
                    sql!(
                        "SELECT COUNT(*) FROM household_field h JOIN household_change c ON c.id = h.change_id AND c.state = 'done' AND c.journal_id > $2
                         WHERE h.kind = 'family' AND h.field = 'members' AND h.subject_id = $1 AND {checked by the change}"
                    ),
                    [family.into(), self.entry.into()],
                ))
                .await?;
            if later == 0 && self.stands(one) && !stayed.contains(&family) {
                self.restore(one).await?;
                continue;
            }
            let of = |known: &BTreeMap<i64, i64>| known.get(&family).copied().unwrap_or_default();
            let counted: i64 = self
                .now
                .get(&("family".to_owned(), "members".to_owned(), family))
                .cloned()
                .flatten()
                .and_then(|text| text.parse().ok())
                .unwrap_or_default();
            let now = (counted + of(&after) - of(before)).max(of(&after));
            self.shift(family, self.entry, now - counted).await?;
            set(self.change, "family", "members", family, Some(&now.to_string())).await?;
        }
        Ok(())
    }
}

/// A change by hand that came after.
#[derive(FromQueryResult)]
struct Later {
    id: i64,
    kind: String,
    happened_on: String,
    journal_id: i64,
}
