//! Who may be meant: people of the registry like somebody who is typed in, so that nobody is made twice.
//!
//! Candidates come from three indexes (words of names, numbers, birth dates), each bounded; they are then weighed one by
//! one. Those beyond the actor's scope are counted and not shown.

use std::collections::BTreeSet;

use domain::{AreaCode, Nik, name::name_key};
use linkage::measure::{Scratch, digits_apart, jaro_winkler};
use sea_orm::FromQueryResult;

use crate::{
    connect::Result,
    query::{Handle, Query},
    sql,
};

/// What is known of somebody so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub name: String,
    /// `YYYY-MM-DD`
    pub birth_date: Option<String>,
    pub nik: Option<String>,
    /// Nobody wants to be told of himself.
    pub except: Option<i64>,
    /// The village it is about: of people equally like him, those near come first.
    pub near: Option<i64>,
}

/// Somebody who may be meant.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Likely {
    pub id: i64,
    pub nik: Option<String>,
    pub name: String,
    pub name_key: String,
    pub sex: Option<String>,
    pub birth_date: Option<String>,
    pub village: i64,
    /// alive, deceased, moved
    pub state: String,
    pub family_id: Option<i64>,
    pub head_name: Option<String>,
    /// The number typed is one he had before.
    pub former: bool,
    seen: bool,
}

/// Who may be meant, the likeliest first, and how many more beyond the actor's area.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub people: Vec<Likely>,
    pub elsewhere: i64,
}

impl Found {
    pub const fn is_empty(&self) -> bool {
        self.people.is_empty() && self.elsewhere == 0
    }
}

/// So many of one index are weighed.
const MOST: i64 = 400;
/// A word more people have is no way to find one of them.
const COMMON: i64 = 5_000;

/// People like the one typed in, at most `limit`.
pub async fn likely(handle: &impl Handle, typed: &Typed, limit: usize) -> Result<Found> {
    let key = name_key(&typed.name);
    let nik = typed.nik.as_deref().and_then(|nik| Nik::parse(nik).ok());
    let mut ids: BTreeSet<i64> = BTreeSet::new();
    ids.extend(by_name(handle, &key).await?);
    if let Some(nik) = &nik {
        ids.extend(by_nik(handle, nik.as_str()).await?);
    }
    if let Some(born) = &typed.birth_date {
        ids.extend(by_birth(handle, born).await?);
    }
    if let Some(except) = typed.except {
        ids.remove(&except);
    }
    if ids.is_empty() {
        return Ok(Found::default());
    }
    let former: BTreeSet<i64> = match &nik {
        Some(nik) => handle
            .column(Query::with(
                sql!("SELECT o.person_id FROM former_nik o WHERE o.nik = $1 AND {whole_district whoever is beyond is only counted} ORDER BY 1"),
                [nik.as_str().into()],
            ))
            .await?
            .into_iter()
            .collect(),
        None => BTreeSet::new(),
    };
    let mut query = Query::new(sql!(
        "SELECT p.id, p.nik, p.name, p.name_key, p.sex, p.birth_date, p.village, p.state, p.family_id, f.head_name, (1 = 0) AS former, ({scope p.village}) AS seen
         FROM person p LEFT JOIN family f ON f.id = p.family_id WHERE p.merged_into IS NULL AND"
    ));
    query.push_in(sql!(" p.id"), ids);
    query.push(sql!(" ORDER BY p.id"));
    let mut scratch = Scratch::default();
    let mut weighed: Vec<(i64, Likely)> = Vec::new();
    for mut one in handle.all::<Likely>(query).await? {
        one.former = former.contains(&one.id);
        if let Some(weight) = weigh(&key, typed.birth_date.as_deref(), nik.as_ref(), &one, &mut scratch) {
            weighed.push((weight, one));
        }
    }
    weighed.sort_by_key(|(weight, one)| (-weight, far(typed.near, one.village), one.id));
    let elsewhere = weighed.iter().filter(|(_, one)| !one.seen).count() as i64;
    let people = weighed.into_iter().map(|(_, one)| one).filter(|one| one.seen).take(limit).collect();
    Ok(Found { people, elsewhere })
}

/// In the village, in its kecamatan, or elsewhere.
fn far(near: Option<i64>, village: i64) -> u8 {
    let Some(near) = near else { return 0 };
    let of = |code: i64| AreaCode::from_number(code).map(AreaCode::subdistrict);
    if near == village { 0 } else { 1 + u8::from(of(near) != of(village)) }
}

/// People with one of the words, or one much like it: the words fewest people have, as long as these are few.
async fn by_name(handle: &impl Handle, key: &str) -> Result<Vec<i64>> {
    #[derive(FromQueryResult)]
    struct Word {
        word: String,
        people: i64,
    }
    let mut scratch = Scratch::default();
    let mut groups: Vec<(i64, Vec<String>)> = Vec::new();
    for typed in key.split(' ').filter(|word| word.len() > 2) {
        let start: String = typed.chars().take(2).collect();
        let words: Vec<Word> = handle
            .all(Query::with(
                sql!("SELECT word, people FROM search_lexicon WHERE word LIKE $1 ORDER BY word"),
                [format!("{start}%").into()],
            ))
            .await?;
        let like: Vec<Word> = words
            .into_iter()
            .filter(|one| jaro_winkler(one.word.as_bytes(), typed.as_bytes(), &mut scratch) >= 0.9)
            .collect();
        // one of the dictionary counts as at least one: it may have come after the last list
        let people = like.iter().map(|one| one.people.max(1)).sum();
        if people > 0 && people <= COMMON {
            groups.push((people, like.into_iter().map(|one| one.word).collect()));
        }
    }
    groups.sort();
    let mut ids = Vec::new();
    for (_, words) in groups.into_iter().take(2) {
        let mut query = Query::new(sql!(
            "SELECT DISTINCT w.person_id FROM search_word w WHERE w.person_id > 0 AND {whole_district whoever is beyond is only counted} AND"
        ));
        query.push_in(sql!(" w.word"), words);
        query.push_with(sql!(" ORDER BY 1 LIMIT $$"), COMMON);
        ids.extend(handle.column::<i64>(query).await?);
    }
    Ok(ids)
}

async fn by_nik(handle: &impl Handle, nik: &str) -> Result<Vec<i64>> {
    handle
        .column(Query::with(
            sql!(
                "SELECT p.id FROM person p WHERE p.nik = $1 AND {whole_district whoever is beyond is only counted}
                 UNION SELECT o.person_id FROM former_nik o WHERE o.nik = $1 ORDER BY 1"
            ),
            [nik.into()],
        ))
        .await
}

async fn by_birth(handle: &impl Handle, born: &str) -> Result<Vec<i64>> {
    handle
        .column(Query::with(
            sql!("SELECT p.id FROM person p WHERE p.birth_date = $1 AND {whole_district whoever is beyond is only counted} ORDER BY p.id LIMIT $2"),
            [born.into(), MOST.into()],
        ))
        .await
}

/// How likely, in hundredths; none: he is not meant.
fn weigh(key: &str, born: Option<&str>, nik: Option<&Nik>, one: &Likely, scratch: &mut Scratch) -> Option<i64> {
    let name = alike(key, &one.name_key, scratch);
    let number = |text: &str| text.parse::<u64>().ok();
    let apart = match (nik.and_then(|nik| number(nik.as_str())), one.nik.as_deref().and_then(number)) {
        (Some(typed), Some(known)) => Some(digits_apart(typed, known, true)),
        _ => None,
    };
    let same_number = apart == Some(0) || one.former;
    let near_number = apart.is_some_and(|apart| apart <= 2);
    let birth = match (born, one.birth_date.as_deref()) {
        (Some(typed), Some(known)) if typed == known => Some(true),
        (Some(typed), Some(known)) => {
            // day and month changed places, or the day is not known and was taken for the first of the year
            let (typed, known): (Vec<&str>, Vec<&str>) = (typed.split('-').collect(), known.split('-').collect());
            let same_year = typed.first() == known.first();
            let swapped = typed.get(1) == known.get(2) && typed.get(2) == known.get(1);
            let unknown = typed[1..] == ["01", "01"] || known[1..] == ["01", "01"];
            Some(same_year && (swapped || unknown))
        }
        _ => None,
    };
    let meant = same_number
        || near_number && name >= 0.7
        || name >= 0.85 && birth == Some(true)
        || name >= 0.92 && birth.is_none() && !(nik.is_some() && one.nik.is_some())
        || name >= 0.97 && birth.is_none();
    if !meant {
        return None;
    }
    let sure = if same_number {
        300
    } else if near_number {
        150
    } else {
        0
    } + if birth == Some(true) { 100 } else { 0 };
    #[expect(clippy::cast_possible_truncation, reason = "a likeness is between nought and one")]
    let likeness = (name * 100.0) as i64;
    Some(sure + likeness)
}

/// How alike two names are: as a whole, or word for word in any order, whichever is more.
fn alike(one: &str, other: &str, scratch: &mut Scratch) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let whole = jaro_winkler(one.as_bytes(), other.as_bytes(), scratch);
    let (mut few, mut many): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    if few.len() > many.len() {
        std::mem::swap(&mut few, &mut many);
    }
    let mut sum = 0.0;
    for word in &few {
        sum += many.iter().map(|other| jaro_winkler(word.as_bytes(), other.as_bytes(), scratch)).fold(0.0, f64::max);
    }
    #[expect(clippy::cast_precision_loss, reason = "names have few words")]
    let words = sum / few.len() as f64 - 0.03 * (many.len() - few.len()) as f64;
    whole.max(words)
}
