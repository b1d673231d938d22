//! Which village a row means: by Kemendagri or BPS code, else by names, inside the one district of the installation.
//!
//! The index is built from the area table (see [`AreaIndexBuilder`]) and asked once per row. It never guesses a spelling:
//! a name that is not found is said to be unknown.

use std::collections::{HashMap, HashSet};

use super::{Fault, cell::is_blank_char, recognise::distance};
use crate::area::{AreaCode, Level};

/// First two digits of the provinces that are or were (54: East Timor). A NIK of another province names no region.
const PROVINCES: [u8; 40] = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 72, 73, 74,
    75, 76, 81, 82, 91, 92, 93, 94, 95, 96, 97,
];

/// A country's worth of districts: below it, a district that is not in the table may simply not have been loaded.
const WHOLE_COUNTRY: usize = 500;

/// Which of the two official codings a code column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Coding {
    /// Ten digits `PPKKCCDDDD`, six for a kecamatan.
    Kemendagri,
    /// Ten digits with three for the kecamatan and three for the village, seven for a kecamatan.
    Bps,
    /// The format does not say.
    Open,
}

/// What a row says about where it belongs. Empty text where it says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    pub village_code: &'a str,
    pub subdistrict_code: &'a str,
    pub district_code: &'a str,
    pub district: &'a str,
    pub subdistrict: &'a str,
    pub village: &'a str,
}

/// The village found and what is to be said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub village: Option<AreaCode>,
    pub fault: Option<Fault>,
    /// Where names and code differ: the village the names mean. Where nothing was found: the only village with a name much like it.
    pub other: Option<AreaCode>,
}

impl Found {
    const fn at(village: AreaCode) -> Self {
        Self { village: Some(village), fault: None, other: None }
    }

    const fn none(fault: Fault) -> Self {
        Self { village: None, fault: Some(fault), other: None }
    }

    const fn with(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }
}

/// The district's areas, ready to be asked by code and by name.
#[derive(Clone, Debug)]
pub struct AreaIndex {
    district: AreaCode,
    district_digits: String,
    district_bps: Option<String>,
    district_keys: HashSet<String>,
    villages: HashSet<i64>,
    bps: HashMap<String, AreaCode>,
    former: HashMap<i64, AreaCode>,
    subdistrict_keys: HashMap<String, Vec<AreaCode>>,
    names: HashMap<String, Vec<AreaCode>>,
    /// By the names they once had; asked only where nothing is called so now.
    former_subdistrict_keys: HashMap<String, Vec<AreaCode>>,
    former_names: HashMap<String, Vec<AreaCode>>,
    /// Kecamatan a NIK can begin with, as six digits; present and former.
    issuers: HashSet<u32>,
    issuing_districts: HashSet<u32>,
    issuing_provinces: HashSet<u8>,
    whole_country: bool,
}

/// Collects areas of any level from anywhere; villages count only inside the district.
#[derive(Debug)]
pub struct AreaIndexBuilder {
    index: AreaIndex,
}

impl AreaIndexBuilder {
    /// Adds an area with its name and, when the bridging table has it, its BPS code.
    pub fn add(&mut self, code: AreaCode, name: &str, bps: Option<&str>) -> &mut Self {
        let index = &mut self.index;
        let number = code.number();
        index.issuing_provinces.insert((number / 100_000_000) as u8);
        let bps = bps.map(digits).filter(|bps| !bps.is_empty());
        match code.level() {
            Level::Province => {}
            Level::District => {
                if code == index.district {
                    index.district_bps = bps;
                    index.district_keys.insert(district_key(name));
                }
            }
            Level::Subdistrict => {
                index.issuers.insert((number / 10_000) as u32);
                index.issuing_districts.insert((number / 1_000_000) as u32);
                if index.district.contains(code) {
                    index.subdistrict_keys.entry(place_key(name)).or_default().push(code);
                    if let Some(bps) = bps {
                        index.bps.insert(bps, code);
                    }
                }
            }
            Level::Village => {
                if index.district.contains(code) {
                    index.names.entry(place_key(name)).or_default().push(code);
                    index.villages.insert(number);
                    if let Some(bps) = bps {
                        index.bps.insert(bps, code);
                    }
                }
            }
        }
        self
    }

    /// Adds a code that is no longer in use, with its BPS code, and the area it became; `None` when it lies outside the district.
    pub fn add_former(&mut self, code: AreaCode, bps: Option<&str>, now: Option<AreaCode>) -> &mut Self {
        let number = code.number();
        if code.level() >= Level::Subdistrict {
            self.index.issuers.insert((number / 10_000) as u32);
            self.index.issuing_districts.insert((number / 1_000_000) as u32);
        }
        self.index.issuing_provinces.insert((number / 100_000_000) as u8);
        if let Some(now) = now.filter(|now| self.index.district.contains(*now)) {
            self.index.former.insert(number, now);
            if let Some(bps) = bps.map(digits).filter(|bps| !bps.is_empty()) {
                self.index.bps.entry(bps).or_insert(now);
            }
        }
        self
    }

    /// Adds a name that an area of the district once had.
    pub fn add_former_name(&mut self, now: AreaCode, name: &str) -> &mut Self {
        let index = &mut self.index;
        let keys = match now.level() {
            Level::Subdistrict => &mut index.former_subdistrict_keys,
            Level::Village => &mut index.former_names,
            _ => return self,
        };
        if index.district.contains(now) {
            let areas = keys.entry(place_key(name)).or_default();
            if !areas.contains(&now) {
                areas.push(now);
            }
        }
        self
    }

    pub fn build(mut self) -> AreaIndex {
        self.index.whole_country = self.index.issuing_districts.len() >= WHOLE_COUNTRY;
        self.index
    }
}

impl AreaIndex {
    /// Starts an index for one district.
    pub fn builder(district: AreaCode) -> AreaIndexBuilder {
        let district = district.district();
        AreaIndexBuilder {
            index: Self {
                district,
                district_digits: format!("{:04}", district.number() / 1_000_000),
                district_bps: None,
                district_keys: HashSet::new(),
                villages: HashSet::new(),
                bps: HashMap::new(),
                former: HashMap::new(),
                subdistrict_keys: HashMap::new(),
                names: HashMap::new(),
                former_subdistrict_keys: HashMap::new(),
                former_names: HashMap::new(),
                issuers: HashSet::new(),
                issuing_districts: HashSet::new(),
                issuing_provinces: HashSet::new(),
                whole_country: false,
            },
        }
    }

    pub const fn district(&self) -> AreaCode {
        self.district
    }

    /// Does a NIK's beginning name a kecamatan that is or was? Where only the own district was loaded, kecamatan of other
    /// districts are taken on trust.
    pub fn issues_nik(&self, first_six: u32) -> bool {
        if self.issuers.contains(&first_six) {
            return true;
        }
        let district = first_six / 100;
        self.province_known((first_six / 10_000) as u8)
            && !self.issuing_districts.contains(&district)
            && !self.whole_country
            && district != (self.district.number() / 1_000_000) as u32
    }

    fn province_known(&self, province: u8) -> bool {
        PROVINCES.contains(&province) || self.issuing_provinces.contains(&province)
    }

    /// The village a row means. `has_codes`: the format has code columns, so that going by name is worth a note.
    pub fn resolve(&self, place: &Place<'_>, coding: Coding, has_codes: bool) -> Found {
        let code = digits(place.village_code);
        // where the format leaves the coding open, Kemendagri is tried first: names may speak for the other
        let (first, second) = match coding {
            Coding::Kemendagri | Coding::Open => (Coding::Kemendagri, Coding::Bps),
            Coding::Bps => (Coding::Bps, Coding::Kemendagri),
        };
        let own = self.by_code(&code, first);
        let other = self.by_code(&code, second);
        let named = self.by_names(place);
        let differs = |village: AreaCode| match &named {
            Named::One(by_name) => *by_name != village,
            Named::None { subdistrict } => subdistrict.is_some_and(|at| at != village.subdistrict()),
            Named::Several => false,
        };
        match (own, other) {
            (Some(village), _) if !differs(village) => {
                let found = Found::at(village);
                if coding == Coding::Open { found.with(Fault::AreaCodingGuessed) } else { found }
            }
            (own, Some(village)) if !differs(village) && (own.is_none() || named.points_to(village)) => {
                Found::at(village).with(Fault::AreaCodingGuessed)
            }
            (Some(village), _) | (None, Some(village)) => {
                let other = if let Named::One(by_name) = named { Some(by_name) } else { None };
                Found { other, ..Found::at(village).with(Fault::AreaNameConflict) }
            }
            (None, None) => self.without_code(place, &code, named, has_codes),
        }
    }

    fn without_code(&self, place: &Place<'_>, code: &str, named: Named, has_codes: bool) -> Found {
        if self.code_is_elsewhere(code) {
            return Found::none(Fault::AreaOutsideDistrict);
        }
        let coarser = [place.subdistrict_code, place.district_code].map(digits);
        if code.is_empty() && coarser.iter().any(|code| self.code_is_elsewhere(code)) {
            return Found::none(Fault::AreaOutsideDistrict);
        }
        let district = district_key(place.district);
        let other_district =
            !district.is_empty() && !self.district_keys.is_empty() && !self.district_keys.contains(&district);
        match named {
            _ if other_district => Found::none(Fault::AreaOutsideDistrict),
            Named::One(village) => {
                let found = Found::at(village);
                if has_codes { found.with(Fault::AreaByName) } else { found }
            }
            Named::Several => Found::none(Fault::AreaAmbiguous),
            Named::None { subdistrict } => {
                let near = self.nearest(place.village, subdistrict).or_else(|| self.nearest(place.village, None));
                Found { other: near, ..Found::none(Fault::AreaUnknown) }
            }
        }
    }

    /// The one village whose name is written almost like this, in the kecamatan where it is known: a suggestion, no reading.
    fn nearest(&self, village: &str, subdistrict: Option<AreaCode>) -> Option<AreaCode> {
        let key = place_key(village);
        let length = key.chars().count();
        let most = 1 + length / 6;
        if !(3..=60).contains(&length) {
            return None;
        }
        let mut near: Vec<(usize, AreaCode)> = self
            .names
            .iter()
            .flat_map(|(name, villages)| villages.iter().map(move |village| (name, *village)))
            .filter(|(_, village)| subdistrict.is_none_or(|at| village.subdistrict() == at))
            // a name much longer or shorter is not written almost like this
            .filter(|(name, _)| name.chars().count().abs_diff(length) <= most)
            .map(|(name, village)| (distance(&key, name), village))
            .filter(|(distance, _)| *distance <= most)
            .collect();
        near.sort_unstable();
        match near[..] {
            [(_, only)] => Some(only),
            [(first, only), (second, _), ..] if first < second => Some(only),
            _ => None,
        }
    }

    /// A code of at least a district's length whose district is not ours in either coding.
    fn code_is_elsewhere(&self, code: &str) -> bool {
        matches!(code.len(), 4 | 6 | 7 | 10)
            && code[..2].parse().is_ok_and(|province| self.province_known(province))
            && !code.starts_with(&self.district_digits)
            && !self.district_bps.as_deref().is_some_and(|bps| code.starts_with(bps))
            && !self.bps.contains_key(code)
    }

    fn by_code(&self, code: &str, coding: Coding) -> Option<AreaCode> {
        if code.len() != 10 {
            return None;
        }
        let kemendagri = || {
            let number: i64 = code.parse().ok()?;
            if self.villages.contains(&number) {
                return AreaCode::from_number(number);
            }
            self.former.get(&number).copied().filter(|now| now.level() == Level::Village)
        };
        let bps = || self.bps.get(code).copied().filter(|area| area.level() == Level::Village);
        match coding {
            Coding::Kemendagri => kemendagri(),
            Coding::Bps => bps(),
            Coding::Open => kemendagri().or_else(bps),
        }
    }

    fn by_names(&self, place: &Place<'_>) -> Named {
        match self.among(place, &self.names) {
            // nothing is called so now: it may have been once
            none @ Named::None { .. } => match self.among(place, &self.former_names) {
                Named::None { .. } => none,
                found => found,
            },
            found => found,
        }
    }

    fn among(&self, place: &Place<'_>, names: &HashMap<String, Vec<AreaCode>>) -> Named {
        let village_key = place_key(place.village);
        let said = place_key(place.subdistrict);
        let called = self.subdistrict_keys.get(&said).or_else(|| self.former_subdistrict_keys.get(&said));
        let by_code = self.subdistrict_of(&digits(place.subdistrict_code));
        let subdistrict = match called.map(Vec::as_slice).unwrap_or_default() {
            [only] => Some(*only),
            _ => by_code,
        };
        let candidates = names.get(&village_key).map(Vec::as_slice).unwrap_or_default();
        if said.is_empty() && subdistrict.is_none() {
            return match candidates {
                [] => Named::None { subdistrict: None },
                [only] => Named::One(*only),
                _ => Named::Several,
            };
        }
        let mut inside = candidates.iter().filter(|village| Some(village.subdistrict()) == subdistrict);
        match (inside.next(), inside.next()) {
            (Some(only), None) => Named::One(*only),
            (Some(_), Some(_)) => Named::Several,
            (None, _) => Named::None { subdistrict },
        }
    }

    fn subdistrict_of(&self, code: &str) -> Option<AreaCode> {
        match code.len() {
            7 => self.bps.get(code).copied(),
            6 => code.parse().ok().filter(|area: &AreaCode| self.district.contains(*area)),
            _ => None,
        }
    }
}

/// What the names of a row point to.
#[derive(Clone, Copy)]
enum Named {
    One(AreaCode),
    Several,
    None { subdistrict: Option<AreaCode> },
}

impl Named {
    fn points_to(&self, village: AreaCode) -> bool {
        matches!(self, Self::One(by_name) if *by_name == village)
    }
}

/// A code cell as digits: dots, blanks and a trailing `.0` of a number dropped; empty when anything else is in it.
pub fn digits(code: &str) -> String {
    let code = code.trim_matches(|c: char| is_blank_char(c) || c == '\'');
    let code = match code.strip_suffix(".0") {
        Some(head) if !head.contains('.') => head,
        _ => code,
    };
    let mut out = String::with_capacity(10);
    for c in code.chars() {
        match c {
            '0'..='9' => out.push(c),
            '.' | '-' => {}
            c if is_blank_char(c) => {}
            _ => return String::new(),
        }
    }
    out
}

/// A code told in parts - province, district, kecamatan, village, each in a column of its own - made whole. Parts that
/// already hold the ones before them are taken as they stand; others are filled with zeros to their width.
pub fn whole_codes(parts: [&str; 4], coding: Coding) -> [String; 4] {
    let parts = parts.map(digits);
    let bps = match coding {
        Coding::Bps => true,
        Coding::Kemendagri => false,
        Coding::Open => matches!(parts[2].len(), 3 | 7),
    };
    let widths = if bps { [2, 2, 3, 3] } else { [2, 2, 2, 4] };
    // the codes above, as long as none is missing
    let mut above = Some(String::new());
    let mut full = 0;
    let mut whole: [String; 4] = Default::default();
    for ((part, width), out) in parts.into_iter().zip(widths).zip(&mut whole) {
        full += width;
        *out = match &above {
            Some(above) if !part.is_empty() && part.len() <= width => format!("{above}{part:0>width$}"),
            _ => part,
        };
        above = (out.len() == full).then(|| out.clone());
    }
    whole
}

/// Words before a place name that do not belong to it.
const PLACE_WORDS: [&str; 6] = ["KELURAHAN", "KEL", "DESA", "DS", "KECAMATAN", "KEC"];

/// The comparison key of a village or kecamatan name: upper case, letters and digits, without KEL./DESA/DS./KEC.
pub fn place_key(name: &str) -> String {
    let upper = name.to_uppercase();
    let mut words = upper.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let mut key = String::with_capacity(upper.len());
    let mut first = true;
    while let Some(word) = words.next() {
        let prefix = first && words.peek().is_some() && PLACE_WORDS.contains(&word);
        first = false;
        if !prefix {
            key.push_str(word);
        }
    }
    key
}

/// The key of a district: `KAB. CONTOH` and `KABUPATEN CONTOH` are one, `KOTA CONTOH` another; bare `CONTOH` is a kabupaten.
fn district_key(name: &str) -> String {
    let upper = name.to_uppercase();
    let mut words = upper.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let mut key = String::new();
    if words.peek().is_some_and(|word| matches!(*word, "KAB" | "KABUPATEN" | "ADM" | "ADMINISTRASI")) {
        words.next();
    }
    words.for_each(|word| key.push_str(word));
    key
}
