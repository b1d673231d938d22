//! Reading area lists: our own layout with both codings, and the published national layout (one file a level).
//!
//! Own layout: `kemendagri_code,bps_code,level,name,parent`, level one of provinsi, kabupaten, kota, kecamatan, desa,
//! kelurahan. National layout: `code,name` (provinces) or `code,<parent>_code,name` (the three levels below).
//!
//! Codes that changed: `former_code,code,former_name` (or `kode_lama,kode_baru,nama_lama`), the name where it is known.

use crate::{AreaCode, Level};

/// One area as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaLine {
    pub code: AreaCode,
    pub bps_code: Option<String>,
    /// provinsi, kabupaten, kota, kecamatan, desa, kelurahan
    pub kind: &'static str,
    pub name: String,
}

/// A code that is no longer in use, and the area it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerLine {
    pub former: AreaCode,
    pub now: AreaCode,
    /// What it was called.
    pub name: Option<String>,
}

/// Why a line of an area list cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AreaLineFault {
    #[error("{0:?} is no area code")]
    Code(String),
    #[error("{0:?} is no level (provinsi, kabupaten, kota, kecamatan, desa, kelurahan)")]
    Kind(String),
    #[error("the code {code} does not fit the level {kind}")]
    LevelMismatch { code: String, kind: String },
    #[error("the code {code} does not lie in its parent {parent}")]
    Parent { code: String, parent: String },
    #[error("no name")]
    Name,
    #[error("{former} and {now} are not of one level")]
    OtherLevel { former: String, now: String },
}

/// Which columns a header has, by position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    Own { code: usize, bps: usize, kind: usize, name: usize, parent: usize },
    National { code: usize, parent: Option<usize>, name: usize },
}

impl Layout {
    /// Recognises the layout by its header; `None` when it is neither.
    pub fn of_header<S: AsRef<str>>(header: &[S]) -> Option<Self> {
        let at = |wanted: &str| {
            header.iter().position(|h| h.as_ref().trim().trim_start_matches('\u{feff}').eq_ignore_ascii_case(wanted))
        };
        if let (Some(code), Some(bps), Some(kind), Some(name), Some(parent)) =
            (at("kemendagri_code"), at("bps_code"), at("level"), at("name"), at("parent"))
        {
            return Some(Self::Own { code, bps, kind, name, parent });
        }
        let parent = ["province_code", "regency_code", "district_code"].into_iter().find_map(at);
        Some(Self::National { code: at("code")?, parent, name: at("name")? })
    }

    /// Reads one line.
    pub fn read<S: AsRef<str>>(&self, cells: &[S]) -> Result<AreaLine, AreaLineFault> {
        let cell = |at: usize| cells.get(at).map_or("", |c| c.as_ref().trim());
        let (code, bps, kind, name, parent) = match self {
            Self::Own { code, bps, kind, name, parent } => {
                (cell(*code), Some(cell(*bps)), Some(cell(*kind)), cell(*name), Some(cell(*parent)))
            }
            Self::National { code, parent, name } => (cell(*code), None, None, cell(*name), parent.map(cell)),
        };
        let read: AreaCode = code.parse().map_err(|_| AreaLineFault::Code(code.to_owned()))?;
        let kind = match kind {
            Some(word) => kind_word(word).ok_or_else(|| AreaLineFault::Kind(word.to_owned()))?,
            None => kind_of(read),
        };
        if level_of(kind) != read.level() {
            return Err(AreaLineFault::LevelMismatch { code: code.to_owned(), kind: kind.to_owned() });
        }
        if let Some(parent) = parent.filter(|p| !p.is_empty())
            && parent.parse::<AreaCode>().ok() != read.parent()
        {
            return Err(AreaLineFault::Parent { code: code.to_owned(), parent: parent.to_owned() });
        }
        if name.is_empty() {
            return Err(AreaLineFault::Name);
        }
        let bps_code = bps.map(|b| b.replace('.', "")).filter(|b| !b.is_empty());
        Ok(AreaLine { code: read, bps_code, kind, name: name.to_owned() })
    }
}

/// Where a list of former codes has its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerLayout {
    former: usize,
    now: usize,
    name: Option<usize>,
}

impl FormerLayout {
    /// Recognises a list of former codes by its header.
    pub fn of_header<S: AsRef<str>>(header: &[S]) -> Option<Self> {
        let at = |wanted: [&str; 2]| {
            header.iter().position(|h| {
                let h = h.as_ref().trim().trim_start_matches('\u{feff}');
                wanted.iter().any(|wanted| h.eq_ignore_ascii_case(wanted))
            })
        };
        Some(Self {
            former: at(["former_code", "kode_lama"])?,
            now: at(["code", "kode_baru"])?,
            name: at(["former_name", "nama_lama"]),
        })
    }

    /// Reads one line.
    pub fn read<S: AsRef<str>>(&self, cells: &[S]) -> Result<FormerLine, AreaLineFault> {
        let cell = |at: usize| cells.get(at).map_or("", |c| c.as_ref().trim());
        let code = |at: usize| cell(at).parse::<AreaCode>().map_err(|_| AreaLineFault::Code(cell(at).to_owned()));
        let (former, now) = (code(self.former)?, code(self.now)?);
        if former.level() != now.level() {
            return Err(AreaLineFault::OtherLevel { former: former.to_string(), now: now.to_string() });
        }
        let name = self.name.map(cell).filter(|name| !name.is_empty()).map(str::to_owned);
        Ok(FormerLine { former, now, name })
    }
}

fn kind_word(word: &str) -> Option<&'static str> {
    ["provinsi", "kabupaten", "kota", "kecamatan", "desa", "kelurahan"]
        .into_iter()
        .find(|k| k.eq_ignore_ascii_case(word))
}

fn level_of(kind: &str) -> Level {
    match kind {
        "provinsi" => Level::Province,
        "kabupaten" | "kota" => Level::District,
        "kecamatan" => Level::Subdistrict,
        _ => Level::Village,
    }
}

/// What a Kemendagri code says of itself: cities are numbered from 71, kelurahan 1xxx, desa 2xxx.
fn kind_of(code: AreaCode) -> &'static str {
    match code.level() {
        Level::Province => "provinsi",
        Level::District if code.number() / 1_000_000 % 100 >= 71 => "kota",
        Level::District => "kabupaten",
        Level::Subdistrict => "kecamatan",
        Level::Village if code.number() % 10_000 / 1_000 == 1 => "kelurahan",
        Level::Village => "desa",
    }
}

/// The key by which areas are matched by name: upper case, one blank between words, without DESA, KEL. and the like.
pub fn area_name_key(name: &str) -> String {
    const PREFIXES: [&str; 14] = [
        "DESA",
        "DS",
        "KELURAHAN",
        "KEL",
        "KECAMATAN",
        "KEC",
        "KABUPATEN",
        "KAB",
        "KOTA",
        "PROVINSI",
        "PROV",
        "GAMPONG",
        "NAGARI",
        "PEKON",
    ];
    let upper = name.to_uppercase();
    let words: Vec<&str> = upper.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let rest = match words.split_first() {
        // a village may be called "Kota Contoh": only drop what leaves a name
        Some((first, rest)) if PREFIXES.contains(first) && *first != "KOTA" && !rest.is_empty() => rest,
        _ => &words,
    };
    rest.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_layouts_are_read() {
        let own = Layout::of_header(&["kemendagri_code", "bps_code", "level", "name", "parent"]).expect("own");
        let line =
            own.read(&["99.01.02.2003", "9901020003", "desa", "Muara Jernih Hilir", "99.01.02"]).expect("a village");
        assert_eq!((line.kind, line.bps_code.as_deref()), ("desa", Some("9901020003")));
        let national = Layout::of_header(&["code", "district_code", "name"]).expect("national");
        let line = national.read(&["99.01.02.1001", "99.01.02", "Kota Lama"]).expect("a kelurahan");
        assert_eq!((line.kind, line.bps_code), ("kelurahan", None));
        assert_eq!(national.read(&["99.71", "99", "KOTA CONTOH"]).expect("a city").kind, "kota");
        assert_eq!(Layout::of_header(&["nama", "kode"]), None);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let own = Layout::of_header(&["kemendagri_code", "bps_code", "level", "name", "parent"]).expect("own");
        assert!(matches!(own.read(&["99.01", "", "desa", "X", "99"]), Err(AreaLineFault::LevelMismatch { .. })));
        assert!(matches!(own.read(&["99.01.02.2001", "", "desa", "X", "99.01.03"]), Err(AreaLineFault::Parent { .. })));
        assert!(matches!(own.read(&["xx", "", "desa", "X", ""]), Err(AreaLineFault::Code(_))));
        assert_eq!(own.read(&["99", "99", "provinsi", " ", ""]), Err(AreaLineFault::Name));
    }

    #[test]
    fn former_codes_are_read_in_both_languages() {
        let layout = FormerLayout::of_header(&["kode_lama", "kode_baru", "nama_lama"]).expect("former codes");
        let line = layout.read(&["99.01.02.2003", "99.01.05.2001", "Muara Lama"]).expect("a village");
        assert_eq!((line.former.to_string(), line.name.as_deref()), ("99.01.02.2003".to_owned(), Some("Muara Lama")));
        assert!(matches!(layout.read(&["99.01.02", "99.01.05.2001", ""]), Err(AreaLineFault::OtherLevel { .. })));
        assert!(FormerLayout::of_header(&["former_code", "code"]).is_some());
        assert!(FormerLayout::of_header(&["code", "district_code", "name"]).is_none());
    }

    #[test]
    fn names_are_matched_without_what_kind_of_area_it_is() {
        assert_eq!(area_name_key("Ds. Karang-Asri  Lor"), "KARANG ASRI LOR");
        assert_eq!(area_name_key("KEL. Kota Lama"), "KOTA LAMA");
        assert_eq!(area_name_key("Kota Contoh"), "KOTA CONTOH");
    }
}
