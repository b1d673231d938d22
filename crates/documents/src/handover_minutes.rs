//! Berita acara serah terima (BAST): who handed what to whom, in what condition, worth how much, and who answers for it since.

use chrono::NaiveDate;
use domain::{
    Rupiah,
    calendar::{date_in_words, long_date},
    money::{grouped, number_in_words},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::Column;

use crate::{
    Error, Listing, Printed,
    office::{Basis, Letterhead, Recipient, Signatory, capitalised, figure, in_full},
    twin::{Leaf, money, number, recipient_columns, recipient_values},
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverMinutes {
    pub letterhead: Letterhead,
    pub number: String,
    /// What follows BERITA ACARA SERAH TERIMA: `Bantuan Peralatan Usaha`.
    pub subject: String,
    pub date: NaiveDate,
    /// Where it took place.
    pub venue: String,
    /// Town for the line above the signatures.
    pub place: String,
    /// Decrees and contracts the handover rests on.
    pub bases: Vec<Basis>,
    pub first: FirstParty,
    pub second: SecondParty,
    pub goods: Vec<Goods>,
    /// Paragraphs after the list; [`HandoverMinutes::usual_statements`] has the common ones.
    pub statements: Vec<String>,
    /// Mengetahui, may be none.
    pub acknowledged_by: Option<Signatory>,
    /// Annex: the families that received under these minutes. Empty: no annex.
    pub recipients: Vec<HandoverRow>,
}

/// Pihak Pertama: the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstParty {
    pub signatory: Signatory,
    /// `Dinas Sosial Kabupaten Contoh`.
    pub on_behalf_of: String,
    pub address: String,
}

/// Pihak Kedua: the recipient, or who receives for a group or a village.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondParty {
    pub name: String,
    pub nik: String,
    /// `Penerima bantuan`, `Ketua kelompok`.
    pub position: String,
    pub address: String,
    /// Whom he receives for; empty: himself.
    pub on_behalf_of: String,
}

/// One line of the goods handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    pub name: String,
    pub specification: String,
    pub quantity: i64,
    /// `unit`, `paket`, `kg`.
    pub unit: String,
    /// `Baik`, `Baru`.
    pub condition: String,
    /// Of one; none for cash.
    pub price: Option<Rupiah>,
    pub value: Rupiah,
}

/// One family in the annex.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverRow {
    pub recipient: Recipient,
    /// What it received: `1 paket`.
    pub received: String,
    pub value: Rupiah,
    /// `Diwakili istri`, may be empty.
    pub note: String,
}

impl HandoverMinutes {
    pub fn total(&self) -> Rupiah {
        self.goods.iter().map(|goods| goods.value).sum()
    }

    /// Condition, responsibility, use: what nearly all handovers state.
    pub fn usual_statements() -> Vec<String> {
        [
            "Barang tersebut telah diperiksa bersama dan diterima oleh PIHAK KEDUA dalam jumlah yang cukup dan keadaan baik.",
            "Sejak berita acara ini ditandatangani, tanggung jawab atas penyimpanan, penggunaan, dan pemeliharaan barang \
             beralih kepada PIHAK KEDUA.",
            "PIHAK KEDUA menggunakan barang sesuai dengan peruntukannya dan tidak memindahtangankannya kepada pihak lain.",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

impl Printed for HandoverMinutes {
    fn template(&self) -> &'static str {
        "handover_minutes"
    }

    fn title(&self) -> String {
        format!("Berita Acara Serah Terima {}", self.subject)
    }

    fn view(&self) -> Result<Value, Error> {
        let goods: Vec<Value> = self
            .goods
            .iter()
            .enumerate()
            .map(|(index, goods)| {
                json!([
                    (index + 1).to_string(),
                    goods.name,
                    goods.specification,
                    format!("{} ({}) {}", grouped(goods.quantity, '.'), number_in_words(goods.quantity), goods.unit),
                    goods.condition,
                    goods.price.map(figure).unwrap_or_default(),
                    figure(goods.value),
                ])
            })
            .collect();
        let annex_total: Rupiah = self.recipients.iter().map(|row| row.value).sum();
        Ok(json!({
            "letterhead": self.letterhead,
            "number": self.number,
            "subject": self.subject,
            "day": date_in_words(self.date),
            "day_short": self.date.format("%d-%m-%Y").to_string(),
            "date": long_date(self.date),
            "venue": self.venue,
            "place": self.place,
            "bases": self.bases.iter().map(Basis::sentence).collect::<Vec<_>>(),
            "first": {
                "name": self.first.signatory.name,
                "nip": self.first.signatory.nip_printed(),
                "position": self.first.signatory.title(),
                "on_behalf_of": self.first.on_behalf_of,
                "address": self.first.address,
            },
            "second": self.second,
            "goods": goods,
            "total": figure(self.total()),
            "total_full": in_full(self.total()),
            "statements": self.statements,
            "sign_first": self.first.signatory.view_under(&["PIHAK PERTAMA"]),
            "sign_second": { "position": ["PIHAK KEDUA", format!("{},", self.second.position)], "name": self.second.name, "rank": null, "nip": null },
            "acknowledged_by": self.acknowledged_by.as_ref().map(|who| who.view_under(&["Mengetahui,"])),
            "families": grouped(self.recipients.len() as i64, '.'),
            "annex_total": figure(annex_total),
            "annex_words": capitalised(&annex_total.in_words()),
        }))
    }

    fn listing(&self) -> Option<Listing> {
        if self.recipients.is_empty() {
            return None;
        }
        let rows = self.recipients.iter().enumerate().map(|(index, row)| {
            let who = &row.recipient;
            vec![
                (index + 1).to_string(),
                who.name.clone(),
                who.nik.clone(),
                who.family_card.clone(),
                who.street(),
                who.village.clone(),
                who.subdistrict.clone(),
                row.received.clone(),
                figure(row.value),
                row.note.clone(),
            ]
        });
        Some(Listing { rows: rows.collect(), amounts: self.recipients.iter().map(|row| row.value).collect() })
    }

    fn leaves(&self) -> Vec<Leaf<'_>> {
        let titles = vec![self.title(), format!("Nomor {}", self.number)];
        let goods = self.goods.iter().enumerate().map(|(index, goods)| {
            vec![
                number(index),
                goods.name.as_str().into(),
                goods.specification.as_str().into(),
                goods.quantity.into(),
                goods.unit.as_str().into(),
                goods.condition.as_str().into(),
                goods.price.map(|price| price.0).into(),
                money(goods.value),
            ]
        });
        let columns = vec![
            Column::number("No").wide(6.0),
            Column::text("Nama barang"),
            Column::text("Spesifikasi").wide(30.0),
            Column::number("Jumlah"),
            Column::text("Satuan").wide(12.0),
            Column::text("Kondisi").wide(12.0),
            Column::rupiah("Harga satuan (Rp)"),
            Column::rupiah("Nilai (Rp)").summed(),
        ];
        let mut leaves = vec![Leaf::new("Barang", titles.clone(), columns, goods.collect())];
        if !self.recipients.is_empty() {
            let mut columns = recipient_columns();
            columns.extend([
                Column::text("Yang diterima"),
                Column::rupiah("Nilai (Rp)").summed(),
                Column::text("Keterangan"),
            ]);
            let rows = self.recipients.iter().enumerate().map(|(index, row)| {
                let mut values = recipient_values(index, &row.recipient);
                values.extend([row.received.as_str().into(), money(row.value), row.note.as_str().into()]);
                values
            });
            leaves.push(Leaf::new("Penerima", titles, columns, rows.collect()));
        }
        leaves
    }
}
