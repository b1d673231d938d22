//! Standardisation: what is written differently and means the same is written the same, before anything is compared.
//!
//! Every reading takes one field as it came and gives a text, a number or a date, or nothing. What a reading does is chosen
//! column by column ([`Read`]), so lists in another language or with other habits need configuration, not code.

pub mod date;
pub mod name;
pub mod number;
pub mod place;

use serde::{Deserialize, Serialize};

pub use name::NameRules;
pub use number::NumberRules;

/// How a field is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Read {
    /// As it is, ends trimmed.
    AsIs,
    /// Letters and digits in capitals, everything else one blank.
    Folded,
    /// The name of a person.
    Name(NameRules),
    /// A village, district or town.
    Area,
    /// A street or hamlet, without house-number words and RT/RW.
    Street,
    /// A small number without leading zeros (RT, RW).
    Number,
    /// RT written inside an address.
    Rt,
    /// RW written inside an address.
    Rw,
    /// One of a few words: `(as written, in capitals; as meant)`. A word not listed is nothing.
    Code(Vec<(String, String)>),
    /// A number of up to sixteen digits.
    Digits(NumberRules),
    /// A date.
    Date,
    /// The date of birth inside a NIK; the field holds years up to this one of the present century (two digits), and of the
    /// last century otherwise.
    BirthInNik {
        /// The last two digits of the latest year of the present century.
        latest: u8,
    },
}

impl Read {
    /// Sex as Indonesian lists write it: `L` or `P`.
    pub fn sex() -> Self {
        let codes = "L LAKI LAKI-LAKI LAKI2 LELAKI PRIA M 1=L P PEREMPUAN WANITA W F 2=P";
        let mut list = Vec::new();
        let mut open: Vec<&str> = Vec::new();
        for word in codes.split(' ') {
            let (word, end) = word.split_once('=').map_or((word, None), |(w, to)| (w, Some(to)));
            open.push(word);
            if let Some(to) = end {
                list.extend(open.drain(..).map(|from| (from.to_owned(), to.to_owned())));
            }
        }
        Self::Code(list)
    }
}

/// A [`Read`] that gives texts, made ready.
#[derive(Clone, Debug)]
pub(crate) enum TextReader {
    AsIs,
    Folded,
    Name(name::NameReader),
    Area,
    Street,
    Number,
    Rt,
    Rw,
    Code(Vec<(String, String)>),
}

impl TextReader {
    /// Nothing for readings that give numbers or dates.
    pub fn new(read: &Read) -> Option<Self> {
        Some(match read {
            Read::AsIs => Self::AsIs,
            Read::Folded => Self::Folded,
            Read::Name(rules) => Self::Name(name::NameReader::new(rules)),
            Read::Area => Self::Area,
            Read::Street => Self::Street,
            Read::Number => Self::Number,
            Read::Rt => Self::Rt,
            Read::Rw => Self::Rw,
            Read::Code(codes) => Self::Code(codes.clone()),
            Read::Digits(_) | Read::Date | Read::BirthInNik { .. } => return None,
        })
    }

    /// Writes the standard form of `raw` into `out`, which is emptied first.
    pub fn read(&self, raw: &str, out: &mut String) {
        match self {
            Self::AsIs => {
                out.clear();
                out.push_str(raw.trim());
            }
            Self::Folded => place::folded(raw, out),
            Self::Name(reader) => reader.read(raw, out),
            Self::Area => place::area(raw, out),
            Self::Street => place::street(raw, out),
            Self::Number => place::number(raw, out),
            Self::Rt => place::rt_rw(raw, false, out),
            Self::Rw => place::rt_rw(raw, true, out),
            Self::Code(codes) => {
                out.clear();
                let raw = raw.trim();
                if let Some((_, meant)) = codes.iter().find(|(written, _)| written.eq_ignore_ascii_case(raw)) {
                    out.push_str(meant);
                }
            }
        }
    }
}

/// The date of birth inside a NIK as a packed date.
pub(crate) fn birth_in_nik(raw: &str, latest: u8) -> u32 {
    let Some((year, month, day, _)) = number::birth(number::read(raw, NumberRules::INDONESIAN)) else { return 0 };
    let year = if year > u32::from(latest) { 1900 + year } else { 2000 + year };
    date::pack(year, month, day)
}
