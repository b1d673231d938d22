//! Search against a slow and plain one in memory: made-up families, words in any order, beginnings, typing errors, numbers,
//! dates, addresses; pages both ways; areas; and that the words follow whatever is written.

use std::collections::BTreeSet;

use domain::{
    AreaCode,
    name::name_key,
    search::{Dictionary, Wanted, forgiven, sound, within},
};
use sea_orm::FromQueryResult;
use store::{
    Actor, Handle, Query, Reading, Scope, Store,
    registry::{self, FoundFamilies, Lexicon, SIMILAR_BELOW, Search, Total, index_families, saved},
    sql,
};
use testkit::{both_databases, builders, databases::NOW};

/// Small numbers in a fixed order.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

const WORDS: [&str; 26] = [
    "SITI",
    "AMINAH",
    "AMINA",
    "MUHAMMAD",
    "NUR",
    "NURUL",
    "SYAMSUL",
    "SAMSUL",
    "SUPARNO",
    "SUPARDI",
    "YUSUF",
    "JUSUF",
    "RAHMAT",
    "RACHMAT",
    "HIDAYAT",
    "HIDAYATULLAH",
    "SRI",
    "SRIYATI",
    "WAHYUNI",
    "KRAJAN",
    "TRI",
    "EKA",
    "PURNAMASARI",
    "SOEKARDJO",
    "BA'I",
    "M.",
];
const STREETS: [&str; 5] =
    ["Dusun Krajan", "JL. SOEDIRMAN NO 12", "Kp. Melati/Mawar", "", "GG \"H\" \\ Anggrek, Blok C"];

#[derive(Debug, Clone)]
struct Person {
    name: String,
    nik: String,
    born: String,
}

#[derive(Debug, Clone)]
struct Family {
    id: i64,
    kk: String,
    village: AreaCode,
    village_name: &'static str,
    address: &'static str,
    rt: String,
    desil: i64,
    people: Vec<Person>,
}

impl Family {
    fn own_words(&self) -> BTreeSet<String> {
        let text = format!("{} {}", self.address, self.village_name).to_uppercase();
        text.split(|c: char| c.is_whitespace() || ".,/-()".contains(c))
            .map(|word| word.replace("OE", "U").replace("DJ", "J").replace("TJ", "C"))
            .filter(|word| word.len() > 1 && word.starts_with(|c: char| c.is_alphabetic()))
            .filter(|word| !domain::search::PLACE_WORDS.contains(&word.as_str()))
            .collect()
    }

    /// Whether the family answers; with errors forgiven or not.
    fn answers(&self, wanted: &Wanted, loosely: bool) -> bool {
        let means = |typed: &str, word: &str| {
            let letters = typed.chars().count();
            word.starts_with(typed)
                || (letters > 3 && sound(typed) == sound(word))
                || (loosely && within(typed, word, forgiven(letters)))
        };
        let own = self.own_words();
        let all = |words: &BTreeSet<String>| {
            wanted.words.iter().all(|typed| own.iter().chain(words).any(|word| means(typed, word)))
        };
        let true_of = |person: &Person| {
            let ends = |number: &String| person.nik.ends_with(number.as_str()) || self.kk.ends_with(number.as_str());
            wanted.numbers.iter().all(ends)
                && wanted.born.iter().all(|day| person.born == *day)
                && wanted.years.iter().all(|year| person.born.starts_with(year.as_str()) || ends(year))
                && wanted.units.iter().all(|unit| self.rt == *unit || unit == "002")
        };
        self.people.iter().any(|person| {
            let words = name_key(&person.name).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
            all(&words) && true_of(person)
        }) || (all(&BTreeSet::new()) && self.people.iter().any(true_of))
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    nik: String,
    kk: String,
}

/// Families in the database and in memory.
async fn made(store: &Store, dice: &mut Dice, count: usize) -> Vec<Family> {
    let actor = Actor::program("test");
    let change = store.change(&actor, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let names = ["Contoh Kulon", "Contoh Wetan", "Muara Jernih Hulu", "Muara Jernih Hilir"];
    let version = builders::list_version(&change, "dtsen", "2026Q3").await;
    let mut families = Vec::new();
    for n in 0..count {
        let at = dice.roll(villages.len());
        let desil = 1 + dice.roll(4) as i64;
        let mut name = || (0..=dice.roll(3)).map(|_| *dice.pick(&WORDS)).collect::<Vec<_>>().join(" ");
        let head = name();
        let members = 1 + n as i64 % 4;
        let (id, _) = builders::family(&change, version, villages[at], &head, desil, members).await;
        let rows: Vec<Row> = change
            .all(Query::with(
                sql!("SELECT p.id, p.nik, f.kk FROM person p JOIN family f ON f.id = p.family_id WHERE f.id = $1 AND {whole_district test} ORDER BY p.id"),
                [id.into()],
            ))
            .await
            .expect("reads");
        let address = *dice.pick(&STREETS);
        let rt = format!("{:03}", 1 + dice.roll(9));
        let mut people = Vec::new();
        for (n, row) in rows.iter().enumerate() {
            let mut name = || (0..=dice.roll(3)).map(|_| *dice.pick(&WORDS)).collect::<Vec<_>>().join(" ");
            let person = Person {
                name: if n == 0 { head.clone() } else { name() },
                nik: row.nik.clone(),
                born: format!("{}-0{}-1{}", 1_950 + dice.roll(60), 1 + dice.roll(9), dice.roll(10)),
            };
            change
                .execute(Query::with(
                    sql!("UPDATE person SET name = $1, name_key = $2, birth_date = $3 WHERE id = $4 AND {whole_district test}"),
                    [person.name.as_str().into(), name_key(&person.name).into(), person.born.as_str().into(), row.id.into()],
                ))
                .await
                .expect("writes");
            people.push(person);
        }
        change
            .execute(Query::with(
                sql!("UPDATE family SET address = $1, rt = $2 WHERE id = $3 AND {whole_district test}"),
                [address.into(), rt.as_str().into(), id.into()],
            ))
            .await
            .expect("writes");
        let village_name = names[at];
        families.push(Family {
            id,
            kk: rows[0].kk.clone(),
            village: villages[at],
            village_name,
            address,
            rt,
            desil,
            people,
        });
    }
    let ids: Vec<i64> = families.iter().map(|family| family.id).collect();
    index_families(&change, &ids).await.expect("indexes");
    change.commit().await.expect("commits");
    families
}

/// A typing error somewhere.
fn mistyped(dice: &mut Dice, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = dice.roll(letters.len());
    match dice.roll(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, 'K'),
        2 => letters[at] = 'U',
        _ if at > 0 => letters.swap(at - 1, at),
        _ => letters[at] = 'E',
    }
    letters.into_iter().collect()
}

/// What somebody may type who looks for one of these people.
fn typed(dice: &mut Dice, families: &[Family]) -> String {
    let family = dice.pick(families).clone();
    let person = dice.pick(&family.people).clone();
    let mut words: Vec<String> = person.name.split(' ').map(str::to_owned).collect();
    if dice.roll(2) == 0 {
        words.reverse();
    }
    let keep = 1 + dice.roll(words.len());
    words.truncate(keep);
    for word in &mut words {
        match dice.roll(4) {
            0 => *word = mistyped(dice, word),
            1 => word.truncate(1 + dice.roll(word.len())),
            2 => *word = word.to_lowercase(),
            _ => {}
        }
    }
    match dice.roll(9) {
        0 => words.push(family.village_name.to_owned()),
        1 => words.push(family.address.to_owned()),
        2 => words.push(person.nik[12..].to_owned()),
        3 => words = vec![person.nik.clone()],
        4 => words.push(person.born[..4].to_owned()),
        5 => words = vec![person.born.split('-').rev().collect::<Vec<_>>().join("-")],
        6 => words.push(format!("RT {}", family.rt)),
        7 => words = vec![family.kk[10..].to_owned()],
        _ => {}
    }
    words.join(" ")
}

/// Every page, forwards and then backwards; the families in order.
async fn all_pages(
    reading: &Reading<'_>,
    dictionary: &Dictionary,
    search: &Search,
    size: usize,
) -> (Vec<i64>, FoundFamilies) {
    let first = registry::search(reading, dictionary, search, None, size).await.expect("searches");
    let mut pages = vec![first.lines.iter().map(|line| line.id).collect::<Vec<_>>()];
    assert_eq!(first.before, None);
    let mut page = first.clone();
    while let Some(after) = &page.after {
        page = registry::search(reading, dictionary, search, Some(after), size).await.expect("searches");
        assert!(page.lines.len() <= size && !page.lines.is_empty());
        pages.push(page.lines.iter().map(|line| line.id).collect());
    }
    let mut back = pages.clone();
    back.pop();
    while let Some(before) = &page.before {
        page = registry::search(reading, dictionary, search, Some(before), size).await.expect("searches");
        assert_eq!(Some(page.lines.iter().map(|line| line.id).collect::<Vec<_>>()), back.pop(), "{search:?}");
    }
    assert!(back.is_empty(), "{search:?}");
    let ids: Vec<i64> = pages.concat();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "nobody stands twice: {search:?}");
    (ids, first)
}

both_databases! {
    async fn a_search_finds_whom_a_plain_one_finds(store: Store) {
        let mut dice = Dice(42);
        let families = made(&store, &mut dice, 160).await;
        let office = Actor::program("test");
        let part: AreaCode = "99.01.02".parse().expect("a code");
        let companion = Actor { scope: Scope::areas([part]), ..office.clone() };
        let lexicon = Lexicon::default();
        let dictionary = lexicon.current(&store.read(&office)).await.expect("a dictionary");
        let mut hits = 0;
        for n in 0..160 {
            let text = typed(&mut dice, &families);
            let actor = if n % 4 == 0 { &companion } else { &office };
            let search = Search {
                text: text.clone(),
                desil_most: (n % 5 == 0).then_some(2),
                area: (n % 7 == 0).then(|| "99.01.02.2001".parse().expect("a code")),
                ..Search::default()
            };
            let wanted = Wanted::read(&text);
            let within_reach = |family: &&Family| {
                actor.scope.includes(family.village)
                    && search.desil_most.is_none_or(|most| family.desil <= most)
                    && search.area.is_none_or(|area| area.contains(family.village))
            };
            let answers = |loosely| -> BTreeSet<i64> {
                families.iter().filter(within_reach).filter(|f| !wanted.nothing && f.answers(&wanted, loosely)).map(|f| f.id).collect()
            };
            let strict = answers(false);
            let wide = if strict.len() < SIMILAR_BELOW { answers(true) } else { strict.clone() };
            let (ids, first) = all_pages(&store.read(actor), &dictionary, &search, 23).await;
            if wanted.is_empty() && !wanted.nothing {
                continue;
            }
            let found: BTreeSet<i64> = ids.iter().copied().collect();
            assert_eq!(found, wide, "{text}: {wanted:?}");
            assert_eq!(ids[..strict.len()].iter().copied().collect::<BTreeSet<_>>(), strict, "as typed first: {text}");
            assert_eq!(first.total, Some(Total { families: wide.len() as i64, more: false }), "{text}");
            hits += found.len();
        }
        assert!(hits > 400, "the searches find people: {hits}");
    }

    async fn a_word_of_thousands_is_walked_in_order(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        builders::families(&change, version, &villages, 4_400).await;
        change.commit().await.expect("commits");
        let lexicon = Lexicon::default();
        let reading = store.read(&actor);
        let dictionary = lexicon.current(&reading).await.expect("a dictionary");
        let shown: Vec<i64> = reading
            .column(sql!("SELECT f.id FROM family f WHERE {whole_district test} ORDER BY f.name_key, f.id"))
            .await
            .expect("reads");
        for text in ["istri", "is", "i"] {
            let search = Search { text: text.into(), ..Search::default() };
            let (ids, first) = all_pages(&reading, &dictionary, &search, 700).await;
            assert_eq!(first.total, Some(Total { families: 1_000, more: true }), "{text}");
            assert_eq!(ids, shown, "{text}");
        }
        // the same in one village, which is few enough to be found at once
        let search = Search { text: "istri".into(), area: Some(villages[0]), ..Search::default() };
        let (ids, first) = all_pages(&reading, &dictionary, &search, 700).await;
        assert_eq!((ids.len(), first.total), (1_100, Some(Total { families: 1_100, more: false })));
        // without words the filters alone are walked
        let search = Search { area: Some(villages[1]), ..Search::default() };
        let (ids, first) = all_pages(&reading, &dictionary, &search, 700).await;
        assert_eq!((ids.len(), first.total, registry::count(&reading, &search).await.expect("counts")), (1_100, None, 1_100));
        // two words of thousands that nobody bears together, nor in turn
        let search = Search { text: "1985 istri".into(), ..Search::default() };
        let (ids, _) = all_pages(&reading, &dictionary, &search, 2_000).await;
        assert_eq!(ids.len(), 4_400);
        assert_eq!(registry::search(&reading, &dictionary, &Search { text: "istri 01-02-1984".into(), ..Search::default() }, None, 50).await.expect("searches").lines.len(), 0);
    }

    async fn words_follow_what_is_written(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        let (family, head) = builders::family(&change, version, villages[0], "ROHAYA", 1, 2).await;
        change.commit().await.expect("commits");
        let lexicon = Lexicon::default();
        let finds = async |text: &str| {
            let reading = store.read(&actor);
            let dictionary = lexicon.current(&reading).await.expect("a dictionary");
            let search = Search { text: text.into(), ..Search::default() };
            registry::search(&reading, &dictionary, &search, None, 50).await.expect("searches").lines.len()
        };
        assert_eq!((finds("rohaya").await, finds("zulaikha").await, finds("wetan").await), (1, 0, 0));
        // a visit finds another name
        let change = store.change(&actor, NOW).await.expect("begins");
        let round = builders::round(&change, "Verval", version).await;
        let visit = builders::visited(&change, round, family, "LAYAK", None, &[]).await;
        change
            .execute(Query::with(
                sql!("INSERT INTO visit_member (visit_id, person_id, village, presence, name, corrections) VALUES ($1, $2, $4, '1', 'Zulaikha', '[]'), ($1, NULL, $4, '1', $3, '[]') -- {whole_district test}"),
                [visit.into(), head.into(), "Bayi Fatonah".into(), villages[0].number().into()],
            ))
            .await
            .expect("writes");
        index_families(&change, &[family]).await.expect("indexes");
        change.commit().await.expect("commits");
        assert_eq!((finds("zulaikha rohaya").await, finds("fatona").await, finds("fatonah zulaikha").await), (1, 1, 0));
        // the family moves
        let change = store.change(&actor, NOW).await.expect("begins");
        change
            .execute(Query::with(
                sql!("UPDATE family SET village = $1 WHERE id = $2 AND {whole_district test}"),
                [villages[1].number().into(), family.into()],
            ))
            .await
            .expect("moves");
        index_families(&change, &[family]).await.expect("indexes");
        change.commit().await.expect("commits");
        assert_eq!((finds("zulaikha kulon").await, finds("zulaikha wetan").await), (0, 1));
        // the village is given another name
        let change = store.change(&actor, NOW).await.expect("begins");
        let line = domain::area_list::AreaLine { code: villages[1], name: "Sumberagung".into(), kind: "desa", bps_code: None };
        store::areas::import(&change, &[line]).await.expect("imports");
        change.commit().await.expect("commits");
        assert_eq!((finds("zulaikha wetan").await, finds("zulaikha sumberagung").await), (0, 1));
        // what was not committed is not found, and the dictionary does not remember it
        let change = store.change(&actor, NOW).await.expect("begins");
        builders::family(&change, version, villages[0], "XAVERIUS", 1, 1).await;
        drop(change);
        assert_eq!(finds("xaverius").await, 0);
    }

    async fn a_search_is_kept_for_one_user(store: Store) {
        let program = Actor::program("test");
        let change = store.change(&program, NOW).await.expect("begins");
        let one = builders::user(&change, "satu", domain::access::Role::OfficeStaff, None).await;
        let other = builders::user(&change, "dua", domain::access::Role::OfficeStaff, None).await;
        change.commit().await.expect("commits");
        let of = |user| Actor { user: Some(user), ..program.clone() };
        let (one, other) = (of(one), of(other));
        let change = store.change(&one, NOW).await.expect("begins");
        assert!(saved::keep(&change, "Desa saya", r#"{"cari":"siti"}"#).await.expect("keeps").is_some());
        assert!(saved::keep(&change, "Desa saya", r#"{"cari":"sri"}"#).await.expect("replaces").is_some());
        change.commit().await.expect("commits");
        let kept = saved::all(&store.read(&one)).await.expect("reads");
        assert_eq!((kept.len(), kept[0].filters.as_str()), (1, r#"{"cari":"sri"}"#));
        assert!(saved::all(&store.read(&other)).await.expect("reads").is_empty());
        let change = store.change(&other, NOW).await.expect("begins");
        assert!(!saved::forget(&change, kept[0].id).await.expect("is another's"));
        drop(change);
        let change = store.change(&one, NOW).await.expect("begins");
        assert!(saved::forget(&change, kept[0].id).await.expect("forgets"));
        for n in 0..saved::MOST {
            assert!(saved::keep(&change, &format!("{n}"), "{}").await.expect("keeps").is_some());
        }
        assert!(saved::keep(&change, "one more", "{}").await.expect("is counted").is_none());
    }
}
