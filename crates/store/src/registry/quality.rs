//! Data quality of the registry: how many families lack what, by village, counted in one pass; and which they are, as a
//! filter of the search, so that every number leads to its families. Families that are gone are not counted.

use domain::quality::Lack;
use sea_orm::FromQueryResult;

use crate::{
    connect::Result,
    query::{Handle, Sql},
    sql,
};

/// The sex a NIK tells of is not the person's: women's days of birth begin at 41.
macro_rules! nik_sex {
    () => {
        "(p.nik IS NOT NULL AND p.sex IS NOT NULL AND (substr(p.nik, 7, 1) >= '4') <> (p.sex = 'P'))"
    };
}

/// The day of birth a NIK tells of (DDMMYY) is not the person's.
macro_rules! nik_birth {
    () => {
        "(p.nik IS NOT NULL AND LENGTH(p.birth_date) = 10 AND
          CASE substr(p.nik, 7, 1) WHEN '4' THEN '0' WHEN '5' THEN '1' WHEN '6' THEN '2' WHEN '7' THEN '3' ELSE substr(p.nik, 7, 1) END
            || substr(p.nik, 8, 5) <> substr(p.birth_date, 9, 2) || substr(p.birth_date, 6, 2) || substr(p.birth_date, 3, 2))"
    };
}

/// The families of a village and what they lack.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct VillageQuality {
    pub village: i64,
    pub families: i64,
    /// Families that lack nothing.
    pub complete: i64,
    /// Families that a fault keeps out of decrees.
    pub blocked: i64,
    no_village: i64,
    no_head: i64,
    no_nik: i64,
    no_kk: i64,
    no_birth: i64,
    no_sex: i64,
    no_members: i64,
    no_desil: i64,
    no_address: i64,
    other_count: i64,
    other_sex: i64,
    other_birth: i64,
}

impl VillageQuality {
    /// Families that lack this.
    pub const fn of(&self, lack: Lack) -> i64 {
        match lack {
            Lack::Village => self.no_village,
            Lack::Head => self.no_head,
            Lack::Nik => self.no_nik,
            Lack::Kk => self.no_kk,
            Lack::Birth => self.no_birth,
            Lack::Sex => self.no_sex,
            Lack::Members => self.no_members,
            Lack::Desil => self.no_desil,
            Lack::Address => self.no_address,
            Lack::Count => self.other_count,
            Lack::NikSex => self.other_sex,
            Lack::NikBirth => self.other_birth,
        }
    }

    /// Families of both.
    #[must_use]
    pub const fn and(&self, other: &Self) -> Self {
        Self {
            village: self.village,
            families: self.families + other.families,
            complete: self.complete + other.complete,
            blocked: self.blocked + other.blocked,
            no_village: self.no_village + other.no_village,
            no_head: self.no_head + other.no_head,
            no_nik: self.no_nik + other.no_nik,
            no_kk: self.no_kk + other.no_kk,
            no_birth: self.no_birth + other.no_birth,
            no_sex: self.no_sex + other.no_sex,
            no_members: self.no_members + other.no_members,
            no_desil: self.no_desil + other.no_desil,
            no_address: self.no_address + other.no_address,
            other_count: self.other_count + other.other_count,
            other_sex: self.other_sex + other.other_sex,
            other_birth: self.other_birth + other.other_birth,
        }
    }
}

/// Every village of the actor's area that has families, by code. A family whose village is not known stands under the
/// district.
pub async fn by_village(handle: &impl Handle) -> Result<Vec<VillageQuality>> {
    handle
        .all(sql!(concat!(
            "SELECT village, COUNT(*) AS families, COUNT(CASE WHEN lacks = 0 THEN 1 END) AS complete, COUNT(CASE WHEN block <> '' THEN 1 END) AS blocked,
               CAST(SUM(no_village) AS BIGINT) AS no_village, CAST(SUM(no_head) AS BIGINT) AS no_head, CAST(SUM(no_nik) AS BIGINT) AS no_nik,
               CAST(SUM(no_kk) AS BIGINT) AS no_kk, CAST(SUM(no_birth) AS BIGINT) AS no_birth, CAST(SUM(no_sex) AS BIGINT) AS no_sex,
               CAST(SUM(no_members) AS BIGINT) AS no_members, CAST(SUM(no_desil) AS BIGINT) AS no_desil, CAST(SUM(no_address) AS BIGINT) AS no_address,
               CAST(SUM(other_count) AS BIGINT) AS other_count, CAST(SUM(other_sex) AS BIGINT) AS other_sex, CAST(SUM(other_birth) AS BIGINT) AS other_birth
             FROM (
               SELECT l.*, no_village + no_head + no_nik + no_kk + no_birth + no_sex + no_members + no_desil + no_address + other_count + other_sex + other_birth AS lacks
               FROM (
                 SELECT f.village, f.block, CASE WHEN f.village % 10000 = 0 THEN 1 ELSE 0 END AS no_village, CASE WHEN f.head_person_id IS NULL THEN 1 ELSE 0 END AS no_head,
                   CASE WHEN f.kk IS NULL THEN 1 ELSE 0 END AS no_kk, CASE WHEN f.desil IS NULL THEN 1 ELSE 0 END AS no_desil, CASE WHEN f.address = '' THEN 1 ELSE 0 END AS no_address,
                   CASE WHEN q.named IS NULL THEN 1 ELSE 0 END AS no_members, CASE WHEN q.named <> f.members THEN 1 ELSE 0 END AS other_count,
                   CASE WHEN q.nik > 0 THEN 1 ELSE 0 END AS no_nik, CASE WHEN q.birth > 0 THEN 1 ELSE 0 END AS no_birth, CASE WHEN q.sex > 0 THEN 1 ELSE 0 END AS no_sex,
                   CASE WHEN q.nik_sex > 0 THEN 1 ELSE 0 END AS other_sex, CASE WHEN q.nik_birth > 0 THEN 1 ELSE 0 END AS other_birth
                 FROM family f LEFT JOIN (
                   SELECT p.family_id, COUNT(*) AS named, COUNT(CASE WHEN p.nik IS NULL THEN 1 END) AS nik, COUNT(CASE WHEN p.birth_date IS NULL THEN 1 END) AS birth,
                     COUNT(CASE WHEN p.sex IS NULL THEN 1 END) AS sex, COUNT(CASE WHEN ", nik_sex!(), " THEN 1 END) AS nik_sex, COUNT(CASE WHEN ", nik_birth!(), " THEN 1 END) AS nik_birth
                   FROM person p WHERE p.family_id IS NOT NULL AND {scope p.village} GROUP BY p.family_id
                 ) q ON q.family_id = f.id
                 WHERE f.state = 'active' AND {scope f.village}
               ) l
             ) l GROUP BY village ORDER BY village"
        )))
        .await
}

/// The condition of the search: family `f` lacks this.
pub(super) fn lacks(lack: Lack) -> Sql {
    match lack {
        Lack::Village => sql!(" AND f.state = 'active' AND f.village % 10000 = 0"),
        Lack::Head => sql!(" AND f.state = 'active' AND f.head_person_id IS NULL"),
        Lack::Kk => sql!(" AND f.state = 'active' AND f.kk IS NULL"),
        Lack::Desil => sql!(" AND f.state = 'active' AND f.desil IS NULL"),
        Lack::Address => sql!(" AND f.state = 'active' AND f.address = ''"),
        Lack::Members => sql!(
            " AND f.state = 'active' AND NOT EXISTS (SELECT 1 FROM person p WHERE p.family_id = f.id AND {checked it is the family's})"
        ),
        Lack::Count => sql!(
            " AND f.state = 'active' AND f.members <> (SELECT COUNT(*) FROM person p WHERE p.family_id = f.id AND {checked it is the family's})
              AND EXISTS (SELECT 1 FROM person p WHERE p.family_id = f.id AND {checked it is the family's})"
        ),
        Lack::Nik => sql!(
            " AND f.state = 'active' AND EXISTS (SELECT 1 FROM person p WHERE p.family_id = f.id AND p.nik IS NULL AND {checked it is the family's})"
        ),
        Lack::Birth => sql!(
            " AND f.state = 'active' AND EXISTS (SELECT 1 FROM person p WHERE p.family_id = f.id AND p.birth_date IS NULL AND {checked it is the family's})"
        ),
        Lack::Sex => sql!(
            " AND f.state = 'active' AND EXISTS (SELECT 1 FROM person p WHERE p.family_id = f.id AND p.sex IS NULL AND {checked it is the family's})"
        ),
        Lack::NikSex => sql!(concat!(
            " AND f.state = 'active' AND EXISTS (SELECT 1 FROM person p WHERE p.family_id = f.id AND ",
            nik_sex!(),
            " AND {checked it is the family's})"
        )),
        Lack::NikBirth => sql!(concat!(
            " AND f.state = 'active' AND EXISTS (SELECT 1 FROM person p WHERE p.family_id = f.id AND ",
            nik_birth!(),
            " AND {checked it is the family's})"
        )),
    }
}
