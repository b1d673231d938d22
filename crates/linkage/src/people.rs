//! The model for lists of Indonesian people: DTSEN, P3KE, DTKS, agency and village lists.
//!
//! Columns carry the names a clerk knows. What is compared is chosen so that nothing counts twice: KK number, mother and address
//! describe the same household, so they are one comparison where the KK is the same; the date of birth inside a NIK is not
//! compared again when the NIK differ only in their last four digits.

use crate::model::{Comparison, Condition, Level, Likeness, Link, Measured, Model, Rule, Side, Than};
use crate::schema::{Derive, Schema};
use crate::standard::{NameRules, NumberRules, Read};

/// The fields of a list, by the names that [`schema`] expects.
pub const FIELDS: [&str; 13] = [
    "nik",
    "no_kk",
    "nama",
    "jk",
    "tempat_lahir",
    "tgl_lahir",
    "nama_ibu",
    "hubungan",
    "alamat",
    "rt",
    "rw",
    "kelurahan",
    "kecamatan",
];

/// Columns of people. `latest_year`: the last two digits of the present year, to tell 1925 from 2025 in a NIK.
pub fn schema(latest_year: u8) -> Schema {
    let name = || Read::Name(NameRules::indonesian());
    let field = |name: &str, read: Read| (name.to_owned(), read);
    Schema::default()
        .field("nik", "nik", Read::Digits(NumberRules::INDONESIAN))
        .field("no_kk", "no_kk", Read::Digits(NumberRules::INDONESIAN))
        .field("nama", "nama", name())
        .field("jk", "jk", Read::sex())
        .field("bp", "tempat_lahir", Read::Area)
        .field("tgl_asli", "tgl_lahir", Read::Date)
        .fields("tgl", vec![field("tgl_lahir", Read::Date), field("nik", Read::BirthInNik { latest: latest_year })])
        .field("ibu", "nama_ibu", name())
        .field("peran", "hubungan", Read::Folded)
        .field("al", "alamat", Read::Street)
        .fields("rt", vec![field("rt", Read::Number), field("alamat", Read::Rt)])
        .fields("rw", vec![field("rw", Read::Number), field("alamat", Read::Rw)])
        .field("kel", "kelurahan", Read::Area)
        .field("kec", "kecamatan", Read::Area)
        .derived("nik6", "nik", Derive::Part { from: 1, len: 6 })
        .derived("nik12", "nik", Derive::Part { from: 1, len: 12 })
        .derived("nik15", "nik", Derive::Part { from: 1, len: 15 })
        .derived("nik16", "nik", Derive::Part { from: 16, len: 1 })
        .derived("nik_cocok", "nik", Derive::NikAgrees { date: "tgl_asli".into(), sex: "jk".into() })
        .derived("nmk", "nama", Derive::SpellingKey)
        .derived("nama1", "nama", Derive::FirstWord)
        .derived("nmk1", "nama1", Derive::SpellingKey)
        .derived("nmk3", "nmk", Derive::Part { from: 1, len: 3 })
        .derived("tok", "nama", Derive::Words)
        .derived("tgl_tukar", "tgl", Derive::Swapped)
        .derived("tahun", "tgl", Derive::Year)
        .derived("hari", "tgl", Derive::MonthDay)
        .derived("ibuk", "ibu", Derive::SpellingKey)
        .derived("ibuk4", "ibuk", Derive::Part { from: 1, len: 4 })
        .derived("ibu_tok", "ibu", Derive::Words)
}

fn name() -> Comparison {
    let jw = |limit| Condition::alike(Likeness::JaroWinkler, "nama", limit);
    Comparison {
        name: "nama".into(),
        levels: vec![
            Level::missing("tidak ada", Condition::missing("nama")),
            Level::when("sama persis", Condition::same("nama")).by_rarity("nama"),
            Level::when("ejaan lain", Condition::same("nmk")).by_rarity("nmk"),
            Level::when("satu nama bagian dari yang lain", Condition::alike(Likeness::WordCover, "tok", 1.0)),
            Level::when("sangat mirip", jw(0.94)),
            Level::when("mirip", jw(0.88)),
            Level::when("kata pertama sama", Condition::same("nmk1")),
            Level::when("satu kata sama", Condition::alike(Likeness::SharedWords, "tok", 1.0)),
            Level::when("agak mirip", jw(0.78)),
            Level::other("berbeda"),
        ],
    }
}

fn birth() -> Comparison {
    // a date read out of a NIK says nothing new where the NIK are compared
    let both_nik = Condition::Present(Side::Left, "nik".into()).and(Condition::Present(Side::Right, "nik".into()));
    let only_in_nik = Condition::All(vec![both_nik, Condition::missing("tgl_asli")]);
    let new_year = || Condition::either_is("hari", "01-01");
    Comparison {
        name: "tgl_lahir".into(),
        levels: vec![
            Level::missing("tidak ada", Condition::missing("tgl").or(only_in_nik)),
            Level::when("sama", Condition::same("tgl")),
            Level::when("tanggal dan bulan tertukar", Condition::Equal("tgl".into(), "tgl_tukar".into())),
            Level::when("beda satu angka", Condition::near(Likeness::Levenshtein, "tgl", 1.0)),
            Level::when("tahun sama, 1 Januari", Condition::same("tahun").and(new_year())),
            Level::when("tahun sama", Condition::same("tahun")),
            Level::when("hari dan bulan sama", Condition::same("hari")),
            Level::other("berbeda"),
        ],
    }
}

fn nik() -> Comparison {
    // Two people born on one day in one place have NIK that differ in the last digits only. So the same date of birth, weighed
    // above, is the context in which likeness of NIK is weighed.
    const BORN: &str = "tanggal lahir sama";
    const OTHER: &str = "tanggal lahir lain atau tidak ada";
    let born = || Condition::same("tgl_asli");
    let doubtful = || Condition::either_is("nik_cocok", "N");
    let lost = || Condition::same("nik15").and(Condition::either_is("nik16", "0"));
    let near = |limit| Condition::near(Likeness::DamerauLevenshtein, "nik", limit);
    let level =
        |label: &str, when: Condition, context: &str| Level::when(&format!("{label}; {context}"), when).within(context);
    let mut levels = vec![Level::missing("tidak ada", Condition::missing("nik"))];
    for (context, when) in [(BORN, Some(born())), (OTHER, None)] {
        let with = |c: Condition| when.clone().map_or(c.clone(), |w| w.and(c));
        levels.extend([
            level("sama, tidak cocok dengan lahir", with(Condition::same("nik").and(doubtful())), context),
            level("sama", with(Condition::same("nik")), context),
            level("angka terakhir hilang", with(lost()), context),
            level("nomor urut lain", with(Condition::same("nik12")), context),
            level("beda satu angka", with(near(1.0)), context),
            level("beda dua angka", with(near(2.0)), context),
            level("lain, salah satu tidak cocok dengan lahir", with(doubtful()), context),
        ]);
        match &when {
            Some(when) => levels.push(level("lain", when.clone(), context)),
            None => levels.push(Level::other(&format!("lain; {context}")).within(context)),
        }
    }
    Comparison { name: "nik".into(), levels }
}

fn mother() -> Comparison {
    // where the KK is the same, mother is weighed in the household
    let settled = Condition::missing("ibu").or(Condition::same("no_kk"));
    Comparison {
        name: "ibu".into(),
        levels: vec![
            Level::missing("tidak ada, atau satu KK", settled),
            Level::when("sama", Condition::same("ibu")).by_rarity("ibu"),
            Level::when("ejaan lain", Condition::same("ibuk")),
            Level::when("satu nama bagian dari yang lain", Condition::alike(Likeness::WordCover, "ibu_tok", 1.0)),
            Level::when("mirip", Condition::alike(Likeness::JaroWinkler, "ibu", 0.88)),
            Level::other("berbeda"),
        ],
    }
}

fn birthplace() -> Comparison {
    Comparison {
        name: "tempat_lahir".into(),
        levels: vec![
            Level::missing("tidak ada", Condition::missing("bp")),
            Level::when("sama", Condition::same("bp")).by_rarity("bp"),
            Level::when("mirip", Condition::alike(Likeness::JaroWinkler, "bp", 0.9)),
            Level::other("berbeda"),
        ],
    }
}

fn household() -> Comparison {
    let same_kk = || Condition::same("no_kk");
    let same_place = || Condition::same("kel").and(Condition::same("rt")).and(Condition::same("rw"));
    let street = || Condition::alike(Likeness::JaroWinkler, "al", 0.9);
    Comparison {
        name: "rumah_tangga".into(),
        levels: vec![
            Level::missing("tidak ada", Condition::All(vec![Condition::missing("no_kk"), Condition::missing("kel")])),
            Level::when("KK sama, ibu sama", same_kk().and(Condition::same("ibuk"))),
            Level::when("KK sama, ibu tidak tercatat", same_kk().and(Condition::missing("ibu"))),
            Level::when("KK sama, ibu mirip", same_kk().and(Condition::alike(Likeness::JaroWinkler, "ibu", 0.88))),
            Level::when("KK sama, ibu lain", same_kk()),
            Level::when("KK beda satu angka", Condition::near(Likeness::DamerauLevenshtein, "no_kk", 1.0)),
            Level::when("RT/RW dan jalan sama", same_place().and(street())),
            Level::when("RT/RW sama", same_place()),
            Level::when("desa dan jalan sama", Condition::same("kel").and(street())),
            Level::when("desa sama", Condition::same("kel")),
            Level::when("desa mirip", Condition::alike(Likeness::JaroWinkler, "kel", 0.9)),
            Level::when("kecamatan sama", Condition::same("kec")),
            Level::other("berbeda"),
        ],
    }
}

fn plain(name: &str, column: &str) -> Comparison {
    Comparison {
        name: name.into(),
        levels: vec![
            Level::missing("tidak ada", Condition::missing(column)),
            Level::when("sama", Condition::same(column)),
            Level::other("berbeda"),
        ],
    }
}

fn role() -> Comparison {
    Comparison {
        name: "peran".into(),
        levels: vec![
            Level::missing("tidak ada", Condition::missing("peran")),
            Level::when("sama", Condition::same("peran")).by_rarity("peran"),
            Level::other("berbeda"),
        ],
    }
}

/// What makes a pair unlikely although much agrees. A guard weighs nothing where it does not hold; its weight is set by hand
/// (2^-8, 2^-5) until decisions of clerks say otherwise.
fn guards() -> Comparison {
    let below = |likeness, column: &str, limit| {
        Condition::Measure(
            vec![Measured { likeness, left: column.into(), right: column.into() }],
            Than::LessThan,
            limit,
        )
    };
    let other_name = || {
        Condition::differs("nmk").and(below(Likeness::WordCover, "tok", 1.0)).and(below(
            Likeness::JaroWinkler,
            "nama",
            0.88,
        ))
    };
    let no_shared_word = || {
        Condition::differs("nmk").and(below(Likeness::SharedWords, "tok", 1.0)).and(below(
            Likeness::JaroWinkler,
            "nama",
            0.78,
        ))
    };
    let one_home = || {
        let place = Condition::same("kel").and(Condition::same("rt")).and(Condition::same("rw"));
        Condition::same("no_kk").or(place)
    };
    let two_niks = Condition::same("nik12").and(Condition::differs("nik"));
    Comparison {
        name: "penjaga".into(),
        levels: vec![
            Level::when(
                "kembar: lahir dan rumah sama, NIK berurutan, nama lain",
                Condition::same("tgl").and(one_home()).and(two_niks).and(other_name()),
            )
            .fixed(1.0 / 256.0, 1.0),
            Level::when(
                "mungkin kembar: lahir dan KK sama, nama lain",
                Condition::same("tgl").and(Condition::same("no_kk")).and(Condition::missing("nik")).and(other_name()),
            )
            .fixed(1.0 / 32.0, 1.0),
            Level::when(
                "hanya NIK yang sama",
                Condition::same("nik")
                    .and(no_shared_word())
                    .and(Condition::differs("tgl_asli").or(Condition::missing("tgl_asli"))),
            )
            .fixed(1.0 / 256.0, 1.0),
            Level::other("tidak ada").fixed(1.0, 1.0),
        ],
    }
}

/// The untrained model. Leave out what a list has no column for with [`without`].
pub fn model(link: Link) -> Model {
    let on = Rule::on;
    Model {
        link,
        prior: 1e-6,
        comparisons: vec![
            name(),
            birth(),
            nik(),
            plain("jk", "jk"),
            mother(),
            birthplace(),
            household(),
            role(),
            guards(),
        ],
        rules: vec![
            on(&["nik"]),
            on(&["nik12", "nmk3"]),
            on(&["no_kk", "nmk3"]),
            on(&["tgl", "nmk3"]),
            on(&["nmk", "kel"]).split_by(&["tahun"]),
            on(&["tgl", "kel", "jk"]),
            on(&["nmk", "tahun"]),
            on(&["no_kk", "tgl"]),
            on(&["nmk1", "kel", "tahun"]),
            on(&["kel", "rt", "rw", "nmk1"]),
            on(&["no_kk", "tahun", "jk"]),
            on(&["nmk1", "ibuk4", "kel"]),
            Rule {
                keys: vec![("tgl".into(), "tgl_tukar".into()), ("nmk3".into(), "nmk3".into())],
                also: Some(Condition::differs("tgl")),
                split_by: Vec::new(),
            },
            on(&["nmk3", "tahun", "kel"]),
            on(&["tgl", "jk", "ibuk4"]),
        ],
        largest_block: 5_000,
        training: vec![on(&["tgl", "kel"]), on(&["nmk", "kel"]), on(&["nik"]), on(&["tgl", "nmk3"])],
        sure: vec![on(&["nmk", "tgl", "kel"]), on(&["nmk", "tgl", "no_kk"]), on(&["nik", "nmk3"])],
        sure_share: 0.75,
    }
}

/// The columns without some fields: a column read from one of them only is always empty.
pub fn schema_without(mut schema: Schema, fields: &[&str]) -> Schema {
    for column in &mut schema.columns {
        if let crate::schema::Origin::Fields(list) = &mut column.origin {
            for (field, _) in list.iter_mut().filter(|(f, _)| fields.contains(&f.as_str())) {
                *field = String::new();
            }
        }
    }
    schema
}

/// The model without some fields: comparisons and rules that need them are left out. `schema` with all fields.
pub fn without(mut model: Model, schema: &Schema, fields: &[&str]) -> Model {
    let gone = |column: &str| {
        let mut column = column;
        while let Some(found) = schema.index(column).map(|i| &schema.columns[i]) {
            match &found.origin {
                crate::schema::Origin::Derived(base, _) => column = base,
                crate::schema::Origin::Fields(list) => return list.iter().all(|(f, _)| fields.contains(&f.as_str())),
            }
        }
        true
    };
    let keeps = |rule: &Rule| !rule.keys.iter().any(|(l, r)| gone(l) || gone(r));
    model.rules.retain(keeps);
    model.sure.retain(keeps);
    model.training.retain(keeps);
    model.comparisons.retain(|c| !gone(c.columns().first().copied().unwrap_or_default()));
    model
}

/// The model trained on made-up people, for whoever has too few records to train one (or no time to). Its prior is that of the
/// lists it was trained on: set your own.
///
/// Made by `cargo run --release -p linkage --example ship -- DIR > crates/linkage/src/people.json`, where DIR holds a `list.csv` with the
/// columns of [`FIELDS`] in which every fifth record is another writing of somebody before.
pub fn shipped() -> Result<Model, serde_json::Error> {
    serde_json::from_str(include_str!("people.json"))
}

/// The model with the weights shipped where they are known: what training starts from, and keeps where a list says too little.
pub fn starting(mut model: Model) -> Result<Model, serde_json::Error> {
    let shipped = shipped()?;
    for comparison in &mut model.comparisons {
        let Some(known) = shipped.comparisons.iter().find(|c| c.name == comparison.name) else { continue };
        let of = |label: &str| known.levels.iter().find(|l| l.label == label);
        // they were learnt from lists that do not name the mother
        let unnamed = of("KK sama, ibu tidak tercatat");
        for level in comparison.levels.iter_mut().filter(|l| !l.missing) {
            let named = matches!(level.label.as_str(), "KK sama, ibu sama" | "KK sama, ibu mirip");
            if level.label == "KK sama, ibu lain" {
                continue;
            }
            if let Some(found) = if named { unnamed } else { of(&level.label) } {
                (level.m, level.u) = (found.m, found.u);
            }
        }
    }
    Ok(model)
}

/// Whether two records have valid and unlike NIK: both agree with date of birth and sex beside them, and differ in more than two
/// digits.
pub fn two_niks(table: &crate::table::Table) -> impl Fn(u32, u32) -> bool + '_ {
    let nik = table.place("nik");
    let agrees = table.place("nik_cocok");
    move |a, b| {
        let (Some(nik), Some(agrees)) = (nik, agrees) else { return false };
        let (a, b) = (table.row(a as usize), table.row(b as usize));
        let valid = |row: &[u32]| table.dictionary(agrees.dictionary).bytes(row[agrees.offset]) == b"Y";
        let number = |row: &[u32]| u64::from(row[nik.offset]) | u64::from(row[nik.offset + 1]) << 32;
        valid(a) && valid(b) && crate::measure::digits_apart(number(a), number(b), true) > 2
    }
}
