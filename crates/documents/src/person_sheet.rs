//! Lembar data pribadi: everything the office holds of one person, for that person: what, from whom, for what purpose, who
//! looked and to whom it was given (UU 27/2022 on the protection of personal data).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::Column;

use crate::{
    Error, Printed,
    office::{Letterhead, Signatory},
    twin::Leaf,
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonSheet {
    pub letterhead: Letterhead,
    pub name: String,
    /// The law it is given by, in one sentence.
    pub basis: String,
    /// What is held: label and value.
    pub facts: Vec<(String, String)>,
    pub parts: Vec<SheetPart>,
    /// What the person may ask for.
    pub rights: Vec<String>,
    pub place: String,
    pub date: String,
    pub officer: Signatory,
}

/// One table of the sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetPart {
    pub title: String,
    /// Title and share of the width.
    pub columns: Vec<(String, u32)>,
    pub rows: Vec<Vec<String>>,
    /// Said where there are no rows.
    pub none: String,
}

impl Printed for PersonSheet {
    fn template(&self) -> &'static str {
        "person_sheet"
    }

    fn title(&self) -> String {
        "Lembar Data Pribadi".to_owned()
    }

    fn view(&self) -> Result<Value, Error> {
        Ok(json!({
            "letterhead": self.letterhead,
            "name": self.name,
            "basis": self.basis,
            "facts": self.facts,
            "parts": self.parts,
            "rights": self.rights,
            "place": self.place,
            "date": self.date,
            "officer": self.officer.view(),
        }))
    }

    fn leaves(&self) -> Vec<Leaf<'_>> {
        let facts = self.facts.iter().map(|(label, value)| vec![label.as_str().into(), value.as_str().into()]);
        let columns = vec![Column::text("Data").wide(30.0), Column::text("Isi").wide(60.0)];
        let mut leaves = vec![Leaf::new("Data", vec![self.title(), self.name.clone()], columns, facts.collect())];
        for part in &self.parts {
            let columns = part.columns.iter().map(|(title, share)| Column::text(title).wide(f64::from(*share)));
            let rows = part.rows.iter().map(|row| row.iter().map(|cell| cell.as_str().into()).collect());
            let mut rows: Vec<Vec<sheets::Value<'_>>> = rows.collect();
            if rows.is_empty() {
                // an empty table says so, as on paper
                let mut said = vec![sheets::Value::Empty; part.columns.len()];
                if let Some(first) = said.first_mut() {
                    *first = part.none.as_str().into();
                }
                rows.push(said);
            }
            leaves.push(Leaf::new(&part.title, vec![part.title.clone()], columns.collect(), rows));
        }
        leaves
    }
}
