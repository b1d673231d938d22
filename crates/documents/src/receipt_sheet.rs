//! Tanda terima: the sheet recipients sign, in numbered places that alternate left and right so that neighbours have room.

use chrono::NaiveDate;
use domain::money::grouped;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::Column;

use crate::{
    Error, Listing, Printed,
    office::{Basis, Event, Letterhead, Recipient, Signatory, printed},
    twin::{Leaf, recipient_columns, recipient_values},
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSheet {
    pub letterhead: Letterhead,
    pub programme: String,
    pub event: Event,
    pub decree: Option<Basis>,
    pub rows: Vec<Receipt>,
    pub place: String,
    pub date: Option<NaiveDate>,
    /// Who handed over.
    pub officer: Signatory,
    /// Who saw it: the village head, say.
    pub witness: Signatory,
}

/// One recipient's line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub recipient: Recipient,
    /// `1 paket`, `Rp1.500.000`.
    pub aid: String,
    /// Who received instead, of the same family card.
    pub proxy: Option<Proxy>,
    /// Printed in the place for the signature when the receipt was given on a device: `09.14, tanda tangan digital`.
    pub recorded: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proxy {
    pub name: String,
    /// `istri`, `anak`.
    pub relation: String,
}

impl Printed for ReceiptSheet {
    fn template(&self) -> &'static str {
        "receipt_sheet"
    }

    fn title(&self) -> String {
        format!("Tanda Terima {}", self.event.name)
    }

    fn view(&self) -> Result<Value, Error> {
        Ok(json!({
            "letterhead": self.letterhead,
            "programme": self.programme,
            "event": self.event.view(),
            "decree": self.decree.as_ref().map(Basis::sentence),
            "families": grouped(self.rows.len() as i64, '.'),
            "place": self.place,
            "date": printed(self.date),
            "officer": self.officer.view(),
            "witness": self.witness.view_under(&["Saksi,"]),
        }))
    }

    fn listing(&self) -> Option<Listing> {
        let rows = self.rows.iter().enumerate().map(|(index, row)| {
            let who = &row.recipient;
            let address = [who.street(), who.village.clone()].into_iter().filter(|part| !part.is_empty());
            vec![
                (index + 1).to_string(),
                who.name.clone(),
                who.nik.clone(),
                address.collect::<Vec<_>>().join(", "),
                row.aid.clone(),
                row.proxy.as_ref().map(|proxy| format!("{} ({})", proxy.name, proxy.relation)).unwrap_or_default(),
                row.recorded.clone(),
            ]
        });
        Some(Listing { rows: rows.collect(), amounts: Vec::new() })
    }

    fn leaves(&self) -> Vec<Leaf<'_>> {
        let mut columns = recipient_columns();
        columns.extend([
            Column::text("Jenis/Jumlah"),
            Column::text("Wakil"),
            Column::text("Hubungan").wide(14.0),
            Column::text("Tercatat"),
        ]);
        let rows = self.rows.iter().enumerate().map(|(index, row)| {
            let mut values = recipient_values(index, &row.recipient);
            values.extend([
                row.aid.as_str().into(),
                row.proxy.as_ref().map(|proxy| proxy.name.as_str()).into(),
                row.proxy.as_ref().map(|proxy| proxy.relation.as_str()).into(),
                row.recorded.as_str().into(),
            ]);
            values
        });
        vec![Leaf::new("Tanda terima", vec![self.title(), self.programme.clone()], columns, rows.collect())]
    }
}
