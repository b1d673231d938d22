//! The style sheet, living: every component on four pages (office, records, phone, TV), rendered by a test into
//! `target/look/`. `node e2e/look/check.mjs` opens them at every width, takes pictures and runs axe.

use std::{fmt::Write as _, fs, path::Path as FilePath};

use askama::Template;

use super::{charts::*, parts::*};
use crate::{
    forms::Form,
    i18n::Lang,
    ui::charts::map::{Drawing, read_shapes},
};

/// The words of a page, as the components ask for them; the frame of a real page needs a visitor and a database.
struct Ui(Lang);
impl Ui {
    fn t(&self, key: &str) -> String {
        self.0.t(key)
    }
}

/// A form filled in halfway, with one fault when asked for.
fn form(fault: bool) -> Form {
    let mut form = Form::default();
    form.set("versi", "2026-T5").set("hasil", "b").set("air", "b").set("lahir", "1983-11-22").set("kebutuhan", "b");
    if fault {
        form.fault("versi", "Versi 2026-T5 belum dimulai. Pakai 2026-T4");
    }
    form
}

#[derive(Template)]
#[template(path = "sheet/office.html")]
struct Office {
    ui: Ui,
    form: Form,
    trail: Vec<(&'static str, &'static str)>,
    steps: Vec<Step>,
    import_bar: String,
    import_keys: Vec<Key>,
    facets: Vec<Link>,
    choices: Vec<Choice>,
    back: Option<String>,
    on: Option<String>,
    tone: Tone,
    pipeline: Figure,
    map: Figure,
    worst: Figure,
    zero: Figure,
    load: Figure,
    flow: Figure,
    tiles: Figure,
    pairs: Vec<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "sheet/records.html")]
struct Records {
    ui: Ui,
    tabs: Vec<Link>,
    pyramid: String,
    money_bar: String,
    terms: Vec<Term>,
}

#[derive(Template)]
#[template(path = "sheet/phone.html")]
struct Phone {
    ui: Ui,
    form: Form,
    steps: Vec<Step>,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "sheet/tv.html")]
struct Tv {
    map: Figure,
    bars: String,
    zero: String,
}

const fn spec(id: &'static str) -> Spec<'static> {
    Spec { id, title: "Gambar contoh", description: "Angka contoh; tabel ada di bawah gambar." }
}

/// The made-up district, read from its GeoJSON as an office's own boundaries are.
fn island() -> (Drawing, Vec<AreaValue>) {
    let file = testkit::district::District::generate(1, 300).boundaries().to_string();
    let shapes = read_shapes(&file, &["kemendagri_code"]).unwrap();
    let values = shapes
        .iter()
        .enumerate()
        .map(|(at, shape)| {
            let value = (at % 23 != 5).then(|| ((at * at * 7 + at * 13) % 97) as f64);
            AreaValue {
                code: shape.code.clone(),
                value,
                words: value.map_or("Desa Contoh: tidak ada data".into(), |v| format!("Desa Contoh: {v} keluarga")),
                href: Some("#desa".into()),
            }
        })
        .collect();
    (Drawing::new(&shapes, 800.0, 0.7), values)
}

fn map_figure(font: f64) -> Figure {
    let (drawing, values) = island();
    let numbers: Vec<f64> = values.iter().filter_map(|v| v.value).collect();
    let classes = Classes::quantiles(&numbers);
    let labels = [Label { x: 560.0, y: 400.0, text: "Muara Jernih".into() }];
    let svg = choropleth(
        &spec("peta"),
        &Choropleth {
            drawing: &drawing,
            values: &values,
            classes: &classes,
            group: &|code| code[..8].to_owned(),
            labels: &labels,
            font,
        },
    );
    let mut legend = classes.legend(&numbers, |low, high| format!("{low}–{high}"));
    legend.push(no_data("tidak ada data"));
    Figure::new(&spec("peta"), "Keluarga belum tersentuh terbanyak di Muara Jernih.", svg)
        .legend(legend)
        .table(&["Desa", "Keluarga"], vec![Row::new(["Muara Jernih Hilir", "96"]).link(Some("#a".into()))])
        .source("data 19 Nov 2026")
        .csv("#csv")
}

fn zero_path(id: &'static str, width: f64, height: f64, font: f64) -> String {
    let months: Vec<String> =
        ["Des", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
            .map(str::to_owned)
            .into();
    let plan: Vec<f64> = (0..13).map(|m| 6420.0 * (1.0 - f64::from(m) / 12.0)).collect();
    let actual = [6420.0, 6200.0, 5900.0, 5400.0, 5000.0, 4600.0, 4200.0, 3900.0, 3500.0, 3100.0, 2700.0, 2314.0];
    line_to_zero(
        &spec(id),
        &Path {
            actual: &actual,
            plan: &plan,
            months: &months,
            now: "2.314",
            gap: "+1.779",
            plan_label: "jalur ke nol",
            width,
            height,
            font,
        },
        |v| if v >= 1000.0 { format!("{}.000", v / 1000.0) } else { format!("{v}") },
    )
}

fn worst(id: &'static str, size: BarSize) -> String {
    let rows = [
        ("Muara Jernih", 667.0),
        ("Rawa Elok", 300.0),
        ("Tanjung Damai", 243.0),
        ("Sukamaju", 43.0),
        ("Kota Contoh", 25.0),
    ]
    .map(|(name, value)| Bar {
        label: name.into(),
        value,
        text: format!("{value}"),
        tone: if value > 100.0 { Tone::Late } else { Tone::Data },
        strong: value > 100.0,
        href: Some("#kec".into()),
        ..Bar::default()
    });
    bars(&spec(id), &rows, size)
}

fn between_lists(id: &'static str, size: FlowSize) -> String {
    let node = |label: &str, value: i32, text: &str, tone| FlowNode {
        label: label.into(),
        value: f64::from(value),
        text: text.into(),
        tone,
        href: Some("#keluarga".into()),
    };
    let left = [
        node("di DTSEN 2026-T1", 5012, "5.012", Tone::Data),
        node("pertama kali terdaftar", 310, "310", Tone::Mid),
        node("pernah keluar, kembali", 42, "42", Tone::Late),
    ];
    let right = [
        node("di DTSEN 2026-T3", 4951, "4.951", Tone::Data),
        node("lebih sejahtera menurut daftar lain", 205, "205", Tone::Mid),
        node("verval: tidak layak", 96, "96", Tone::Mid),
        node("belum diketahui sebabnya", 112, "112", Tone::Late),
    ];
    let bands = [
        (0, 0, 4599, Tone::Pale),
        (0, 1, 205, Tone::Mid),
        (0, 2, 96, Tone::Mid),
        (0, 3, 112, Tone::Late),
        (1, 0, 310, Tone::Mid),
        (2, 0, 42, Tone::Late),
    ]
    .map(|(from, to, value, tone)| FlowBand { from, to, value: f64::from(value), tone, words: value.to_string() });
    flow(&spec(id), &left, &right, &bands, size)
}

fn pages() -> Vec<(&'static str, String)> {
    let choices = || {
        vec![
            Choice::new("a", "Air ledeng atau PDAM"),
            Choice::new("b", "Sumur tak terlindung").hint("tanpa cincin atau tutup"),
            Choice::new("c", "Mata air atau sungai"),
        ]
    };
    let stages = [
        ("Usulan", 1284, 0, 2, 3),
        ("Cek identitas", 962, 118, 4, 3),
        ("Verval lapangan", 2140, 214, 11, 14),
        ("Musdes", 1476, 96, 16, 21),
        ("Cek Dinsos", 640, 31, 5, 7),
        ("Penetapan SK", 1412, 1000, 9, 7),
        ("Penyaluran", 1160, 0, 6, 14),
    ]
    .map(|(name, count, stuck, median, limit)| Stage {
        name: name.into(),
        count: f64::from(count),
        count_text: count.to_string(),
        stuck: f64::from(stuck),
        stuck_text: if stuck > 0 { format!("{stuck} macet") } else { "lancar".into() },
        pace: format!("median {median} hari"),
        limit: format!("batas {limit} hari"),
        slow: median > limit,
        href: Some("#tahap".into()),
    });
    let caseload: Vec<f64> = (0..44).map(|k| 210.0 + f64::from(k * 17 % 90)).chain([120.0, 340.0, 370.0]).collect();
    let named = [
        Named { value: 120.0, name: "Samsul B.".into(), detail: "120 · baru".into() },
        Named { value: 370.0, name: "Wahyu L.".into(), detail: "370 · 41 terlambat".into() },
    ];
    let kecamatan = [
        "Kota Contoh",
        "Sukamaju",
        "Tirtasari",
        "Karangasri",
        "Bukit Rukun",
        "Muara Jernih",
        "Padang Sejuk",
        "Lembah Asri",
        "Rawa Elok",
        "Tanjung Damai",
        "Gunung Sari",
        "Sumber Rejo",
    ];
    let tiles: Vec<Tile> = kecamatan
        .iter()
        .enumerate()
        .map(|(k, name)| Tile {
            name: (*name).into(),
            value: (k != 3).then(|| (k * k) as f64),
            text: if k == 3 { "–".into() } else { (k * k).to_string() },
            words: format!("{name}: {}", k * k),
            href: Some("#kec".into()),
        })
        .collect();
    let import = [
        (4812.0, "4.812 siap masuk", Tone::Data),
        (127.0, "127 terhalang", Tone::Bad),
        (61.0, "61 ditolak", Tone::Ink),
    ];
    let money = [
        ("Diterima sendiri", 1563.0, "1.042 keluarga", Tone::Data),
        ("Lewat wakil", 76.5, "51 keluarga", Tone::Mid),
        ("Dialihkan", 9.0, "6 keluarga", Tone::Deep),
        ("Tidak hadir", 57.0, "38 keluarga", Tone::Late),
        ("Gagal", 13.5, "9 keluarga", Tone::Bad),
        ("Belum dilayani", 21.0, "14 keluarga", Tone::Mute),
    ];
    let parts = |rows: &[(f64, &str, Tone)]| {
        rows.iter().map(|&(value, text, tone)| Part { value, text: text.into(), tone }).collect::<Vec<_>>()
    };
    let office = Office {
        ui: Ui(Lang::Id),
        form: form(true),
        trail: vec![("Daftar", "#daftar"), ("DTSEN 2026-T4", "#t4")],
        steps: steps(["Unggah", "Periksa bacaan", "Pratinjau", "Masukkan"], 2),
        import_bar: part_bar(&spec("impor"), &parts(&import), 1280.0, 32.0),
        import_keys: import.iter().map(|(_, text, tone)| Key::new(*tone, *text)).collect(),
        facets: vec![
            Link::new("#f1", "Baris terpotong, tak terbaca").hint("row.unreadable").count("61").tone("ink"),
            Link::new("#f2", "NIK notasi ilmiah").hint("nik.scientific").count("38").tone("bad").current(true),
            Link::new("#f3", "Tanggal lahir tidak cocok NIK").hint("nik.birthdate_mismatch").count("212").tone("warn"),
            Link::new("#f4", "Spasi, tanda petik dibuang").hint("nik.cleaned").count("1.904").tone("n"),
        ],
        choices: choices(),
        back: Some("#back".into()),
        on: Some("#on".into()),
        tone: Tone::Data,
        pipeline: Figure::new(
            &spec("pipa"),
            "1.459 keluarga macet; 1.000 di antaranya menunggu SK.",
            cascade(&spec("pipa"), &stages, 1280.0),
        )
        .narrow(cascade_narrow(&spec("pipa-hp"), &stages))
        .legend(vec![Key::new(Tone::Pale, "di tahap ini"), Key::new(Tone::Late, "macet")])
        .table(
            &["Tahap", "Keluarga", "Macet"],
            stages.iter().map(|s| Row::new([s.name.clone(), s.count_text.clone(), s.stuck_text.clone()])).collect(),
        )
        .source("Macet = lebih lama dari batas tahap · data 19 Nov 2026")
        .csv("#csv"),
        map: map_figure(24.0),
        worst: Figure::new(
            &spec("batang"),
            "Muara Jernih memuat hampir sepertiga yang belum tersentuh.",
            worst("batang", BarSize::PANEL),
        )
        .narrow(worst("batang-hp", BarSize::NARROW))
        .source("data 19 Nov 2026"),
        zero: Figure::new(
            &spec("nol"),
            "1.779 keluarga di atas jalur; dengan laju ini nol tercapai Juni 2027.",
            zero_path("nol", 580.0, 320.0, 13.0),
        )
        .narrow(zero_path("nol-hp", 320.0, 260.0, 13.0)),
        load: Figure::new(
            &spec("beban"),
            "Dua pendamping memegang jauh lebih banyak keluarga daripada rekan mereka.",
            dots(
                &spec("beban"),
                &Dots {
                    values: &caseload,
                    low: 100.0,
                    high: 400.0,
                    step: 50.0,
                    usual: (200.0, 300.0),
                    usual_text: "wajar 200–300",
                    named: &named,
                    width: 600.0,
                },
            ),
        )
        .source("1 titik = 1 pendamping"),
        flow: Figure::new(
            &spec("alir"),
            "413 keluarga tidak ada lagi; 112 di antaranya belum diketahui sebabnya.",
            between_lists("alir", FlowSize::WIDE),
        )
        .narrow(between_lists("alir-hp", FlowSize::NARROW))
        .source("DTSEN 2026-T1 dan 2026-T3"),
        tiles: Figure::new(
            &spec("petak"),
            "Batas wilayah belum dimuat; kecamatan digambar sebagai petak.",
            tile_map(&spec("petak"), &tiles, &Classes::quantiles(&[0.0, 4.0, 16.0, 36.0, 64.0, 100.0, 121.0])),
        ),
        pairs: vec![("Sumber", "DTSEN"), ("Versi", "2026-T4"), ("Diunggah", "Rina Astuti, 19 November 2026")],
    };
    let records = Records {
        ui: Ui(Lang::Id),
        tabs: vec![
            Link::new("#1", "Ringkasan").current(true),
            Link::new("#2", "Anggota").count("5"),
            Link::new("#3", "Program & bantuan"),
            Link::new("#4", "Jejak akses"),
        ],
        pyramid: pyramid(
            &spec("anggota"),
            &[("60+", 0, 1), ("19–59", 0, 1), ("7–18", 1, 1), ("0–6", 1, 0)].map(|(label, men, women)| Band {
                label: label.into(),
                men,
                women,
            }),
            "laki-laki",
            "perempuan",
        ),
        money_bar: part_bar(
            &spec("uang"),
            &money.map(|(_, value, _, tone)| Part {
                value,
                text: if value > 1000.0 { "Rp1.563.000.000".into() } else { String::new() },
                tone,
            }),
            1280.0,
            40.0,
        ),
        terms: std::iter::once(Term::new("Rencana", "Rp1.740.000.000", "1.160 keluarga", None))
            .chain(money.map(|(label, value, detail, tone)| {
                Term::new(label, format!("Rp{value}.000.000"), detail, Some(tone)).link("#daftar")
            }))
            .collect(),
    };
    let phone =
        Phone { ui: Ui(Lang::Id), form: form(false), steps: steps(["1", "2", "3", "4", "5"], 1), choices: choices() };
    let tv =
        Tv { map: map_figure(40.0), bars: worst("batang", BarSize::TV), zero: zero_path("nol", 420.0, 420.0, 24.0) };
    vec![
        ("office", office.render().unwrap()),
        ("records", records.render().unwrap()),
        ("phone", phone.render().unwrap()),
        ("tv", tv.render().unwrap()),
    ]
}

/// What a strict content policy refuses, what would break the page, and words that nobody wrote.
#[test]
fn the_components_render_clean() {
    let target = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../../target/look");
    fs::create_dir_all(&target).unwrap();
    for (name, html) in pages() {
        fs::write(target.join(format!("{name}.html")), &html).unwrap();
        let mut faults = String::new();
        for forbidden in
            [" style=", "<style", " onclick", " onchange", "javascript:", "{{", "{%", "⟦", "NaN", "aria-label=\"\""]
        {
            if html.contains(forbidden) {
                let _ = writeln!(faults, "{name}: holds `{forbidden}`");
            }
        }
        for tag in [
            "div", "section", "ul", "ol", "li", "form", "table", "tr", "td", "th", "a", "svg", "g", "text", "span",
            "p", "figure", "details", "fieldset", "label", "button",
        ] {
            let opened = html.matches(&format!("<{tag} ")).count() + html.matches(&format!("<{tag}>")).count();
            let closed = html.matches(&format!("</{tag}>")).count();
            if opened != closed {
                let _ = writeln!(faults, "{name}: <{tag}> opened {opened} times, closed {closed}");
            }
        }
        let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        ids.sort_unstable();
        for pair in ids.windows(2).filter(|pair| pair[0] == pair[1]) {
            let _ = writeln!(faults, "{name}: id `{}` twice", pair[0]);
        }
        assert!(faults.is_empty(), "{faults}");
    }
}

/// Both languages carry the same words.
#[test]
fn the_common_words_exist_in_both_languages() {
    let keys = |text: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned()).collect()
    };
    let id = keys(include_str!("../../locales/id/look.ftl"));
    assert_eq!(id, keys(include_str!("../../locales/en/look.ftl")));
    for file in ["parts", "field", "figure"] {
        let path = FilePath::new(env!("CARGO_MANIFEST_DIR")).join(format!("templates/components/{file}.html"));
        for used in fs::read_to_string(path).unwrap().split("ui.t(\"look-").skip(1) {
            let key = format!("look-{}", used.split('"').next().unwrap());
            assert!(id.contains(&key), "{file}.html asks for {key}");
        }
    }
}

/// A class that no style sheet knows is a component someone imagined: it looks like nothing.
#[test]
fn every_class_in_a_template_is_styled() {
    let root = FilePath::new(env!("CARGO_MANIFEST_DIR"));
    let styles: String = ["theme", "parts", "print"]
        .map(|name| fs::read_to_string(root.join(format!("assets/css/{name}.css"))).unwrap())
        .concat();
    let known: std::collections::BTreeSet<&str> = styles
        .split(".t-")
        .skip(1)
        .map(|rest| {
            rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next().unwrap_or_default()
        })
        .collect();
    let mut unknown = Vec::new();
    for folder in ["templates", "src"] {
        templates(&root.join(folder), &mut |path, text| {
            assert!(!text.contains(" style=\""), "{} carries a style attribute", path.display());
            for value in text.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                // What a template fills in is not looked at; what stands before and after it is.
                for class in value.split(|c: char| c.is_whitespace() || "{}%".contains(c)) {
                    if let Some(name) = class.strip_prefix("t-")
                        && !name.ends_with('-')
                        && !known.contains(name)
                    {
                        unknown.push(format!("{}: t-{name}", path.display()));
                    }
                }
            }
        });
    }
    assert!(unknown.is_empty(), "not in assets/css: {unknown:#?}");
}

fn templates(folder: &FilePath, each: &mut dyn FnMut(&FilePath, &str)) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            templates(&path, each);
        } else if path.extension().is_some_and(|e| e == "html") {
            each(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}
