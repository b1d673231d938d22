//! Surat keputusan: a regent's or head's decision that names the recipients, with the list and the rule as annexes.

use chrono::NaiveDate;
use domain::{Rupiah, calendar::long_date, money::grouped};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::Column;

use crate::{
    Error, Listing, Printed,
    office::{Letterhead, Recipient, Signatory, capitalised, figure, printed},
    twin::{Leaf, recipient_columns, recipient_values},
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decree {
    pub letterhead: Letterhead,
    /// Whose decision: `Bupati Contoh`, `Kepala Dinas Sosial Kabupaten Contoh`.
    pub office: String,
    /// Empty before it is given: a dotted line.
    pub number: String,
    /// What follows TENTANG.
    pub subject: String,
    /// Menimbang a., b., c.
    pub considerations: Vec<String>,
    /// Mengingat 1., 2., 3.
    pub legal_bases: Vec<String>,
    /// Memperhatikan 1., 2.; may be empty.
    pub noted: Vec<String>,
    /// KESATU, KEDUA, ...
    pub decisions: Vec<String>,
    pub place: String,
    pub date: Option<NaiveDate>,
    pub signatory: Signatory,
    /// Tembusan, may be empty.
    pub copies: Vec<String>,
    /// Heading of the list: `Daftar Penerima Bantuan ...`.
    pub annex_title: String,
    pub rows: Vec<DecreeRow>,
    /// Adds the columns rank and score to the list and a second annex with the rule.
    pub criteria: Option<Criteria>,
    /// The digest of what was signed, in hexadecimal; printed at the foot instead of a fingerprint of the paper. Empty
    /// before it is signed.
    pub seal: String,
}

/// One recipient in the annex, frozen as of the signing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecreeRow {
    pub recipient: Recipient,
    /// `Paket sembako`; with an amount the amount alone may do.
    pub aid: String,
    pub amount: Option<Rupiah>,
    pub rank: Option<u32>,
    /// As printed: `82,5`.
    pub score: String,
}

/// The rule by which recipients were ranked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criteria {
    /// What the rule was applied to: list version, round, quota, ceiling. Name and value.
    pub facts: Vec<(String, String)>,
    pub rules: Vec<Criterion>,
    /// How ties are broken, who is left out: one paragraph each.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    pub name: String,
    /// How it is read from the data.
    pub measure: String,
    /// `30`, `40 %`.
    pub weight: String,
}

/// KESATU to KEDUA PULUH: as many decisions as a decree ever has.
const ORDINALS: [&str; 20] = [
    "KESATU",
    "KEDUA",
    "KETIGA",
    "KEEMPAT",
    "KELIMA",
    "KEENAM",
    "KETUJUH",
    "KEDELAPAN",
    "KESEMBILAN",
    "KESEPULUH",
    "KESEBELAS",
    "KEDUA BELAS",
    "KETIGA BELAS",
    "KEEMPAT BELAS",
    "KELIMA BELAS",
    "KEENAM BELAS",
    "KETUJUH BELAS",
    "KEDELAPAN BELAS",
    "KESEMBILAN BELAS",
    "KEDUA PULUH",
];

impl Decree {
    /// The sum of the amounts; `None` when no row has one.
    pub fn total(&self) -> Option<Rupiah> {
        self.rows.iter().filter_map(|row| row.amount).reduce(|sum, amount| sum + amount)
    }
}

impl Printed for Decree {
    fn template(&self) -> &'static str {
        "decree"
    }

    fn title(&self) -> String {
        format!("Keputusan {} tentang {}", self.office, self.subject)
    }

    fn view(&self) -> Result<Value, Error> {
        let decisions: Vec<_> =
            self.decisions.iter().zip(ORDINALS.iter().copied().chain(std::iter::repeat(""))).collect();
        Ok(json!({
            "letterhead": self.letterhead,
            "office": self.office,
            "number": self.number,
            "subject": self.subject,
            "considerations": self.considerations,
            "legal_bases": self.legal_bases,
            "noted": self.noted,
            "decisions": decisions,
            "place": self.place,
            "date": printed(self.date),
            "signatory": self.signatory.view(),
            "copies": self.copies,
            "annex_title": self.annex_title,
            "families": grouped(self.rows.len() as i64, '.'),
            "total": self.total().map(figure),
            "total_words": self.total().map(|total| capitalised(&total.in_words())),
            "criteria": self.criteria,
        }))
    }

    fn seal(&self) -> Option<&str> {
        Some(self.seal.as_str()).filter(|seal| !seal.is_empty())
    }

    fn listing(&self) -> Option<Listing> {
        let rows = self.rows.iter().enumerate().map(|(index, row)| {
            let who = &row.recipient;
            let aid = match row.amount {
                Some(amount) => [row.aid.as_str(), &amount.to_string()].join(" ").trim().to_owned(),
                None => row.aid.clone(),
            };
            let mut cells = vec![
                (index + 1).to_string(),
                who.name.clone(),
                who.nik.clone(),
                who.family_card.clone(),
                who.street(),
                who.village.clone(),
                who.subdistrict.clone(),
            ];
            if self.criteria.is_some() {
                cells.push(row.rank.map(|rank| rank.to_string()).unwrap_or_default());
                cells.push(row.score.clone());
            }
            cells.push(aid);
            cells
        });
        Some(Listing { rows: rows.collect(), amounts: Vec::new() })
    }

    fn leaves(&self) -> Vec<Leaf<'_>> {
        let mut columns = recipient_columns();
        if self.criteria.is_some() {
            columns.extend([Column::number("Peringkat"), Column::text("Skor").wide(9.0)]);
        }
        columns.extend([Column::text("Bantuan"), Column::rupiah("Jumlah (Rp)").summed()]);
        let rows = self.rows.iter().enumerate().map(|(index, row)| {
            let mut values = recipient_values(index, &row.recipient);
            if self.criteria.is_some() {
                values.extend([row.rank.map(i64::from).into(), row.score.as_str().into()]);
            }
            values.extend([row.aid.as_str().into(), row.amount.map(|amount| amount.0).into()]);
            values
        });
        let signed = match self.date {
            Some(date) => format!("Nomor {} tanggal {}", self.number, long_date(date)),
            None => String::new(),
        };
        vec![Leaf::new("Lampiran", vec![self.annex_title.clone(), self.title(), signed], columns, rows.collect())]
    }
}
