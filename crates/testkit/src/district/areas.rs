//! Areas of the made-up district 99.01: fixed for every seed, so that texts and tests can name them.
//!
//! Kemendagri codes and BPS codes number the same villages differently (BPS by alphabet, and with old splits), as in
//! life: only the table made here bridges them. Two names occur in two kecamatan each.

use std::sync::LazyLock;

use domain::AreaCode;

use super::dice::Dice;

/// What the land gives: decides livelihoods, houses and water.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landscape {
    Town,
    Rice,
    Hills,
    Plantation,
    Coast,
    Swamp,
}

/// Where a family's names come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Custom {
    Javanese,
    Sundanese,
    Malay,
    Bugis,
    Minang,
    Batak,
    Balinese,
    Dayak,
    Eastern,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VillageKind {
    Desa,
    Kelurahan,
}

impl VillageKind {
    /// The word of the level column in an areas file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Desa => "desa",
            Self::Kelurahan => "kelurahan",
        }
    }
}

/// A kecamatan.
#[derive(Clone, Debug)]
pub struct Subdistrict {
    pub name: &'static str,
    pub code: AreaCode,
    /// Seven digits.
    pub bps: String,
    pub landscape: Landscape,
    /// How much better off than the district, as a difference of logarithms of consumption.
    pub prosperity: f64,
    /// Share of the district's families, relative.
    pub weight: f64,
    /// Place on the schematic map, 0 to 1 from west to east and from north to south.
    pub place: (f64, f64),
    pub customs: &'static [(Custom, f64)],
}

/// A desa or kelurahan.
#[derive(Clone, Debug)]
pub struct Village {
    /// Position in [`Areas::villages`].
    pub index: usize,
    pub name: &'static str,
    pub kind: VillageKind,
    pub code: AreaCode,
    /// Ten digits.
    pub bps: String,
    /// Position in [`Areas::subdistricts`].
    pub subdistrict: usize,
    /// Position among the villages of its kecamatan.
    pub slot: usize,
    /// Of the village itself, its kecamatan's included.
    pub prosperity: f64,
    pub weight: f64,
    pub hamlets: [&'static str; 4],
}

pub struct Areas {
    pub subdistricts: Vec<Subdistrict>,
    pub villages: Vec<Village>,
}

impl Areas {
    pub fn subdistrict_of(&self, village: usize) -> &Subdistrict {
        &self.subdistricts[self.villages[village].subdistrict]
    }

    pub fn villages_of(&self, subdistrict: usize) -> impl Iterator<Item = &Village> {
        self.villages.iter().filter(move |village| village.subdistrict == subdistrict)
    }
}

pub const PROVINCE: &str = "Provinsi Contoh";
pub const DISTRICT: &str = "Kabupaten Contoh";

/// A neighbouring area: known by name, without villages of its own in the areas file.
pub struct Neighbour {
    pub code: &'static str,
    pub bps: &'static str,
    pub level: &'static str,
    pub name: &'static str,
    pub parent: &'static str,
}

/// People came from there, and now and then a list carries a row of theirs. Province 88 is as unused as 99; its numbers
/// still fit a spreadsheet's float.
pub const NEIGHBOURS: [Neighbour; 11] = [
    neighbour("99.02", "9902", "kabupaten", "Kabupaten Tetangga", "99"),
    neighbour("99.02.01", "9902010", "kecamatan", "Tetangga Utara", "99.02"),
    neighbour("99.02.02", "9902020", "kecamatan", "Tetangga Selatan", "99.02"),
    neighbour("99.02.03", "9902030", "kecamatan", "Simpang Tetangga", "99.02"),
    neighbour("88", "88", "provinsi", "Provinsi Seberang", ""),
    neighbour("88.01", "8801", "kabupaten", "Kabupaten Seberang", "88"),
    neighbour("88.01.01", "8801010", "kecamatan", "Seberang Ulu", "88.01"),
    neighbour("88.01.02", "8801020", "kecamatan", "Seberang Ilir", "88.01"),
    neighbour("88.01.03", "8801030", "kecamatan", "Pulau Seberang", "88.01"),
    neighbour("88.01.04", "8801040", "kecamatan", "Kuala Seberang", "88.01"),
    neighbour("88.01.05", "8801050", "kecamatan", "Seberang Kota", "88.01"),
];

const fn neighbour(
    code: &'static str,
    bps: &'static str,
    level: &'static str,
    name: &'static str,
    parent: &'static str,
) -> Neighbour {
    Neighbour { code, bps, level, name, parent }
}

/// Villages of the neighbour, as they stray into lists: kecamatan, village, Kemendagri code, BPS code.
pub const STRAY_VILLAGES: [(&str, &str, &str, &str); 4] = [
    ("Tetangga Utara", "Sungai Batas", "99.02.01.2001", "9902010001"),
    ("Tetangga Utara", "Tapal Jaya", "99.02.01.2004", "9902010004"),
    ("Tetangga Selatan", "Lubuk Tetangga", "99.02.02.2002", "9902020002"),
    ("Simpang Tetangga", "Simpang Empat", "99.02.03.2003", "9902030003"),
];

/// A kecamatan before codes are given. Villages: kelurahan first, then desa, divided by `|`.
struct Plan {
    name: &'static str,
    bps: u32,
    landscape: Landscape,
    prosperity: f64,
    weight: f64,
    place: (f64, f64),
    customs: &'static [(Custom, f64)],
    kelurahan: &'static str,
    desa: &'static str,
}

const JAVA: &[(Custom, f64)] = &[(Custom::Javanese, 0.80), (Custom::Sundanese, 0.14), (Custom::Balinese, 0.06)];
const MIXED: &[(Custom, f64)] = &[
    (Custom::Javanese, 0.34),
    (Custom::Malay, 0.22),
    (Custom::Sundanese, 0.14),
    (Custom::Minang, 0.12),
    (Custom::Bugis, 0.10),
    (Custom::Batak, 0.08),
];
const SHORE: &[(Custom, f64)] = &[(Custom::Bugis, 0.46), (Custom::Malay, 0.42), (Custom::Javanese, 0.12)];
const INLAND: &[(Custom, f64)] = &[(Custom::Malay, 0.40), (Custom::Dayak, 0.34), (Custom::Javanese, 0.26)];
const UPLAND: &[(Custom, f64)] =
    &[(Custom::Sundanese, 0.36), (Custom::Javanese, 0.28), (Custom::Batak, 0.20), (Custom::Minang, 0.16)];
const ESTATE: &[(Custom, f64)] =
    &[(Custom::Javanese, 0.52), (Custom::Batak, 0.22), (Custom::Eastern, 0.14), (Custom::Malay, 0.12)];

const PLANS: [Plan; 15] = [
    Plan {
        name: "Kota Contoh",
        bps: 10,
        landscape: Landscape::Town,
        prosperity: 0.27,
        weight: 1.55,
        place: (0.56, 0.52),
        customs: MIXED,
        kelurahan: "Pasar Lama|Kampung Baru|Contoh Kota|Alun-Alun|Bandar Sari|Kebun Kelapa|Wonokerto|Melati Jaya",
        desa: "Sidomulyo|Karang Tengah|Sumber Agung|Tegal Arum",
    },
    Plan {
        name: "Sukamaju",
        bps: 20,
        landscape: Landscape::Rice,
        prosperity: 0.13,
        weight: 1.20,
        place: (0.40, 0.52),
        customs: JAVA,
        kelurahan: "Sukamaju",
        desa: "Sukamaju Wetan|Sukamaju Kidul|Sukoharjo|Sido Makmur|Margo Mulyo|Purwosari|Mekar Jaya|Karanganom|Jati Wangi",
    },
    Plan {
        name: "Tirtasari",
        bps: 30,
        landscape: Landscape::Rice,
        prosperity: 0.09,
        weight: 1.10,
        place: (0.73, 0.49),
        customs: JAVA,
        kelurahan: "Tirtasari",
        desa: "Tirtasari Kulon|Tirtasari Wetan|Tirto Mulyo|Banyu Urip|Sumber Waras|Bendungan|Tambak Rejo|Kali Bening|Suka Damai",
    },
    Plan {
        name: "Karangasri",
        bps: 40,
        landscape: Landscape::Rice,
        prosperity: 0.03,
        weight: 1.05,
        place: (0.22, 0.57),
        customs: JAVA,
        kelurahan: "",
        desa: "Karangasri|Karang Jati|Karang Duwur|Karang Rejo|Wono Asri|Tegal Sari|Sumur Bandung|Rejo Sari|Kebon Agung|Pring Sewu",
    },
    Plan {
        name: "Bukit Rukun",
        bps: 50,
        landscape: Landscape::Hills,
        prosperity: -0.05,
        weight: 0.80,
        place: (0.13, 0.37),
        customs: UPLAND,
        kelurahan: "",
        desa: "Bukit Rukun|Bukit Indah|Bukit Tinjau|Cikondang|Sindang Rasa|Cipanas Baru|Pasir Laya|Lebak Sari|Puncak Rukun",
    },
    Plan {
        name: "Muara Jernih",
        bps: 60,
        landscape: Landscape::Coast,
        prosperity: -0.26,
        weight: 1.00,
        place: (0.50, 0.86),
        customs: SHORE,
        kelurahan: "",
        desa: "Muara Jernih Hulu|Muara Jernih Hilir|Muara Jernih Tengah|Kuala Jernih|Tanjung Bakau|Pulau Rengas|Teluk Ketapang|Sungai Lais|Pematang Panjang|Muara Baru",
    },
    Plan {
        name: "Padang Sejuk",
        bps: 70,
        landscape: Landscape::Hills,
        prosperity: 0.00,
        weight: 0.85,
        place: (0.75, 0.25),
        customs: UPLAND,
        kelurahan: "",
        desa: "Padang Sejuk|Padang Luas|Koto Sejuk|Simpang Padang|Batang Air|Ladang Panjang|Rimba Sejuk|Aek Jernih|Suka Damai",
    },
    Plan {
        name: "Lembah Asri",
        bps: 80,
        landscape: Landscape::Hills,
        prosperity: 0.03,
        weight: 0.90,
        place: (0.53, 0.15),
        customs: UPLAND,
        kelurahan: "",
        desa: "Lembah Asri|Lembah Hijau|Lembah Damai|Ciasri|Sukasari|Mandala Sari|Cibeureum|Pasir Angin|Kampung Tengah",
    },
    Plan {
        name: "Rawa Elok",
        bps: 90,
        landscape: Landscape::Swamp,
        prosperity: -0.23,
        weight: 0.90,
        place: (0.68, 0.71),
        customs: INLAND,
        kelurahan: "",
        desa: "Rawa Elok|Rawa Indah|Rawa Bening|Tanjung Rawa|Danau Seluluk|Sungai Purun|Teluk Gelam|Lubuk Siam|Handil Makmur|Mekar Jaya",
    },
    Plan {
        name: "Tanjung Damai",
        bps: 100,
        landscape: Landscape::Coast,
        prosperity: -0.20,
        weight: 0.90,
        place: (0.86, 0.68),
        customs: SHORE,
        kelurahan: "",
        desa: "Tanjung Damai|Tanjung Harapan|Tanjung Layar|Batu Karang|Labuhan Pasir|Ujung Tanjung|Teluk Nibung|Pasir Putih|Kuala Damai|Tanjung Pinggir",
    },
    Plan {
        name: "Gunung Sari",
        bps: 110,
        landscape: Landscape::Hills,
        prosperity: 0.06,
        weight: 0.85,
        place: (0.30, 0.17),
        customs: UPLAND,
        kelurahan: "",
        desa: "Gunung Sari|Gunung Geulis|Sari Mukti|Wanasari|Giri Mulyo|Cisarua Girang|Kaki Gunung|Margaluyu",
    },
    Plan {
        name: "Sumber Rejo",
        bps: 120,
        landscape: Landscape::Plantation,
        prosperity: 0.08,
        weight: 1.05,
        place: (0.90, 0.42),
        customs: ESTATE,
        kelurahan: "",
        desa: "Sumber Rejo|Sumber Makmur|Sumber Sari|Kebun Raya|Afdeling Satu|Mulyo Rejo|Bangun Rejo|Trans Bakti|Sawit Permai|Simpang Kebun",
    },
    Plan {
        name: "Pantai Teduh",
        bps: 130,
        landscape: Landscape::Coast,
        prosperity: -0.10,
        weight: 0.90,
        place: (0.28, 0.79),
        customs: SHORE,
        kelurahan: "",
        desa: "Pantai Teduh|Pantai Cermin|Teluk Teduh|Kampung Nelayan|Bagan Kuala|Pasir Panjang|Nipah Rimbun|Tambak Indah|Pelabuhan Lama",
    },
    Plan {
        name: "Sendang Mulyo",
        bps: 35,
        landscape: Landscape::Rice,
        prosperity: -0.02,
        weight: 1.00,
        place: (0.50, 0.34),
        customs: JAVA,
        kelurahan: "",
        desa: "Sendang Mulyo|Sendang Ayu|Sendang Agung|Mulyo Asri|Tulung Rejo|Wates Kidul|Ngadirejo|Panca Karya|Sri Basuki|Banjar Sari",
    },
    Plan {
        name: "Batu Rukun",
        bps: 55,
        landscape: Landscape::Plantation,
        prosperity: -0.07,
        weight: 0.85,
        place: (0.29, 0.37),
        customs: ESTATE,
        kelurahan: "",
        desa: "Batu Rukun|Batu Putih|Batu Gajah|Simpang Batu|Rukun Jaya|Bakti Mulya|Harapan Makmur|Kebun Rukun|Air Batu",
    },
];

const HAMLETS: [&str; 20] = [
    "Krajan",
    "Mekarsari",
    "Sidodadi",
    "Karanganyar",
    "Melati",
    "Mawar",
    "Cempaka",
    "Kenanga",
    "Harapan",
    "Makmur",
    "Damai",
    "Sejahtera",
    "Tengah",
    "Hilir",
    "Hulu",
    "Baru",
    "Lama",
    "Simpang",
    "Rukun",
    "Mulya",
];

static AREAS: LazyLock<Areas> = LazyLock::new(build);

/// The areas of district 99.01.
pub fn areas() -> &'static Areas {
    &AREAS
}

fn build() -> Areas {
    let mut dice = Dice::new(9901, 0);
    let mut subdistricts = Vec::new();
    let mut villages: Vec<Village> = Vec::new();
    for (at, plan) in PLANS.iter().enumerate() {
        let number = 9_901_000_000 + (at as i64 + 1) * 10_000;
        subdistricts.push(Subdistrict {
            name: plan.name,
            code: code(number),
            bps: format!("9901{:03}", plan.bps),
            landscape: plan.landscape,
            prosperity: plan.prosperity,
            weight: plan.weight,
            place: plan.place,
            customs: plan.customs,
        });
        let mut slot = 0;
        let first = villages.len();
        for (kind, names, base) in
            [(VillageKind::Kelurahan, plan.kelurahan, 1001), (VillageKind::Desa, plan.desa, 2001)]
        {
            for (within, name) in names.split('|').filter(|name| !name.is_empty()).enumerate() {
                let start = dice.below(HAMLETS.len());
                villages.push(Village {
                    index: villages.len(),
                    name,
                    kind,
                    code: code(number + base + within as i64),
                    bps: String::new(),
                    subdistrict: at,
                    slot,
                    prosperity: plan.prosperity + 0.09 * dice.bell(),
                    weight: plan.weight * (0.65 + 0.9 * dice.unit()),
                    hamlets: [0, 7, 11, 16].map(|step| HAMLETS[(start + step) % HAMLETS.len()]),
                });
                slot += 1;
            }
        }
        // BPS numbers the villages by alphabet
        let mut order: Vec<usize> = (first..villages.len()).collect();
        order.sort_by_key(|index| villages[*index].name);
        for (place, index) in order.into_iter().enumerate() {
            villages[index].bps = format!("9901{:03}{:03}", plan.bps, place + 1);
        }
    }
    Areas { subdistricts, villages }
}

fn code(number: i64) -> AreaCode {
    AreaCode::from_number(number).expect("the plan's numbers are codes: a test reads them all")
}

/// The rows of the areas file, from the top down: Kemendagri code, BPS code, level, name, parent.
pub fn rows() -> Vec<[String; 5]> {
    let row = |code: &str, bps: &str, level: &str, name: &str, parent: &str| {
        [code, bps, level, name, parent].map(str::to_owned)
    };
    let areas = areas();
    let mut rows = vec![row("99", "99", "provinsi", PROVINCE, ""), row("99.01", "9901", "kabupaten", DISTRICT, "99")];
    rows.extend(areas.subdistricts.iter().map(|s| row(&s.code.to_string(), &s.bps, "kecamatan", s.name, "99.01")));
    rows.extend(areas.villages.iter().map(|v| {
        let parent = areas.subdistricts[v.subdistrict].code.to_string();
        row(&v.code.to_string(), &v.bps, v.kind.as_str(), v.name, &parent)
    }));
    rows.extend(NEIGHBOURS.iter().map(|n| row(n.code, n.bps, n.level, n.name, n.parent)));
    rows
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::Level;

    use super::*;

    #[test]
    fn fifteen_kecamatan_of_eight_to_twelve_villages_with_codes_that_cannot_be_mixed_up() {
        let areas = areas();
        assert_eq!(areas.subdistricts.len(), 15);
        for (at, subdistrict) in areas.subdistricts.iter().enumerate() {
            let count = areas.villages_of(at).count();
            assert!((8..=12).contains(&count), "{}: {count} villages", subdistrict.name);
        }
        let mut codes = BTreeSet::new();
        for row in rows() {
            assert!(codes.insert(row[0].clone()), "{} twice", row[0]);
            let read: AreaCode = row[0].parse().unwrap();
            assert_eq!(read.parent().map(|p| p.to_string()).unwrap_or_default(), row[4]);
        }
        // ten digits of one coding are never ten digits of the other
        let kemendagri: BTreeSet<String> = areas.villages.iter().map(|v| v.code.number().to_string()).collect();
        let bps: BTreeSet<String> = areas.villages.iter().map(|v| v.bps.clone()).collect();
        assert_eq!(bps.len(), areas.villages.len());
        assert!(kemendagri.is_disjoint(&bps));
        assert!(areas.villages.iter().all(|v| v.code.level() == Level::Village && v.bps.len() == 10));
    }
}
