//! Finding families at a million people: by words of a name in any order, partly typed or mistyped, by numbers, birth
//! dates, addresses and villages, together with filters; in pages that go on where the last one ended, both ways.
//!
//! Each word typed is looked up in the dictionary first ([`domain::search`]): the words it may stand for are then looked
//! up as they stand in `search_word`. The rarest word leads. Where it leads to few people ([`FEW`]), all of them are found
//! at once and sorted; where it leads to many, the families are walked in the order they are shown in until the page is
//! full, because then one need not walk far. So no search sorts a hundred thousand families, and none reads all of them.
//!
//! Families that hold the words as typed come first. Only where these are fewer than [`SIMILAR_BELOW`] do families with
//! similar words follow.

use std::collections::BTreeMap;

use domain::{
    AreaCode,
    quality::Lack,
    search::{Dictionary, Meant, Status, Wanted},
};
use sea_orm::FromQueryResult;

use super::quality::lacks;
use crate::{
    connect::Result,
    query::{Handle, Query, Sql},
    sql,
};

/// What a search asks for. Empty parts ask nothing.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Words of a name, an address or a village, a NIK or KK number or its last four digits, a birth date or year.
    pub text: String,
    pub area: Option<AreaCode>,
    pub desil_most: Option<i64>,
    /// Only families standing in this list version.
    pub version: Option<i64>,
    /// Only families enrolled in this programme.
    pub programme: Option<i64>,
    /// Only families of whom a standing visit found this need unmet.
    pub need: Option<String>,
    pub status: Option<Status>,
    /// Only families that a fault keeps out of decrees: this one, or any when empty.
    pub blocked: Option<String>,
    /// Only families that lack this.
    pub lack: Option<Lack>,
}

impl Search {
    fn filters_rows(&self) -> bool {
        self.desil_most.is_some()
            || self.version.is_some()
            || self.programme.is_some()
            || self.need.is_some()
            || self.status.is_some()
            || self.blocked.is_some()
            || self.lack.is_some()
    }

    /// Whether anything at all is asked for.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.area.is_none() && !self.filters_rows()
    }
}

/// A family as a line of a list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct FamilyLine {
    pub id: i64,
    pub head_name: String,
    pub name_key: String,
    pub village: i64,
    pub address: String,
    pub rt: Option<String>,
    pub rw: Option<String>,
    pub members: i64,
    pub desil: Option<i64>,
    pub block: String,
    pub state: String,
    /// The member who was looked for, when it is not the head.
    #[sea_orm(skip)]
    pub found: Option<String>,
    #[sea_orm(skip)]
    pub found_id: Option<i64>,
    /// Somebody of the family had the number that was looked for before it was corrected.
    #[sea_orm(skip)]
    pub former_number: bool,
}

/// Where a page begins: behind a family, or before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Among those with similar words.
    pub similar: bool,
    pub name_key: String,
    pub id: i64,
    pub back: bool,
}

/// A page of families.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub lines: Vec<FamilyLine>,
    /// From which line on words are only similar to those typed.
    pub similar_from: Option<usize>,
    /// How many there are; `None` where no words were looked for: see [`count`].
    pub total: Option<Total>,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

/// How many families a search finds: exact, or more than so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    pub families: i64,
    pub more: bool,
}

/// People the leading word may lead to for all of them to be found at once.
pub const FEW: i64 = 4_000;
/// Beyond so many, a number of families is said as "more than".
pub const COUNTED: i64 = 1_000;
/// Families with similar words follow only where fewer than this hold the words as typed.
pub const SIMILAR_BELOW: usize = 100;
/// Words named one by one in a statement; more of one beginning are asked for by it.
const NAMED: usize = 400;

#[derive(Clone, Debug, FromQueryResult)]
struct Hit {
    id: i64,
    name_key: String,
}

/// A stretch of what was found.
enum Part {
    /// All of it, in order.
    All(Vec<Hit>),
    /// To be walked.
    Many,
}

struct Plan<'a> {
    search: &'a Search,
    wanted: Wanted,
    /// The rarest first.
    words: Vec<Meant>,
    /// With similar words, without the families found before.
    similar: bool,
    without: Vec<i64>,
}

/// A page of at most `size` families within the actor's area, by name of the head.
pub async fn search(
    handle: &impl Handle,
    dictionary: &Dictionary,
    search: &Search,
    at: Option<&Cursor>,
    size: usize,
) -> Result<Found> {
    let wanted = Wanted::read(&search.text);
    if wanted.nothing {
        return Ok(Found { total: Some(Total { families: 0, more: false }), ..Found::default() });
    }
    let asked = !wanted.is_empty();
    let words: Vec<Meant> = wanted.words.iter().map(|word| dictionary.meant(word)).collect();
    let has_similar = words.iter().any(|word| !word.similar.is_empty());
    let mut plan = Plan { search, wanted, words, similar: false, without: Vec::new() };
    let mut parts: Vec<(Plan<'_>, Part)> = Vec::new();
    let mut total = None;
    if asked {
        let (part, mut count) = plan.part(handle).await?;
        let strict: Option<Vec<i64>> = match &part {
            Part::All(hits) if hits.len() < SIMILAR_BELOW && has_similar => Some(hits.iter().map(|h| h.id).collect()),
            _ => None,
        };
        let loose = strict.map(|without| Plan {
            search,
            wanted: plan.wanted.clone(),
            words: plan.words.clone(),
            similar: true,
            without,
        });
        parts.push((plan, part));
        if let Some(mut loose) = loose {
            let (part, more) = loose.part(handle).await?;
            count = Total { families: count.families + more.families, more: more.more };
            parts.push((loose, part));
        }
        total = Some(count);
    } else {
        plan.words.clear();
        parts.push((plan, Part::Many));
    }
    let mut found = page(handle, &parts, at, size).await?;
    found.total = total;
    name_members(handle, &parts[0].0, &mut found.lines).await?;
    Ok(found)
}

/// How many families the filters alone leave: exact.
pub async fn count(handle: &impl Handle, search: &Search) -> Result<i64> {
    let mut query = Query::new(sql!("SELECT COUNT(*) FROM family f WHERE {scope f.village}"));
    area_of_family(&mut query, search);
    filters(&mut query, search, false);
    handle.count(query).await
}

/// The place behind a family or before it, as long as the actor sees it.
pub async fn cursor(handle: &impl Handle, id: i64, similar: bool, back: bool) -> Result<Option<Cursor>> {
    let name_key: Option<String> = handle
        .scalar(Query::with(sql!("SELECT f.name_key FROM family f WHERE f.id = $1 AND {scope f.village}"), [id.into()]))
        .await?;
    Ok(name_key.map(|name_key| Cursor { similar, name_key, id, back }))
}

#[derive(FromQueryResult)]
struct Named {
    id: i64,
    name: String,
}

/// The programmes families may be enrolled in, newest first.
pub async fn programmes(handle: &impl Handle) -> Result<Vec<(i64, String)>> {
    let named: Vec<Named> =
        handle.all(sql!("SELECT id, name FROM programme WHERE state <> 'draft' ORDER BY year DESC, name, id")).await?;
    Ok(named.into_iter().map(|programme| (programme.id, programme.name)).collect())
}

/// Puts a page together from the stretches, forwards or backwards from where it begins.
async fn page(handle: &impl Handle, parts: &[(Plan<'_>, Part)], at: Option<&Cursor>, size: usize) -> Result<Found> {
    let back = at.is_some_and(|at| at.back);
    let first = at.map_or(0, |at| usize::from(at.similar)).min(parts.len() - 1);
    let order: Vec<usize> = if back { (0..=first).rev().collect() } else { (first..parts.len()).collect() };
    let mut hits: Vec<(bool, Hit)> = Vec::new();
    for n in order {
        let (plan, part) = &parts[n];
        let from = at.filter(|at| usize::from(at.similar) == n);
        let left = size + 1 - hits.len();
        if left == 0 {
            break;
        }
        let next = match part {
            Part::All(all) => taken(all, from, back, left),
            Part::Many => plan.walk(handle, from, back, left).await?,
        };
        hits.extend(next.into_iter().map(|hit| (plan.similar, hit)));
    }
    let more = hits.len() > size;
    hits.truncate(size);
    if back {
        hits.reverse();
    }
    let cursor = |hit: Option<&(bool, Hit)>, back| {
        hit.map(|(similar, hit)| Cursor { similar: *similar, name_key: hit.name_key.clone(), id: hit.id, back })
    };
    let (before, after) = if back { (more, true) } else { (at.is_some(), more) };
    Ok(Found {
        similar_from: hits.iter().position(|(similar, _)| *similar),
        before: cursor(hits.first(), true).filter(|_| before),
        after: cursor(hits.last(), false).filter(|_| after),
        total: None,
        lines: lines(handle, &hits).await?,
    })
}

/// The next of a stretch that is at hand. The order is the database's; where the family is gone from it, its name tells
/// the place.
fn taken(all: &[Hit], from: Option<&Cursor>, back: bool, count: usize) -> Vec<Hit> {
    let place = |from: &Cursor| {
        all.iter().position(|hit| hit.id == from.id).map_or_else(
            || {
                let at = all.iter().take_while(|hit| (&hit.name_key, hit.id) < (&from.name_key, from.id)).count();
                (at, at)
            },
            |at| (at, at + 1),
        )
    };
    if back {
        let end = from.map_or(all.len(), |from| place(from).0);
        return all[..end].iter().rev().take(count).cloned().collect();
    }
    let start = from.map_or(0, |from| place(from).1);
    all[start..].iter().take(count).cloned().collect()
}

async fn lines(handle: &impl Handle, hits: &[(bool, Hit)]) -> Result<Vec<FamilyLine>> {
    let mut query = Query::new(sql!(concat!(
        "SELECT f.id, f.head_name, f.name_key, f.village, f.address, f.rt, f.rw, ",
        members_now!(),
        ", f.desil, f.block, f.state FROM family f WHERE {scope f.village} AND"
    )));
    query.push_in(sql!(" f.id"), hits.iter().map(|(_, hit)| hit.id));
    let mut lines: BTreeMap<i64, FamilyLine> =
        handle.all::<FamilyLine>(query).await?.into_iter().map(|line| (line.id, line)).collect();
    Ok(hits.iter().filter_map(|(_, hit)| lines.remove(&hit.id)).collect())
}

#[derive(FromQueryResult)]
struct Person {
    id: i64,
    family_id: i64,
    name: String,
    name_key: String,
    nik: Option<String>,
    birth_date: Option<String>,
    relation: Option<String>,
}

/// Says of each line which member was looked for, where another than the head answers better.
async fn name_members(handle: &impl Handle, plan: &Plan<'_>, lines: &mut [FamilyLine]) -> Result<()> {
    if plan.wanted.is_empty() || lines.is_empty() {
        return Ok(());
    }
    let mut query = Query::new(sql!(
        "SELECT p.id, p.family_id, p.name, p.name_key, p.nik, p.birth_date, p.relation FROM person p WHERE {scope p.village} AND"
    ));
    query.push_in(sql!(" p.family_id"), lines.iter().map(|line| line.id));
    query.push(sql!(" ORDER BY p.id"));
    let mut best: BTreeMap<i64, (usize, bool, String, i64)> = BTreeMap::new();
    for person in handle.all::<Person>(query).await? {
        let answers = plan.answers(&person);
        let head = person.relation.as_deref() == Some("HEAD");
        let kept = best.entry(person.family_id).or_default();
        if answers > kept.0 || (answers == kept.0 && head) {
            *kept = (answers, head, person.name, person.id);
        }
    }
    for line in lines.iter_mut() {
        let other = best.remove(&line.id).filter(|(answers, head, ..)| *answers > 0 && !head);
        (line.found, line.found_id) = other.map(|(_, _, name, id)| (name, id)).unzip();
    }
    name_former(handle, &plan.wanted, lines).await
}

#[derive(FromQueryResult)]
struct FormerNumber {
    id: i64,
    family_id: i64,
    name: String,
    nik: String,
}

/// Says of each line whether somebody had the number that was looked for before it was corrected.
async fn name_former(handle: &impl Handle, wanted: &Wanted, lines: &mut [FamilyLine]) -> Result<()> {
    if wanted.numbers.is_empty() {
        return Ok(());
    }
    let mut query = Query::new(sql!(
        "SELECT p.id, p.family_id, p.name, o.nik FROM former_nik o JOIN person p ON p.id = o.person_id WHERE {scope p.village} AND"
    ));
    query.push_in(sql!(" p.family_id"), lines.iter().map(|line| line.id));
    query.push(sql!(" ORDER BY p.id"));
    let former: Vec<FormerNumber> = handle.all(query).await?;
    for line in lines {
        let of = |one: &&FormerNumber| {
            one.family_id == line.id && wanted.numbers.iter().any(|number| one.nik.ends_with(number.as_str()))
        };
        if let Some(one) = former.iter().find(of) {
            line.found = Some(one.name.clone());
            line.found_id = Some(one.id);
            line.former_number = true;
        }
    }
    Ok(())
}

impl Plan<'_> {
    /// How many of the parts asked for are true of this person himself.
    fn answers(&self, person: &Person) -> usize {
        let words: Vec<&str> = person.name_key.split(' ').collect();
        let meant =
            |word: &&Meant| words.iter().any(|own| word.strict.iter().chain(&word.similar).any(|meant| meant == own));
        let ends = |number: &&String| person.nik.as_ref().is_some_and(|nik| nik.ends_with(number.as_str()));
        let born = |day: &&String| person.birth_date.as_ref().is_some_and(|own| own.starts_with(day.as_str()));
        self.words.iter().filter(meant).count()
            + self.wanted.numbers.iter().filter(ends).count()
            + self.wanted.born.iter().filter(born).count()
            + self.wanted.years.iter().filter(|year| born(year) || ends(year)).count()
    }

    /// The words a typed word stands for in this stretch.
    fn words_of<'w>(&self, word: &'w Meant) -> impl Iterator<Item = &'w str> + Clone {
        let similar = if self.similar { word.similar.as_slice() } else { &[] };
        word.strict.iter().chain(similar).map(String::as_str)
    }

    fn people_of(&self, word: &Meant) -> i64 {
        word.people + if self.similar { word.more_people } else { 0 }
    }

    /// Finds out how far the search leads: all it finds where that is little, and how much it is.
    async fn part(&mut self, handle: &impl Handle) -> Result<(Part, Total)> {
        let mut words = std::mem::take(&mut self.words);
        words.sort_by_key(|word| (self.words_of(word).nth(NAMED).is_some(), self.people_of(word)));
        self.words = words;
        let nobody = || (Part::All(Vec::new()), Total { families: 0, more: false });
        if self.words.iter().any(|word| self.words_of(word).next().is_none()) {
            return Ok(nobody());
        }
        if self.leads_by_set() {
            // the leading part alone first: what else is asked for costs a look at each of its people
            let mut led = self.led(handle, false).await?;
            if led.people > FEW {
                led = self.led(handle, true).await?;
            }
            if led.people <= FEW {
                let hits = self.all(handle).await?;
                let families = hits.len() as i64;
                return Ok((Part::All(hits), Total { families, more: false }));
            }
            if led.families > COUNTED && self.lead_is_all() {
                return Ok((Part::Many, Total { families: COUNTED, more: true }));
            }
        }
        let mut query = Query::new(sql!("SELECT COUNT(*) FROM (SELECT f.id FROM family f WHERE {scope f.village}"));
        self.push_walk(&mut query);
        query.push_with(sql!(" LIMIT $$) t"), COUNTED + 1);
        let families = handle.count(query).await?;
        Ok((Part::Many, Total { families: families.min(COUNTED), more: families > COUNTED }))
    }

    /// Whether there is something rare to begin with: words that can be named, or somebody's number or day of birth.
    fn leads_by_set(&self) -> bool {
        match self.words.first() {
            Some(word) => self.words_of(word).nth(NAMED).is_none(),
            None => !(self.wanted.numbers.is_empty() && self.wanted.born.is_empty() && self.wanted.years.is_empty()),
        }
    }

    /// Whether the leading part alone decides who is found.
    fn lead_is_all(&self) -> bool {
        let wanted = &self.wanted;
        let parts = [&wanted.numbers, &wanted.born, &wanted.years, &wanted.units].map(Vec::len).iter().sum::<usize>();
        // words lead together with all other parts and the area
        !self.search.filters_rows() && (!self.words.is_empty() || (parts == 1 && self.search.area.is_none()))
    }

    /// How many the leading part leads to, alone or with everything else asked for, counted up to a bound.
    async fn led(&self, handle: &impl Handle, together: bool) -> Result<Led> {
        let mut query = Query::new(sql!(
            "SELECT COUNT(*) AS people, COUNT(DISTINCT t.family_id) AS families FROM (SELECT u.family_id FROM ("
        ));
        self.push_led(&mut query, together);
        query.push_with(sql!(") u LIMIT $$) t"), FEW + 1);
        Ok(handle.one(query).await?.unwrap_or_default())
    }

    /// Everybody the leading part leads to, by name of the head.
    async fn all(&self, handle: &impl Handle) -> Result<Vec<Hit>> {
        let mut query = Query::new(sql!("SELECT f.id, f.name_key FROM (SELECT DISTINCT u.family_id FROM ("));
        self.push_led(&mut query, true);
        query.push(sql!(") u) h CROSS JOIN family f WHERE f.id = h.family_id AND {scope f.village}"));
        area_of_family(&mut query, self.search);
        filters(&mut query, self.search, true);
        if self.words.is_empty() {
            self.push_person_of_family(&mut query);
        }
        query.push(sql!(" ORDER BY f.name_key, f.id"));
        let mut hits: Vec<Hit> = handle.all(query).await?;
        hits.retain(|hit| !self.without.contains(&hit.id));
        Ok(hits)
    }

    /// The next families in the order shown.
    async fn walk(&self, handle: &impl Handle, from: Option<&Cursor>, back: bool, count: usize) -> Result<Vec<Hit>> {
        let mut query = Query::new(sql!("SELECT f.id, f.name_key FROM family f WHERE {scope f.village}"));
        self.push_walk(&mut query);
        if let Some(from) = from {
            let side =
                if back { sql!(" AND (f.name_key, f.id) < ($$,") } else { sql!(" AND (f.name_key, f.id) > ($$,") };
            query.push_with(side, from.name_key.as_str());
            query.push_with(sql!(" $$)"), from.id);
        }
        query.push(if back {
            sql!(" ORDER BY f.name_key DESC, f.id DESC")
        } else {
            sql!(" ORDER BY f.name_key, f.id")
        });
        query.push_with(sql!(" LIMIT $$"), count as i64);
        handle.all(query).await
    }

    /// The conditions of a walk over families.
    fn push_walk(&self, query: &mut Query) {
        area_of_family(query, self.search);
        filters(query, self.search, false);
        if let Some(word) = self.words.first() {
            query.push(sql!(
                " AND EXISTS (SELECT 1 FROM search_word a WHERE a.family_id = f.id AND {checked it is the family's} AND ("
            ));
            self.push_word(query, word, sql!(" a.word"), sql!(" a.word LIKE $$ ESCAPE '\\' OR"));
            query.push(sql!(")"));
            self.push_others(query);
            query.push(sql!(")"));
        } else if !self.wanted.is_empty() {
            self.push_person_of_family(query);
        }
        if !self.without.is_empty() {
            query.push(sql!(" AND NOT (1 = 1 AND"));
            query.push_in(sql!(" f.id"), self.without.iter().copied());
            query.push(sql!(")"));
        }
    }

    /// The families (one row a person) the leading part leads to.
    fn push_led(&self, query: &mut Query, together: bool) {
        if let Some(word) = self.words.first() {
            query.push(sql!("SELECT a.family_id FROM search_word a WHERE {scope a.village} AND"));
            query.push_in(sql!(" a.word"), self.words_of(word));
            if let Some(area) = self.search.area {
                let range = area.range();
                query.push_with(sql!(" AND a.village BETWEEN $$"), *range.start());
                query.push_with(sql!(" AND $$"), *range.end());
            }
            if together {
                self.push_others(query);
            }
            return;
        }
        query.push(sql!("SELECT p.family_id FROM person p WHERE {scope p.village}"));
        let family = sql!(" UNION ALL SELECT k.id FROM family k WHERE {scope k.village}");
        if let Some(number) = self.wanted.numbers.first() {
            if number.len() == 16 {
                query.push_with(sql!(" AND p.nik = $$"), number.as_str());
                query.push(family);
                query.push_with(sql!(" AND k.kk = $$"), number.as_str());
                query.push_with(
                    sql!(" UNION ALL SELECT p.family_id FROM former_nik o JOIN person p ON p.id = o.person_id WHERE {scope p.village} AND o.nik = $$"),
                    number.as_str(),
                );
                // who died or left is found where he lived
                query.push_with(
                    sql!(" UNION ALL SELECT m.family_id FROM person p JOIN membership m ON m.person_id = p.id AND m.closed_change_id IS NOT NULL WHERE {scope p.village} AND p.family_id IS NULL AND p.merged_into IS NULL AND p.nik = $$"),
                    number.as_str(),
                );
                return;
            }
            let (end, ends) = (&number[number.len() - 4..], format!("%{number}"));
            query.push_with(sql!(" AND substr(p.nik, 13) = $$"), end);
            query.push_with(sql!(" AND p.nik LIKE $$"), ends.as_str());
            query.push(family);
            query.push_with(sql!(" AND substr(k.kk, 13) = $$"), end);
            query.push_with(sql!(" AND k.kk LIKE $$"), ends.as_str());
            query.push_with(
                sql!(" UNION ALL SELECT p.family_id FROM former_nik o JOIN person p ON p.id = o.person_id WHERE {scope p.village} AND substr(o.nik, 13) = $$"),
                end,
            );
            query.push_with(sql!(" AND o.nik LIKE $$"), ends.as_str());
        } else if let Some(day) = self.wanted.born.first() {
            query.push_with(sql!(" AND p.birth_date = $$"), day.as_str());
        } else if let Some(year) = self.wanted.years.first() {
            query.push_with(sql!(" AND p.birth_date BETWEEN $$"), format!("{year}-01-01"));
            query.push_with(sql!(" AND $$"), format!("{year}-12-31"));
            query.push(sql!(" UNION ALL SELECT p.family_id FROM person p WHERE {scope p.village}"));
            query.push_with(sql!(" AND substr(p.nik, 13) = $$"), year.as_str());
            query.push(family);
            query.push_with(sql!(" AND substr(k.kk, 13) = $$"), year.as_str());
        }
    }

    /// A word in a condition: the words it stands for one by one, or by their beginning where they are many.
    fn push_word(&self, query: &mut Query, word: &Meant, column: Sql, begins: Sql) {
        if self.words_of(word).nth(4).is_none() {
            query.push_in(column, self.words_of(word));
            return;
        }
        query.push_with(begins, format!("{}%", word.typed));
        query.push_in(column, self.words_of(word).filter(|meant| !meant.starts_with(&word.typed)));
    }

    /// What else must be true of the person whom the leading word `a` names - or, where it is a word of the family, of
    /// anybody in it.
    fn push_others(&self, query: &mut Query) {
        let personal = Wanted { words: Vec::new(), ..self.wanted.clone() };
        if self.words.len() < 2 && personal.is_empty() {
            return;
        }
        query.push(sql!(" AND ((a.person_id <> 0"));
        for word in &self.words[1..] {
            query.push(sql!(
                " AND EXISTS (SELECT 1 FROM search_word y WHERE y.family_id = a.family_id AND y.person_id IN (a.person_id, 0) AND {checked by the leading word} AND ("
            ));
            self.push_word(query, word, sql!(" y.word"), sql!(" y.word LIKE $$ ESCAPE '\\' OR"));
            query.push(sql!("))"));
        }
        if !personal.is_empty() {
            query.push(sql!(
                " AND EXISTS (SELECT 1 FROM person p CROSS JOIN family k WHERE p.family_id = a.family_id AND k.id = a.family_id AND (a.person_id < 0 OR p.id = a.person_id) AND {checked by the leading word}"
            ));
            push_personal(query, &personal);
            query.push(sql!(")"));
        }
        query.push(sql!(
            ") OR (a.person_id = 0 AND EXISTS (SELECT 1 FROM search_word x WHERE x.family_id = a.family_id AND {checked by the leading word}"
        ));
        for word in &self.words[1..] {
            query.push(sql!(
                " AND EXISTS (SELECT 1 FROM search_word y WHERE y.family_id = a.family_id AND y.person_id IN (x.person_id, 0) AND {checked by the leading word} AND ("
            ));
            self.push_word(query, word, sql!(" y.word"), sql!(" y.word LIKE $$ ESCAPE '\\' OR"));
            query.push(sql!("))"));
        }
        if !personal.is_empty() {
            query.push(sql!(
                " AND EXISTS (SELECT 1 FROM person p CROSS JOIN family k WHERE p.family_id = a.family_id AND k.id = a.family_id AND (x.person_id <= 0 OR p.id = x.person_id) AND {checked by the leading word}"
            ));
            push_personal(query, &personal);
            query.push(sql!(")"));
        }
        query.push(sql!(")))"));
    }

    /// Where no words were typed: somebody of the family has the numbers and the birth date.
    fn push_person_of_family(&self, query: &mut Query) {
        query.push(sql!(
            " AND (EXISTS (SELECT 1 FROM person p CROSS JOIN family k WHERE p.family_id = f.id AND k.id = f.id AND {checked it is the family's}"
        ));
        push_personal(query, &self.wanted);
        query.push(sql!(
            ") OR EXISTS (SELECT 1 FROM membership m CROSS JOIN person p CROSS JOIN family k WHERE m.family_id = f.id AND m.closed_change_id IS NOT NULL AND p.id = m.person_id AND p.family_id IS NULL AND p.merged_into IS NULL AND k.id = f.id AND {checked it is the family's}"
        ));
        push_personal(query, &self.wanted);
        query.push(sql!("))"));
    }
}

#[derive(Debug, Default, FromQueryResult)]
struct Led {
    people: i64,
    families: i64,
}

/// Numbers, birth dates and RT/RW as conditions on the person `p` and the family `k`.
fn push_personal(query: &mut Query, wanted: &Wanted) {
    for number in &wanted.numbers {
        if number.len() == 16 {
            query.push_with(
                sql!(" AND (p.nik = $$ OR k.kk = $$ OR EXISTS (SELECT 1 FROM former_nik o WHERE o.person_id = p.id AND o.nik = $$ AND {checked by the person}))"),
                number.as_str(),
            );
        } else {
            query.push_with(
                sql!(" AND (p.nik LIKE $$ OR k.kk LIKE $$ OR EXISTS (SELECT 1 FROM former_nik o WHERE o.person_id = p.id AND o.nik LIKE $$ AND {checked by the person}))"),
                format!("%{number}"),
            );
        }
    }
    for day in &wanted.born {
        query.push_with(sql!(" AND p.birth_date = $$"), day.as_str());
    }
    for year in &wanted.years {
        query.push_with(sql!(" AND (p.birth_date LIKE $$"), format!("{year}-%"));
        query.push_with(sql!(" OR p.nik LIKE $$ OR k.kk LIKE $$)"), format!("%{year}"));
    }
    for unit in &wanted.units {
        query.push_with(sql!(" AND (k.rt = $$ OR k.rw = $$)"), unit.as_str());
    }
}

fn area_of_family(query: &mut Query, search: &Search) {
    if let Some(area) = search.area {
        let range = area.range();
        query.push_with(sql!(" AND f.village BETWEEN $$"), *range.start());
        query.push_with(sql!(" AND $$"), *range.end());
    }
}

/// The filters as conditions on the family `f`: looked up for each of a few families, or found once for a walk over many.
fn filters(query: &mut Query, search: &Search, few: bool) {
    // one that is part of another now has nobody: its people are found where they live
    if search.status != Some(Status::Gone) {
        query.push(sql!(" AND f.state <> 'dissolved'"));
    }
    if let Some(most) = search.desil_most {
        query.push_with(sql!(" AND f.desil <= $$"), most);
    }
    match search.blocked.as_deref() {
        None => {}
        Some("") => {
            query.push(sql!(" AND f.block <> ''"));
        }
        Some(code) => {
            query.push_with(sql!(" AND f.block = $$"), code);
        }
    }
    if let Some(lack) = search.lack {
        query.push(lacks(lack));
    }
    if let Some(version) = search.version {
        query.push_with(
            sql!(
                " AND EXISTS (SELECT 1 FROM family_list l WHERE l.family_id = f.id AND l.version_id = $$ AND {checked it is the family's})"
            ),
            version,
        );
    }
    if let Some(programme) = search.programme {
        let sql = if few {
            sql!(
                " AND EXISTS (SELECT 1 FROM enrolment e WHERE e.family_id = f.id AND e.programme_id = $$ AND e.state IN ('enrolled', 'active') AND {checked it is the family's})"
            )
        } else {
            sql!(
                " AND f.id IN (SELECT e.family_id FROM enrolment e WHERE e.programme_id = $$ AND e.state IN ('enrolled', 'active') AND {scope e.village})"
            )
        };
        query.push_with(sql, programme);
    }
    if let Some(need) = &search.need {
        let sql = if few {
            sql!(
                " AND EXISTS (SELECT 1 FROM visit v WHERE v.family_id = f.id AND v.standing AND v.needs LIKE $$ ESCAPE '\\' AND {checked it is the family's})"
            )
        } else {
            sql!(
                " AND f.id IN (SELECT v.family_id FROM visit v WHERE v.standing AND v.needs LIKE $$ ESCAPE '\\' AND {scope v.village})"
            )
        };
        query.push_with(sql, format!("%\"{}\"%", like(need)));
    }
    let Some(status) = search.status else { return };
    query.push(match (status, few) {
        (Status::NotVisited, _) => sql!(
            " AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.family_id = f.id AND v.standing AND {checked it is the family's})"
        ),
        (Status::Eligible, _) => sql!(
            " AND EXISTS (SELECT 1 FROM visit v WHERE v.family_id = f.id AND v.standing AND v.outcome IN ('LAYAK', 'PERBAIKAN') AND {checked it is the family's})"
        ),
        (Status::NotEligible, _) => sql!(
            " AND EXISTS (SELECT 1 FROM visit v WHERE v.family_id = f.id AND v.standing AND v.outcome = 'TIDAK_LAYAK' AND {checked it is the family's})"
        ),
        (Status::Postponed, _) => sql!(
            " AND EXISTS (SELECT 1 FROM visit v WHERE v.family_id = f.id AND v.standing AND v.outcome = 'TUNDA' AND {checked it is the family's})"
        ),
        (Status::Determined, true) => sql!(
            " AND EXISTS (SELECT 1 FROM determination_line l JOIN decree d ON d.determination_id = l.determination_id WHERE l.family_id = f.id AND l.state = 'selected' AND {checked it is the family's})"
        ),
        (Status::Determined, false) => sql!(
            " AND f.id IN (SELECT l.family_id FROM determination_line l JOIN decree d ON d.determination_id = l.determination_id WHERE l.state = 'selected' AND {scope l.village})"
        ),
        (Status::Served, true) => sql!(
            " AND EXISTS (SELECT 1 FROM event_line l WHERE l.family_id = f.id AND l.state IN ('received', 'proxy') AND {checked it is the family's})"
        ),
        (Status::Served, false) => sql!(
            " AND f.id IN (SELECT l.family_id FROM event_line l WHERE l.state IN ('received', 'proxy') AND {scope l.village})"
        ),
        (Status::Gone, _) => sql!(" AND f.state <> 'active'"),
    });
}

/// Text as it stands inside a LIKE pattern.
fn like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
