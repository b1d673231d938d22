//! What documents have in common: letterhead, signatures, people, budget lines, the decree they rest on.

use chrono::{NaiveDate, NaiveTime};
use domain::{
    Rupiah,
    calendar::{long_date, weekday},
    money::grouped,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The head of a letter. Empty lines are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// `Pemerintah Kabupaten Contoh`; for a decree of the regent `Bupati Contoh`.
    pub government: String,
    /// `Dinas Sosial`; for a decree of the regent the province.
    pub agency: String,
    pub address: String,
    /// Telephone, mail, web: one line.
    pub contact: String,
}

/// In which quality an official signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    #[default]
    InOffice,
    /// Pelaksana tugas: the office is vacant.
    Acting,
    /// Pelaksana harian: the holder is away.
    Daily,
}

/// Who signs. Documents print the name as given, titles and all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// `Kepala Dinas Sosial`, `Pejabat Pelaksana Teknis Kegiatan`.
    pub position: String,
    pub capacity: Capacity,
    /// `Bupati Contoh` when signing in that name (a.n.).
    pub on_behalf_of: Option<String>,
    /// Empty: a dotted line to write on.
    pub name: String,
    /// `Pembina Tingkat I (IV/b)`.
    pub rank: Option<String>,
    /// 18 digits; printed in the groups `YYYYMMDD YYYYMM S NNN`.
    pub nip: Option<String>,
}

impl Signatory {
    /// The lines above the signature: `a.n. Bupati Contoh` and `Plt. Kepala Dinas Sosial,`.
    fn titles(&self) -> Vec<String> {
        let position = format!("{},", self.title());
        match &self.on_behalf_of {
            Some(whom) => vec![format!("a.n. {whom}"), position],
            None => vec![position],
        }
    }

    /// `Plt. Kepala Dinas Sosial`.
    pub fn title(&self) -> String {
        let prefix = match self.capacity {
            Capacity::InOffice => "",
            Capacity::Acting => "Plt. ",
            Capacity::Daily => "Plh. ",
        };
        format!("{prefix}{}", self.position)
    }

    pub(crate) fn view(&self) -> Value {
        self.view_under(&[])
    }

    /// With lines of its own above the position (`PIHAK PERTAMA`, `Mengetahui,`).
    pub(crate) fn view_under(&self, above: &[&str]) -> Value {
        let position: Vec<String> = above.iter().map(|line| (*line).to_owned()).chain(self.titles()).collect();
        json!({ "position": position, "name": self.name, "rank": self.rank, "nip": self.nip_printed() })
    }

    pub(crate) fn nip_printed(&self) -> Option<String> {
        self.nip.as_deref().map(grouped_nip)
    }
}

/// `197504122001121003` as `19750412 200112 1 003`; anything else as it is.
fn grouped_nip(nip: &str) -> String {
    if nip.len() == 18 && nip.bytes().all(|b| b.is_ascii_digit()) {
        format!("{} {} {} {}", &nip[..8], &nip[8..14], &nip[14..15], &nip[15..])
    } else {
        nip.to_owned()
    }
}

/// A family as documents name it: by the person who stands for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    pub name: String,
    pub nik: String,
    /// Number of the family card.
    pub family_card: String,
    /// Street, house, hamlet, neighbourhood: `Dusun Damai RT 002 RW 001`.
    pub address: String,
    pub village: String,
    pub subdistrict: String,
}

impl Recipient {
    /// The address as one cell; `RT 002 RW 001` stays on one line.
    pub fn street(&self) -> String {
        self.address.trim().replace(" RW ", "\u{a0}RW\u{a0}").replace("RT ", "RT\u{a0}")
    }

    /// The whole address on one line.
    pub fn full_address(&self) -> String {
        let mut parts = vec![self.street()];
        if !self.village.is_empty() {
            parts.push(format!("Desa/Kel. {}", self.village));
        }
        if !self.subdistrict.is_empty() {
            parts.push(format!("Kec. {}", self.subdistrict));
        }
        parts.retain(|part| !part.is_empty());
        parts.join(", ")
    }
}

/// A numbered and dated document another one rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// `Keputusan Bupati Contoh`.
    pub kind: String,
    pub number: String,
    pub date: Option<NaiveDate>,
    /// What it is about, without `tentang`.
    pub about: String,
}

impl Basis {
    /// `Keputusan Bupati Contoh Nomor 460/112/2026 tanggal 3 Maret 2026 tentang ...`
    pub fn sentence(&self) -> String {
        let mut out = self.kind.clone();
        if !self.number.is_empty() {
            out.push_str(" Nomor ");
            out.push_str(&self.number);
        }
        if let Some(date) = self.date {
            out.push_str(" tanggal ");
            out.push_str(&long_date(date));
        }
        if !self.about.is_empty() {
            out.push_str(" tentang ");
            out.push_str(&self.about);
        }
        out
    }
}

/// The budget line money comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLine {
    pub sub_activity_code: String,
    pub sub_activity: String,
    pub account_code: String,
    pub account: String,
    /// `APBD Kabupaten`, `DBH CHT`.
    pub source_of_funds: String,
    pub fiscal_year: i32,
}

impl BudgetLine {
    pub(crate) fn coded_sub_activity(&self) -> String {
        [self.sub_activity_code.as_str(), &self.sub_activity].join(" ").trim().to_owned()
    }

    pub(crate) fn coded_account(&self) -> String {
        [self.account_code.as_str(), &self.account].join(" ").trim().to_owned()
    }

    pub(crate) fn view(&self) -> Value {
        json!({
            "sub_activity": self.coded_sub_activity(),
            "account": self.coded_account(),
            "source_of_funds": self.source_of_funds,
            "fiscal_year": self.fiscal_year.to_string(),
        })
    }
}

/// Where and when something is handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// `Penyaluran Bantuan Pangan Tahap I`.
    pub name: String,
    /// `Balai Desa Sukajaya`.
    pub venue: String,
    pub address: String,
    pub date: NaiveDate,
    pub starts: Option<NaiveTime>,
    pub ends: Option<NaiveTime>,
    /// `WIB`, `WITA`, `WIT`.
    pub zone: String,
}

impl Event {
    /// `08.00-12.00 WITA`, `08.00 WITA sampai selesai`; empty without a beginning.
    pub(crate) fn time(&self) -> String {
        let clock = |time: NaiveTime| time.format("%H.%M").to_string();
        match (self.starts, self.ends) {
            (Some(from), Some(to)) => format!("{}\u{2013}{} {}", clock(from), clock(to), self.zone),
            (Some(from), None) => format!("{} {} sampai selesai", clock(from), self.zone),
            (None, _) => String::new(),
        }
    }

    pub(crate) fn view(&self) -> Value {
        let venue = [self.venue.as_str(), &self.address]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        json!({
            "name": self.name,
            "venue": venue,
            "day": format!("{}, {}", weekday(self.date, false), long_date(self.date)),
            "time": self.time(),
        })
    }
}

/// An amount in a column headed (Rp): `1.500.000`.
pub(crate) fn figure(amount: Rupiah) -> String {
    grouped(amount.0, '.')
}

/// `Rp325.000,00 (Tiga Ratus Dua Puluh Lima Ribu Rupiah)`.
pub(crate) fn in_full(amount: Rupiah) -> String {
    format!("{amount},00 ({})", capitalised(&amount.in_words()))
}

/// A date as documents print it; none leaves room to write it in.
pub(crate) fn printed(date: Option<NaiveDate>) -> Value {
    date.map_or(Value::Null, |date| Value::String(long_date(date)))
}

/// Every word of an amount or date with a capital, as after `Rp325.000,00 (`.
pub(crate) fn capitalised(words: &str) -> String {
    words
        .split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acting_head_signs_in_the_regents_name() {
        let who = Signatory {
            position: "Kepala Dinas Sosial".into(),
            capacity: Capacity::Acting,
            on_behalf_of: Some("Bupati Contoh".into()),
            nip: Some("197504122001121003".into()),
            ..Signatory::default()
        };
        assert_eq!(who.titles(), ["a.n. Bupati Contoh", "Plt. Kepala Dinas Sosial,"]);
        assert_eq!(who.view()["nip"], "19750412 200112 1 003");
    }

    #[test]
    fn a_basis_reads_as_a_sentence_and_leaves_out_what_is_missing() {
        let basis = Basis {
            kind: "Keputusan Bupati Contoh".into(),
            number: "460/112/2026".into(),
            date: NaiveDate::from_ymd_opt(2026, 3, 3),
            about: "Penetapan Penerima".into(),
        };
        assert_eq!(
            basis.sentence(),
            "Keputusan Bupati Contoh Nomor 460/112/2026 tanggal 3 Maret 2026 tentang Penetapan Penerima"
        );
        assert_eq!(Basis { kind: "Surat Tugas".into(), ..Basis::default() }.sentence(), "Surat Tugas");
    }
}
