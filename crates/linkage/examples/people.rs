//! Makes lists of made-up people of district 99.01, with the faults real lists have, and who is who.
//!
//! `cargo run --release -p linkage --example people -- dedupe|match ROWS SEED DIR`: writes `list.csv`, or `a.csv` and `b.csv`, and
//! `truth.csv` (list, id, person). Of one list a sixth are second records of somebody; of two lists half of each stands in both. The
//! first list is tidy as a ministry's, second records are as a village office writes them.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use linkage::random::Random;

const MEN: [&str; 48] = [
    "AGUS", "BUDI", "SLAMET", "SUPARDI", "WAHYUDI", "MUHAMMAD", "ABDUL", "AHMAD", "EKO", "DEDI", "HENDRA", "RUDI",
    "YUSUF", "IWAN", "JOKO", "SUTRISNO", "PAIMIN", "TUKIMIN", "KASMAN", "DARMO", "RAHMAT", "HASAN", "IBRAHIM", "FAJAR",
    "BAGAS", "RIZKI", "ADITYA", "DIMAS", "GALIH", "IRFAN", "KHOIRUL", "LUTHFI", "NUR", "PANDU", "RAMA", "SATRIA",
    "TEGUH", "UMAR", "WAWAN", "YANTO", "ZAINAL", "ARIF", "BAMBANG", "CAHYO", "DANANG", "FERI", "GUNAWAN", "HERMAN",
];
const WOMEN: [&str; 48] = [
    "SITI", "SRI", "DEWI", "NUR", "RINA", "WATI", "SUMINAH", "PARTINI", "KARSINI", "TUMINAH", "AMINAH", "FATIMAH",
    "KHADIJAH", "AISYAH", "RATNA", "LESTARI", "INDAH", "MAYA", "PUTRI", "ANISA", "BUNGA", "CITRA", "DIAN", "ENDANG",
    "FITRI", "GITA", "HANI", "INTAN", "JUMI", "KARTIKA", "LINA", "MARYAM", "NINGSIH", "OKTAVIA", "PURWANTI", "RAHAYU",
    "SULASTRI", "TITIK", "UMI", "VERA", "WULAN", "YULI", "ZULAIKHA", "ASTUTI", "CHOLIFAH", "DJUMIATI", "MUJIATI",
    "SARI",
];
const SECOND: [&str; 40] = [
    "SANTOSO",
    "HIDAYAT",
    "SAPUTRA",
    "NUGROHO",
    "WIBOWO",
    "KURNIAWAN",
    "SETIAWAN",
    "PRASETYO",
    "SUSANTO",
    "WIJAYA",
    "FIRMANSYAH",
    "RAMADHAN",
    "MAULANA",
    "HAKIM",
    "SYAHPUTRA",
    "PERMANA",
    "UTAMI",
    "HANDAYANI",
    "RAHMAWATI",
    "WAHYUNI",
    "SETYOWATI",
    "LESTARI",
    "AMALIA",
    "SAFITRI",
    "NURHALIZA",
    "MAHARANI",
    "ANGGRAINI",
    "KHASANAH",
    "MUNAWAROH",
    "ROHMAH",
    "SUSILO",
    "PURNOMO",
    "HARTONO",
    "SUGIARTO",
    "MARDIYAH",
    "ZAHRA",
    "PRATIWI",
    "KUSUMA",
    "ARDIANSYAH",
    "OETOMO",
];
/// Names put together of two parts, as many older people on Java bear them: a village knows hundreds of them.
const BEGIN: [&str; 18] = [
    "SU", "HAR", "WI", "PUR", "KUS", "PRA", "SET", "MUL", "DAR", "SAS", "WAR", "KAR", "SUM", "TRI", "DWI", "RAT",
    "NUR", "ADI",
];
const MEN_END: [&str; 24] = [
    "YANTO", "MONO", "TIKNO", "WARDI", "JATI", "SONO", "DIYONO", "TOMO", "GITO", "NARYO", "MADI", "PRIYO", "JONO",
    "KIRMAN", "TEJO", "WITO", "LASNO", "MIDI", "RIYADI", "BOWO", "GIYO", "NARDI", "PARNO", "SENO",
];
const WOMEN_END: [&str; 24] = [
    "YATI", "MINAH", "TINI", "WATI", "NINGSIH", "LASTRI", "JIYEM", "RYANI", "NARTI", "SIH", "DIYAH", "KINAH", "GIYEM",
    "RINI", "SIYAH", "TUTI", "NAH", "MIYATI", "PRIHATIN", "ENDAH", "HESTI", "PARMI", "SUMI", "WIJI",
];
const PLACES: [&str; 16] = [
    "KERTAMUKTI",
    "SUMBERREJO",
    "TANJUNGSARI",
    "WONOASRI",
    "BANJARAGUNG",
    "MEKARJAYA",
    "SIDOMULYO",
    "KARANGANYAR",
    "PURWOSARI",
    "GUNUNGSARI",
    "RANCABALI",
    "CIPTAMULYA",
    "SUKAMAJU",
    "MARGOREJO",
    "BATURETNO",
    "TEGALSARI",
];
const STREETS: [&str; 12] = [
    "MERDEKA",
    "PAHLAWAN",
    "DIPONEGORO",
    "SUDIRMAN",
    "MELATI",
    "MAWAR",
    "KENANGA",
    "ANGGREK",
    "PASAR LAMA",
    "MASJID",
    "SAWAH BARU",
    "PESANTREN",
];
const ROLES: [&str; 4] = ["Kepala Keluarga", "Istri", "Anak", "Orang Tua"];
const HEAD: &str = "id,nik,no_kk,nama,jk,tempat_lahir,tgl_lahir,nama_ibu,hubungan,alamat,rt,rw,kelurahan,kecamatan";

struct Person {
    nik: String,
    kk: String,
    name: String,
    woman: bool,
    birthplace: &'static str,
    born: (u32, u32, u32),
    mother: String,
    role: usize,
    street: String,
    rt: u32,
    rw: u32,
    village: usize,
}

struct Maker {
    random: Random,
    villages: usize,
    /// Numbers given out for a place and a day.
    serials: std::collections::HashMap<(usize, u32), u32>,
}

fn pick<'t>(random: &mut Random, list: &[&'t str]) -> &'t str {
    list[random.below(list.len())]
}

impl Maker {
    fn chance(&mut self, share: f64) -> bool {
        self.random.unit() < share
    }

    fn between(&mut self, from: u32, to: u32) -> u32 {
        from + self.random.below((to - from + 1) as usize) as u32
    }

    fn given(&mut self, woman: bool) -> &'static str {
        pick(&mut self.random, if woman { &WOMEN } else { &MEN })
    }

    fn joined(&mut self, woman: bool) -> String {
        let begin = pick(&mut self.random, &BEGIN);
        format!("{begin}{}", pick(&mut self.random, if woman { &WOMEN_END } else { &MEN_END }))
    }

    fn name(&mut self, woman: bool, born: u32) -> String {
        if born < 1970 && self.chance(0.5) {
            return if self.chance(0.8) { self.joined(woman) } else { self.given(woman).to_owned() };
        }
        let first = if born < 1980 && self.chance(0.3) { self.joined(woman) } else { self.given(woman).to_owned() };
        let second = if self.chance(0.5) { self.joined(woman) } else { pick(&mut self.random, &SECOND).to_owned() };
        let mut name = format!("{first} {second}");
        if born > 1995 && self.chance(0.4) {
            let third = pick(&mut self.random, if woman { &WOMEN } else { &MEN });
            let _ = write!(name, " {third}");
        }
        name
    }

    fn nik(&mut self, village: usize, (y, m, d): (u32, u32, u32), woman: bool) -> String {
        let day = if woman { d + 40 } else { d };
        let key = (village / 12, (day * 100 + m) * 100 + y % 100);
        let serial = self.serials.entry(key).or_default();
        *serial += 1;
        format!("9901{:02}{day:02}{m:02}{:02}{:04}", village / 12 % 99 + 1, y % 100, *serial)
    }

    fn birthday(&mut self, from: u32, to: u32) -> (u32, u32, u32) {
        (self.between(from, to), self.between(1, 12), self.between(1, 28))
    }

    fn family(&mut self, people: &mut Vec<Person>) {
        let village = self.random.below(self.villages);
        let (rt, rw) = (self.between(1, 12), self.between(1, 6));
        let kk = format!(
            "9901{:02}{:02}{:02}{:02}{:04}",
            village / 12 % 99 + 1,
            self.between(1, 28),
            self.between(1, 12),
            self.between(5, 25),
            self.between(1, 9999)
        );
        let street = format!("JL. {} NO. {}", pick(&mut self.random, &STREETS), self.between(1, 200));
        let head_born = self.between(1945, 1998);
        let first = people.len();
        let mut add = |maker: &mut Self, role: usize, woman: bool, born: (u32, u32, u32), mother: Option<String>| {
            let name = maker.name(woman, born.0);
            let other = maker.between(1, 3);
            let mother = mother.unwrap_or_else(|| maker.name(true, born.0.saturating_sub(20 + other)));
            let nik = maker.nik(village, born, woman);
            let birthplace = pick(&mut maker.random, &PLACES);
            let street = street.clone();
            people.push(Person {
                nik,
                kk: kk.clone(),
                name,
                woman,
                birthplace,
                born,
                mother,
                role,
                street,
                rt,
                rw,
                village,
            });
        };
        let woman_heads = self.chance(0.15);
        let born = self.birthday(head_born, head_born);
        add(self, 0, woman_heads, born, None);
        let mut mother = None;
        if !woman_heads && self.chance(0.85) {
            let born = self.birthday(head_born, head_born + 6);
            add(self, 1, true, born, None);
            mother = Some(first + 1);
        }
        let children = self.random.below(4);
        let mut before: Option<(u32, u32, u32)> = None;
        for _ in 0..children {
            let twin = before.filter(|_| self.chance(0.012));
            let born = twin.unwrap_or_else(|| self.birthday(head_born + 20, (head_born + 42).min(2025)));
            let woman = self.chance(0.49);
            let mother = mother.map(|at| people[at].name.clone());
            let mut add = |maker: &mut Self, mother: Option<String>| {
                let name = maker.name(woman, born.0);
                let nik = maker.nik(village, born, woman);
                let mother = mother.unwrap_or_else(|| people[first].name.clone());
                let birthplace = people[first].birthplace;
                let street = people[first].street.clone();
                people.push(Person {
                    nik,
                    kk: kk.clone(),
                    name,
                    woman,
                    birthplace,
                    born,
                    mother,
                    role: 2,
                    street,
                    rt,
                    rw,
                    village,
                });
            };
            add(self, mother);
            before = Some(born);
        }
        if self.chance(0.08) {
            let born = self.birthday(head_born - 30, head_born - 19);
            let name = self.name(true, born.0);
            let nik = self.nik(village, born, true);
            let mother = self.name(true, born.0 - 22);
            let street = people[first].street.clone();
            let birthplace = people[first].birthplace;
            people.push(Person {
                nik,
                kk,
                name,
                woman: true,
                birthplace,
                born,
                mother,
                role: 3,
                street,
                rt,
                rw,
                village,
            });
        }
    }

    fn typo(&mut self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        if letters.len() < 4 {
            return text.to_owned();
        }
        let at = 1 + self.random.below(letters.len() - 2);
        match self.random.below(3) {
            0 => {
                letters.remove(at);
            }
            1 => letters.swap(at, at + 1),
            _ => letters[at] = (b'A' + self.random.below(26) as u8) as char,
        }
        letters.into_iter().collect()
    }

    /// A name as somebody else writes it.
    fn miswritten(&mut self, name: &str) -> String {
        let mut name = name.to_owned();
        if self.chance(0.5) {
            for (from, to) in [("MUHAMMAD", "MUH."), ("ABDUL", "ABD."), ("SITI", "ST."), ("AHMAD", "ACHMAD")] {
                if let Some(rest) = name.strip_prefix(from) {
                    name = format!("{to}{rest}");
                    break;
                }
            }
        }
        if self.chance(0.2) {
            for (from, to) in [("U", "OE"), ("J", "DJ"), ("C", "TJ"), ("SY", "S")] {
                if let Some(at) = name.find(from) {
                    name.replace_range(at..at + from.len(), to);
                    break;
                }
            }
        }
        let words = name.split(' ').count();
        if words > 1 && self.chance(0.15) {
            name = if self.chance(0.5) {
                name.rsplit_once(' ').map(|(first, last)| format!("{first} {}", &last[..1])).unwrap_or(name)
            } else {
                name.rsplit_once(' ').map(|(first, _)| first.to_owned()).unwrap_or(name)
            };
        }
        if self.chance(0.05) {
            name = name.replace(' ', "");
        }
        if self.chance(0.12) {
            name = self.typo(&name);
        }
        if self.chance(0.08) {
            name = format!("{} {name}", if self.chance(0.5) { "H." } else { "HJ." });
        }
        name
    }

    fn wrong_number(&mut self, number: &str, missing: f64) -> String {
        if self.chance(missing) {
            return if self.chance(0.15) { "9999999999999999".to_owned() } else { String::new() };
        }
        let mut digits: Vec<u8> = number.bytes().collect();
        match self.random.below(100) {
            0..5 => {
                let at = self.random.below(15);
                digits.swap(at, at + 1);
            }
            5..12 => {
                let at = self.random.below(16);
                digits[at] = b'0' + self.random.below(10) as u8;
            }
            12..20 => digits[15] = b'0', // a spreadsheet kept fifteen digits
            _ => {}
        }
        String::from_utf8(digits).unwrap_or_default()
    }

    fn line(&mut self, out: &mut impl Write, id: &str, person: &Person, tidy: bool) -> Result<()> {
        let (y, m, d) = person.born;
        let village = format!("{} {}", PLACES[person.village % 16], person.village / 16 + 1);
        let sub = format!("{}{}", PLACES[person.village / 12 % 16], person.village / 192 + 1);
        let role = ROLES[person.role];
        let sex = if person.woman { "P" } else { "L" };
        if tidy {
            let nik = if self.chance(0.03) { self.wrong_number(&person.nik, 0.5) } else { person.nik.clone() };
            writeln!(
                out,
                "{id},{nik},{},{},{sex},{},{y:04}-{m:02}-{d:02},{},{role},{},{:03},{:03},{village},{sub}",
                person.kk, person.name, person.birthplace, person.mother, person.street, person.rt, person.rw
            )?;
            return Ok(());
        }
        let nik = self.wrong_number(&person.nik, 0.22);
        let kk = if self.chance(0.12) {
            let other = format!("9901{:012}", self.random.bits() % 1_000_000_000_000);
            self.wrong_number(&other, 0.5)
        } else {
            self.wrong_number(&person.kk, 0.1)
        };
        let name = self.miswritten(&person.name);
        let mother = if self.chance(0.35) { String::new() } else { self.miswritten(&person.mother) };
        let born = match self.random.below(100) {
            0..5 if d <= 12 => {
                format!("{m:02}/{d:02}/{y}").replace('/', "-").split('-').rev().collect::<Vec<_>>().join("-")
            }
            5..9 => format!("{y:04}-01-01"),
            9..40 => format!("{d:02}/{m:02}/{y:04}"),
            40..43 => format!("{:04}-{m:02}-{d:02}", y + 1),
            43..48 => String::new(),
            _ => format!("{y:04}-{m:02}-{d:02}"),
        };
        let moved = self.chance(0.06);
        let (rt, rw) = if moved { (self.between(1, 12), self.between(1, 6)) } else { (person.rt, person.rw) };
        let street = if moved {
            format!("{} {}", pick(&mut self.random, &STREETS), self.between(1, 200))
        } else {
            person.street.replace("JL. ", if self.random.below(2) == 0 { "JALAN " } else { "" }).replace(" NO. ", " ")
        };
        let birthplace = if self.chance(0.1) { "" } else { person.birthplace };
        let place = if self.chance(0.3) { format!("RT {rt} RW {rw}") } else { String::new() };
        let (rt, rw) = if place.is_empty() { (format!("{rt:03}"), format!("{rw:03}")) } else { Default::default() };
        writeln!(
            out,
            "{id},{nik},{kk},{name},{sex},{birthplace},{born},{mother},{role},{street} {place},{rt},{rw},{village},{sub}"
        )?;
        Ok(())
    }
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [kind, rows, seed, dir] = args.as_slice() else { bail!("dedupe|match ROWS SEED DIR") };
    let (rows, seed): (usize, u64) = (rows.parse().context("ROWS")?, seed.parse().context("SEED")?);
    let mut maker =
        Maker { random: Random::new(seed), villages: (rows / 3_000).max(4), serials: std::collections::HashMap::new() };
    std::fs::create_dir_all(dir)?;
    let file = |name: &str| -> Result<BufWriter<File>> { Ok(BufWriter::new(File::create(Path::new(dir).join(name))?)) };
    let mut truth = file("truth.csv")?;
    writeln!(truth, "list,id,person")?;
    // dedupe: five in six are persons; match: three quarters of the rows, of whom a third is in both
    let persons = if kind == "dedupe" { rows - rows / 6 } else { rows - rows / 4 };
    let mut people = Vec::with_capacity(persons + 8);
    while people.len() < persons {
        maker.family(&mut people);
    }
    people.truncate(persons);
    let (names, lists): (&[&str], Vec<Vec<usize>>) = if kind == "dedupe" {
        let mut all: Vec<usize> = (0..persons).collect();
        all.extend((persons..rows).map(|_| maker.random.below(persons)).collect::<Vec<_>>());
        for i in (1..all.len()).rev() {
            all.swap(i, maker.random.below(i + 1));
        }
        (&["list"], vec![all])
    } else {
        let mut all: Vec<usize> = (0..persons).collect();
        for i in (1..all.len()).rev() {
            all.swap(i, maker.random.below(i + 1));
        }
        let half = rows / 2;
        (&["a", "b"], vec![all[..half].to_vec(), all[persons - half..].to_vec()])
    };
    let mut seen = vec![false; persons];
    for (list, (name, of)) in names.iter().zip(lists).enumerate() {
        let mut out = file(&format!("{name}.csv"))?;
        writeln!(out, "{HEAD}")?;
        for (i, person) in of.into_iter().enumerate() {
            let id = format!("{}{i:08}", name[..1].to_uppercase());
            let tidy = list == 0 && !seen[person];
            seen[person] = true;
            maker.line(&mut out, &id, &people[person], tidy)?;
            writeln!(truth, "{name},{id},{person}")?;
        }
        out.flush()?;
    }
    truth.flush()?;
    Ok(())
}
