//! Undangan: two or three to a sheet, to be cut apart. Each carries an opaque code as QR and a short number to say aloud.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::Column;

use crate::{
    Error, Printed,
    office::{Event, Letterhead, Recipient, Signatory, printed},
    qr,
    twin::{Leaf, number},
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitations {
    pub letterhead: Letterhead,
    /// Number of the letter, may be empty.
    pub number: String,
    /// What is handed over: `Bantuan Langsung Tunai Tahap I sebesar Rp1.500.000`.
    pub aid: String,
    pub event: Event,
    /// What to bring: `KTP asli`, `Kartu Keluarga asli`.
    pub bring: Vec<String>,
    pub per_sheet: PerSheet,
    pub place: String,
    pub date: Option<NaiveDate>,
    pub signatory: Signatory,
    pub invitations: Vec<Invitation>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PerSheet {
    #[default]
    Two,
    Three,
}

/// One family's invitation. It shows no NIK and no family card number: it may be lost on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub recipient: Recipient,
    /// What the QR code says: opaque, never a NIK or a name.
    pub token: String,
    /// Short number printed under it, for when the code cannot be scanned: `A-0117`.
    pub number: String,
    /// Own hour or counter of this family: `Pukul 09.00-10.00, Loket 2`. Empty: that of the event.
    pub slot: String,
}

impl Printed for Invitations {
    fn template(&self) -> &'static str {
        "invitations"
    }

    fn title(&self) -> String {
        format!("Undangan {}", self.event.name)
    }

    fn view(&self) -> Result<Value, Error> {
        let invitations: Vec<Value> = self
            .invitations
            .iter()
            .map(|invitation| {
                Ok(json!({
                    "name": invitation.recipient.name,
                    "address": invitation.recipient.full_address(),
                    "number": invitation.number,
                    "slot": invitation.slot,
                    "qr": qr::svg(&invitation.token)?,
                }))
            })
            .collect::<Result<_, Error>>()?;
        Ok(json!({
            "letterhead": self.letterhead,
            "number": self.number,
            "aid": self.aid,
            "event": self.event.view(),
            "bring": self.bring,
            "per_sheet": match self.per_sheet { PerSheet::Two => 2, PerSheet::Three => 3 },
            "place": self.place,
            "date": printed(self.date),
            "signatory": self.signatory.view(),
            "invitations": invitations,
        }))
    }

    /// Who is invited when, without any number of a person and without the codes.
    fn leaves(&self) -> Vec<Leaf<'_>> {
        let columns = vec![
            Column::number("No").wide(6.0),
            Column::text("Nomor undangan").wide(16.0),
            Column::text("Nama").wide(30.0),
            Column::text("Alamat").wide(60.0),
            Column::text("Waktu").wide(32.0),
        ];
        let time = self.event.time();
        let rows = self.invitations.iter().enumerate().map(move |(index, invitation)| {
            let when = if invitation.slot.is_empty() { time.clone() } else { invitation.slot.clone() };
            vec![
                number(index),
                invitation.number.as_str().into(),
                invitation.recipient.name.as_str().into(),
                invitation.recipient.full_address().into(),
                when.into(),
            ]
        });
        vec![Leaf::new("Undangan", vec![self.title()], columns, rows.collect())]
    }
}
