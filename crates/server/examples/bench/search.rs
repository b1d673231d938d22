//! Search over a made-up registry loaded straight into its tables: how long the words take to be made, and how long the
//! searches of an office take - names as listed, partly typed, mistyped, turned about, with a place or a year, numbers.
//!
//! One name in twenty is spelt as nobody else spells it, as in real lists, so that the dictionary is as large as a real one.

use std::{path::PathBuf, time::Instant};

use clap::Args;
use domain::{AreaCode, name::name_key};
use serde_json::json;
use server::clock::Clock;
use store::{
    Actor, Change, Handle, Scope, Store,
    bulk::{self, Cell, Type},
    migrate,
    registry::{self, Lexicon, Search},
    sql,
};
use testkit::district::District;

#[derive(Args)]
pub struct Searches {
    /// Data folder of the embedded database
    #[arg(long)]
    data: PathBuf,
    /// PostgreSQL instead
    #[arg(long)]
    database: Option<String>,
    /// Families loaded where the registry is empty; three to four people each
    #[arg(long, default_value_t = 30_000)]
    families: usize,
    /// Searches of each kind
    #[arg(long, default_value_t = 200)]
    of_each: usize,
}

/// Small numbers in a fixed order.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

/// Somebody to be looked for.
struct Sought {
    name: String,
    nik: Option<String>,
    born: String,
    village: &'static str,
    code: AreaCode,
}

pub async fn run(options: &Searches) -> anyhow::Result<()> {
    let store = Store::open(options.database.as_deref(), &options.data).await?;
    let stamp = Clock::System.stamp();
    migrate::migrate(&store, &stamp).await?;
    let actor = Actor::program("bench");
    let change = store.change(&actor, &stamp).await?;
    let district = District::generate(9_901, options.families);
    if change.count(sql!("SELECT COUNT(*) FROM family WHERE {whole_district bench}")).await? == 0 {
        load(&change, &district).await?;
        change.commit().await?;
    } else {
        drop(change);
    }
    let reading = store.read(&actor);
    let people = reading.count(sql!("SELECT COUNT(*) FROM person WHERE {whole_district bench}")).await?;
    let words = reading.count(sql!("SELECT COUNT(*) FROM search_word WHERE {whole_district bench}")).await?;
    let lexicon = Lexicon::default();
    let begun = Instant::now();
    let dictionary = lexicon.current(&reading).await?;
    println!("{}", json!({"people": people, "words": words, "distinct": dictionary.len(), "dictionary_ms": ms(begun)}));
    let mut dice = Dice(9_901);
    let sought = sought(&district, &mut dice, options.of_each);
    let area = AreaCode::from_number(sought[0].code.number()).map(AreaCode::subdistrict);
    let part = Actor { scope: Scope::areas(area), ..actor.clone() };
    for kind in KINDS {
        let mut times = Vec::new();
        let mut worst = (0.0, String::new());
        let mut empty = 0;
        for one in &sought {
            let search = asked(kind, one, &mut dice);
            let reading = if kind == "kecamatan" { store.read(&part) } else { store.read(&actor) };
            let begun = Instant::now();
            let dictionary = lexicon.current(&reading).await?;
            let found = registry::search(&reading, &dictionary, &search, None, 50).await?;
            let took = ms(begun);
            times.push(took);
            empty += usize::from(found.lines.is_empty());
            if took > worst.0 {
                worst = (took, search.text);
            }
        }
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        println!(
            "{}",
            json!({"kind": kind, "p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "most": worst.0, "of": worst.1, "found_nobody": empty})
        );
    }
    store.close().await?;
    Ok(())
}

const KINDS: [&str; 13] = [
    "as listed",
    "turned about",
    "mistyped",
    "beginnings",
    "one word",
    "frequent",
    "with village",
    "with year",
    "kecamatan",
    "desil 1",
    "last four",
    "birth date",
    "nobody",
];

fn asked(kind: &str, one: &Sought, dice: &mut Dice) -> Search {
    let words: Vec<&str> = one.name.split(' ').collect();
    let text = match kind {
        "turned about" => words.iter().rev().copied().collect::<Vec<_>>().join(" "),
        "mistyped" => words.iter().map(|word| mistyped(dice, word)).collect::<Vec<_>>().join(" "),
        "beginnings" => words.iter().map(|word| word.chars().take(3).collect::<String>()).collect::<Vec<_>>().join(" "),
        "one word" => words[dice.roll(words.len())].to_owned(),
        "frequent" => {
            ["siti", "muhammad", "sri", "nur", "siti muhammad", "ahmad siti", "s", "a"][dice.roll(8)].to_owned()
        }
        "with village" => format!("{} {}", words[0], one.village),
        "with year" => format!("{} {}", one.name, &one.born[..4]),
        "last four" => one.nik.as_deref().map_or("0001", |nik| &nik[12..]).to_owned(),
        "birth date" => one.born.clone(),
        "nobody" => format!("{} QQXZW", one.name),
        _ => one.name.clone(),
    };
    Search { text, desil_most: (kind == "desil 1").then_some(1), ..Search::default() }
}

fn mistyped(dice: &mut Dice, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return word.to_owned();
    }
    let at = 1 + dice.roll(letters.len() - 1);
    match dice.roll(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, 'a'),
        2 => letters[at] = 'u',
        _ => letters.swap(at - 1, at),
    }
    letters.into_iter().collect()
}

/// The same people each time, from all over the district.
fn sought(district: &District, dice: &mut Dice, count: usize) -> Vec<Sought> {
    let villages = &district.areas().villages;
    let mut sought = Vec::with_capacity(count);
    while sought.len() < count {
        let village = &villages[dice.roll(villages.len())];
        let nth = dice.roll(20);
        let Some(family) = district.families_of(village.index).nth(nth) else { continue };
        let person = &family.members[dice.roll(family.members.len())];
        sought.push(Sought {
            name: person.name.clone(),
            nik: person.nik.as_ref().map(|nik| nik.as_str().to_owned()),
            born: person.born.to_string(),
            village: village.name,
            code: village.code,
        });
    }
    sought
}

async fn load(change: &Change<'_>, district: &District) -> anyhow::Result<()> {
    const AREA: [(&str, Type); 5] = [
        ("code", Type::Int),
        ("level", Type::Text),
        ("kind", Type::Text),
        ("name", Type::Text),
        ("name_key", Type::Text),
    ];
    const FAMILY: [(&str, Type); 13] = [
        ("id", Type::Int),
        ("kk", Type::Text),
        ("head_name", Type::Text),
        ("name_key", Type::Text),
        ("village", Type::Int),
        ("address", Type::Text),
        ("rt", Type::Text),
        ("rw", Type::Text),
        ("members", Type::Int),
        ("desil", Type::Int),
        ("block", Type::Text),
        ("state", Type::Text),
        ("created_at", Type::Text),
    ];
    const PERSON: [(&str, Type); 9] = [
        ("nik", Type::Text),
        ("name", Type::Text),
        ("name_key", Type::Text),
        ("birth_date", Type::Text),
        ("village", Type::Int),
        ("family_id", Type::Int),
        ("relation", Type::Text),
        ("state", Type::Text),
        ("created_at", Type::Text),
    ];
    let villages = &district.areas().villages;
    if change.count(sql!("SELECT COUNT(*) FROM area")).await? == 0 {
        let rows = villages.iter().map(|village| -> Vec<Cell> {
            vec![
                village.code.number().into(),
                "village".into(),
                "desa".into(),
                village.name.into(),
                village.name.to_uppercase().into(),
            ]
        });
        bulk::insert(change, "area", &AREA, rows).await?;
    }
    let begun = Instant::now();
    let mut dice = Dice(1);
    let mut id = 0;
    for village in villages {
        let (mut families, mut people) = (Vec::new(), Vec::new());
        for family in district.families_of(village.index).filter(|family| family.until.is_none()) {
            id += 1;
            let code = village.code.number();
            let names: Vec<String> = family.members.iter().map(|person| spelt(&mut dice, &person.name)).collect();
            for (n, (person, name)) in family.members.iter().zip(&names).enumerate() {
                people.push(vec![
                    Cell::from(person.nik.as_ref().map(|nik| nik.as_str().to_owned())),
                    name.as_str().into(),
                    name_key(name).into(),
                    person.born.to_string().into(),
                    code.into(),
                    id.into(),
                    if n == 0 { "HEAD" } else { "OTHER" }.into(),
                    "alive".into(),
                    change.at().into(),
                ]);
            }
            families.push(vec![
                Cell::from(id),
                family.card.as_str().into(),
                names[0].as_str().into(),
                name_key(&names[0]).into(),
                code.into(),
                format!("Dusun {}", family.address.hamlet).into(),
                format!("{:03}", family.address.rt).into(),
                format!("{:03}", family.address.rw).into(),
                (names.len() as i64).into(),
                (1 + dice.roll(10) as i64).into(),
                "".into(),
                "active".into(),
                change.at().into(),
            ]);
        }
        bulk::insert(change, "family", &FAMILY, families).await?;
        bulk::insert(change, "person", &PERSON, people).await?;
    }
    bulk::analyze(change, &["family", "person", "area"]).await?;
    println!("{}", json!({"families": id, "load_ms": ms(begun)}));
    let begun = Instant::now();
    let codes: Vec<i64> = villages.iter().map(|village| village.code.number()).collect();
    registry::index_villages(change, &codes).await?;
    println!("{}", json!({"index_ms": ms(begun)}));
    Ok(())
}

/// One name in twenty has a word nobody else has.
fn spelt(dice: &mut Dice, name: &str) -> String {
    if dice.roll(20) > 0 {
        return name.to_owned();
    }
    let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    let at = dice.roll(words.len());
    let once = mistyped(dice, &words[at]);
    words[at] = mistyped(dice, &once);
    words.join(" ")
}

fn ms(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}
