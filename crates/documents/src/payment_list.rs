//! Daftar nominatif: who is paid what from which budget line, summed per page and in all, in figures and in words.

use chrono::NaiveDate;
use domain::{Rupiah, money::grouped};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::Column;

use crate::{
    Error, Listing, Printed,
    office::{Basis, BudgetLine, Letterhead, Recipient, Signatory, capitalised, figure, printed},
    twin::{Leaf, money, recipient_columns, recipient_values},
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentList {
    pub letterhead: Letterhead,
    /// Number of the list, may be empty.
    pub number: String,
    pub programme: String,
    /// `Tahap I`, `Triwulan IV`.
    pub stage: String,
    pub budget: BudgetLine,
    /// The decree that names the recipients.
    pub decree: Option<Basis>,
    /// What may be spent; printed with what the list leaves of it or lacks.
    pub ceiling: Option<Rupiah>,
    pub rows: Vec<Payment>,
    pub place: String,
    pub date: Option<NaiveDate>,
    /// PPTK.
    pub activity_officer: Signatory,
    /// Bendahara pengeluaran.
    pub treasurer: Signatory,
    /// Pengguna anggaran.
    pub budget_user: Signatory,
}

/// One line of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    pub recipient: Recipient,
    /// Bank account or card (KKS); empty for cash.
    pub account: String,
    pub amount: Rupiah,
    pub note: String,
}

impl PaymentList {
    pub fn total(&self) -> Rupiah {
        self.rows.iter().map(|row| row.amount).sum()
    }
}

impl Printed for PaymentList {
    fn template(&self) -> &'static str {
        "payment_list"
    }

    fn title(&self) -> String {
        format!("Daftar Nominatif {} {}", self.programme, self.stage).trim().to_owned()
    }

    fn view(&self) -> Result<Value, Error> {
        let total = self.total();
        Ok(json!({
            "letterhead": self.letterhead,
            "number": self.number,
            "programme": self.programme,
            "stage": self.stage,
            "budget": self.budget.view(),
            "decree": self.decree.as_ref().map(Basis::sentence),
            "families": grouped(self.rows.len() as i64, '.'),
            "total": figure(total),
            "total_words": capitalised(&total.in_words()),
            "ceiling": self.ceiling.map(figure),
            "left": self.ceiling.map(|ceiling| figure(Rupiah((ceiling - total).0.abs()))),
            "over": self.ceiling.is_some_and(|ceiling| total > ceiling),
            "place": self.place,
            "date": printed(self.date),
            "activity_officer": self.activity_officer.view(),
            "treasurer": self.treasurer.view(),
            "budget_user": self.budget_user.view_under(&["Mengetahui,"]),
        }))
    }

    fn listing(&self) -> Option<Listing> {
        let rows = self.rows.iter().enumerate().map(|(index, row)| {
            let who = &row.recipient;
            vec![
                (index + 1).to_string(),
                who.name.clone(),
                who.nik.clone(),
                who.family_card.clone(),
                who.street(),
                who.village.clone(),
                who.subdistrict.clone(),
                row.account.clone(),
                figure(row.amount),
                row.note.clone(),
            ]
        });
        Some(Listing { rows: rows.collect(), amounts: self.rows.iter().map(|row| row.amount).collect() })
    }

    fn leaves(&self) -> Vec<Leaf<'_>> {
        let mut columns = recipient_columns();
        columns.extend([
            Column::text("No Rekening/KKS"),
            Column::rupiah("Jumlah (Rp)").summed(),
            Column::text("Keterangan"),
        ]);
        let rows = self.rows.iter().enumerate().map(|(index, row)| {
            let mut values = recipient_values(index, &row.recipient);
            values.extend([row.account.as_str().into(), money(row.amount), row.note.as_str().into()]);
            values
        });
        let titles = vec![
            self.title(),
            self.budget.coded_sub_activity(),
            self.budget.coded_account(),
            self.decree.as_ref().map(Basis::sentence).unwrap_or_default(),
        ];
        vec![Leaf::new("Daftar nominatif", titles, columns, rows.collect())]
    }
}
