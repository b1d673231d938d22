//! Berita acara musyawarah desa/kelurahan: what the village decided about a list, family by family, and who was there.

use chrono::NaiveDate;
use domain::{
    calendar::{date_in_words, long_date},
    money::grouped,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::Column;

use crate::{
    Error, Listing, Printed,
    office::{Letterhead, Recipient, Signatory},
    twin::{Leaf, number, recipient_columns, recipient_values},
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliberationMinutes {
    pub letterhead: Letterhead,
    pub number: String,
    /// `Musyawarah Desa` or `Musyawarah Kelurahan`.
    pub kind: String,
    /// `Desa Sukajaya, Kecamatan Tanjung Makmur, Kabupaten Contoh`.
    pub area: String,
    pub date: NaiveDate,
    /// `09.00 sampai 11.30 WITA`.
    pub time: String,
    pub venue: String,
    pub place: String,
    /// Rules and letters it rests on.
    pub bases: Vec<String>,
    /// The list gone through: `Daftar calon penerima DTSEN 2025-4`.
    pub list: String,
    pub families_before: i64,
    /// Taken out, by reason.
    pub removed: Vec<(String, i64)>,
    pub added: i64,
    /// Agreed points, one paragraph each.
    pub decisions: Vec<String>,
    pub participants: Vec<Participant>,
    /// The families with what was decided on each. Empty: no annex.
    pub rows: Vec<DeliberationRow>,
    pub village_head: Signatory,
    /// Chair of the village council (BPD).
    pub council_chair: Signatory,
    pub community: Signatory,
    pub note_taker: Signatory,
    /// Camat, may be none.
    pub acknowledged_by: Option<Signatory>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    pub name: String,
    /// `Ketua RT 003`, `Pendamping PKH`.
    pub role: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliberationRow {
    pub recipient: Recipient,
    /// `Layak`, `Tidak layak`, `Tambahan`.
    pub outcome: String,
    pub reason: String,
}

impl DeliberationMinutes {
    pub fn families_after(&self) -> i64 {
        self.families_before - self.removed.iter().map(|(_, count)| count).sum::<i64>() + self.added
    }
}

impl Printed for DeliberationMinutes {
    fn template(&self) -> &'static str {
        "deliberation_minutes"
    }

    fn title(&self) -> String {
        format!("Berita Acara {} {}", self.kind, self.area)
    }

    fn view(&self) -> Result<Value, Error> {
        let removed: i64 = self.removed.iter().map(|(_, count)| count).sum();
        Ok(json!({
            "letterhead": self.letterhead,
            "number": self.number,
            "kind": self.kind,
            "area": self.area,
            "day": date_in_words(self.date),
            "day_short": self.date.format("%d-%m-%Y").to_string(),
            "date": long_date(self.date),
            "time": self.time,
            "venue": self.venue,
            "place": self.place,
            "bases": self.bases,
            "list": self.list,
            "before": grouped(self.families_before, '.'),
            "removed": grouped(removed, '.'),
            "reasons": self.removed.iter().map(|(reason, count)| (reason, grouped(*count, '.'))).collect::<Vec<_>>(),
            "added": grouped(self.added, '.'),
            "after": grouped(self.families_after(), '.'),
            "decisions": self.decisions,
            "participants": self.participants.iter().enumerate().map(|(index, person)| {
                [(index + 1).to_string(), person.name.clone(), person.role.clone()]
            }).collect::<Vec<_>>(),
            "attendance": grouped(self.participants.len() as i64, '.'),
            "village_head": self.village_head.view(),
            "council_chair": self.council_chair.view(),
            "community": self.community.view(),
            "note_taker": self.note_taker.view(),
            "acknowledged_by": self.acknowledged_by.as_ref().map(|who| who.view_under(&["Mengetahui,"])),
        }))
    }

    fn listing(&self) -> Option<Listing> {
        if self.rows.is_empty() {
            return None;
        }
        let rows = self.rows.iter().enumerate().map(|(index, row)| {
            let who = &row.recipient;
            vec![
                (index + 1).to_string(),
                who.name.clone(),
                who.nik.clone(),
                who.family_card.clone(),
                who.street(),
                row.outcome.clone(),
                row.reason.clone(),
            ]
        });
        Some(Listing { rows: rows.collect(), amounts: Vec::new() })
    }

    fn leaves(&self) -> Vec<Leaf<'_>> {
        let titles = vec![self.title(), self.list.clone()];
        let mut leaves = Vec::new();
        if !self.rows.is_empty() {
            let mut columns = recipient_columns();
            columns.extend([Column::text("Hasil").wide(14.0), Column::text("Alasan").wide(50.0)]);
            let rows = self.rows.iter().enumerate().map(|(index, row)| {
                let mut values = recipient_values(index, &row.recipient);
                values.extend([row.outcome.as_str().into(), row.reason.as_str().into()]);
                values
            });
            leaves.push(Leaf::new("Hasil", titles.clone(), columns, rows.collect()));
        }
        if !self.participants.is_empty() {
            let columns = vec![
                Column::number("No").wide(6.0),
                Column::text("Nama").wide(30.0),
                Column::text("Unsur/jabatan").wide(30.0),
            ];
            let rows =
                self.participants.iter().enumerate().map(|(index, person)| {
                    vec![number(index), person.name.as_str().into(), person.role.as_str().into()]
                });
            leaves.push(Leaf::new("Daftar hadir", titles, columns, rows.collect()));
        }
        leaves
    }
}
