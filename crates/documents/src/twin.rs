//! The XLSX twin of a document: the same rows and figures, to be sorted, filtered and summed. Numbers are numbers here and
//! identity numbers are text; the words, signatures and page sums stay with the PDF.

use domain::Rupiah;
use sheets::{Column, Table, Value, XlsxFile};

use crate::{Document, Error, office::Recipient};

/// One sheet of the twin.
pub(crate) struct Leaf<'a> {
    pub table: Table,
    pub rows: Vec<Vec<Value<'a>>>,
}

impl<'a> Leaf<'a> {
    /// A sheet with a row of totals when one of its columns is summed.
    pub fn new(name: &str, titles: Vec<String>, columns: Vec<Column>, rows: Vec<Vec<Value<'a>>>) -> Self {
        let total = columns.iter().any(|column| column.total).then(|| "JUMLAH".to_owned());
        let titles = titles.into_iter().filter(|title| !title.is_empty()).collect();
        Self { table: Table { name: name.to_owned(), titles, columns, total }, rows }
    }
}

/// The XLSX twin of a document.
pub fn workbook(document: &Document) -> Result<Vec<u8>, Error> {
    let leaves = document.printed().leaves();
    let mut file = XlsxFile::new();
    for leaf in &leaves {
        let mut sheet = file.sheet(&leaf.table)?;
        for row in &leaf.rows {
            sheet.row(row)?;
        }
        sheet.finish()?;
    }
    Ok(file.into_bytes()?)
}

/// No, Nama, NIK, No KK, Alamat, Desa, Kecamatan.
pub(crate) fn recipient_columns() -> Vec<Column> {
    vec![
        Column::number("No").wide(6.0),
        Column::text("Nama").wide(30.0),
        Column::text("NIK").wide(19.0),
        Column::text("No KK").wide(19.0),
        Column::text("Alamat").wide(32.0),
        Column::text("Desa/Kelurahan").wide(22.0),
        Column::text("Kecamatan").wide(22.0),
    ]
}

pub(crate) fn recipient_values(index: usize, who: &Recipient) -> Vec<Value<'_>> {
    vec![
        number(index),
        who.name.as_str().into(),
        who.nik.as_str().into(),
        who.family_card.as_str().into(),
        who.address.as_str().into(),
        who.village.as_str().into(),
        who.subdistrict.as_str().into(),
    ]
}

/// The number of a row, counted from one.
pub(crate) fn number(index: usize) -> Value<'static> {
    Value::Integer(index as i64 + 1)
}

pub(crate) fn money(amount: Rupiah) -> Value<'static> {
    Value::Integer(amount.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    /// A cell of the twin, as text.
    fn shown(value: &Value<'_>) -> String {
        match value {
            Value::Text(text) => text.to_string(),
            Value::Integer(number) => number.to_string(),
            _ => String::new(),
        }
    }

    #[test]
    fn every_document_has_a_twin_whose_rows_fill_their_columns() {
        for (name, document) in samples::all() {
            let leaves = document.printed().leaves();
            assert!(!leaves.is_empty(), "{name}");
            for leaf in &leaves {
                assert!(!leaf.rows.is_empty(), "{name} {}", leaf.table.name);
                for row in &leaf.rows {
                    assert_eq!(row.len(), leaf.table.columns.len(), "{name} {}", leaf.table.name);
                }
            }
            assert!(workbook(&document).unwrap().starts_with(b"PK"), "{name}");
        }
    }

    #[test]
    fn identity_numbers_are_text_and_amounts_are_numbers() {
        let list = samples::payment_list(3);
        let document = Document::PaymentList(list.clone());
        let leaves = document.printed().leaves();
        for (row, payment) in leaves[0].rows.iter().zip(&list.rows) {
            assert_eq!(row[2], Value::from(payment.recipient.nik.as_str()));
            assert_eq!(row[8], Value::Integer(payment.amount.0));
        }
        assert_eq!(leaves[0].table.total.as_deref(), Some("JUMLAH"));
    }

    #[test]
    fn the_twin_of_a_recap_lists_villages_only_in_the_order_of_their_codes() {
        let recap = samples::recap(4);
        let document = Document::Recap(recap.clone());
        let leaves = document.printed().leaves();
        let codes: Vec<String> = leaves[0].rows.iter().map(|row| shown(&row[0])).collect();
        assert_eq!(codes.len(), recap.villages.len());
        assert!(codes.is_sorted());
        let candidates: i64 = leaves[0].rows.iter().filter_map(|row| shown(&row[3]).parse::<i64>().ok()).sum();
        assert_eq!(candidates, recap.ordered().1.candidate);
    }

    #[test]
    fn the_twin_of_invitations_shows_no_number_of_a_person() {
        let invitations = samples::invitations(3, crate::PerSheet::Two);
        let document = Document::Invitations(invitations.clone());
        let leaves = document.printed().leaves();
        let all: String = leaves[0].rows.iter().flatten().map(shown).collect();
        for invitation in &invitations.invitations {
            assert!(!all.contains(&invitation.recipient.nik));
            assert!(!all.contains(&invitation.token));
            assert!(all.contains(&invitation.number));
        }
    }
}
