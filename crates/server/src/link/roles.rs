//! Which column of a list is what: told by the caller, else by a header that any known list has, else by what stands in it.

use anyhow::bail;
use domain::lists::{Cell, format::header_key, guess};
use linkage::people;

use super::input::Said;
use crate::i18n::Lang;

/// The fields of a person, as [`people::FIELDS`] names them, and what the lists' formats call them.
const KNOWN: [(&str, &str); 13] = [
    ("nik", "nik"),
    ("no_kk", "kk"),
    ("nama", "name"),
    ("jk", "sex"),
    ("tempat_lahir", "birth_place"),
    ("tgl_lahir", "birth_date"),
    ("nama_ibu", "mother"),
    ("hubungan", "relation"),
    ("alamat", "address"),
    ("rt", "rt"),
    ("rw", "rw"),
    ("kelurahan", "village"),
    ("kecamatan", "subdistrict"),
];

/// Fields of a model, at most.
pub const MOST_FIELDS: usize = 64;

/// Headers of a column that names the record.
const IDS: [&str; 5] = ["RECID", "RECORDID", "UNIQUEID", "ID", "IDRECORD"];

/// Which column of one file is what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles {
    /// For each field wanted, its column.
    pub at: Vec<Option<usize>>,
    /// The column that names the record; without one the row's number does.
    pub id: Option<usize>,
}

/// Finds the columns of `fields` among headers. `said`: what the caller says of them. `samples`: some cells of every column.
pub fn find(
    fields: &[&str],
    headers: &[String],
    samples: &[Vec<&Cell>],
    said: &Said,
    lang: Lang,
) -> anyhow::Result<Roles> {
    let Said { columns: told, id, shared } = said;
    let column = |header: &str| {
        let exact = headers.iter().position(|h| h == header);
        exact.or_else(|| headers.iter().position(|h| header_key(h) == header_key(header)))
    };
    let named = |header: &str| {
        column(header).ok_or_else(|| {
            let key = if *shared { "link-error-no-column-shared" } else { "link-error-no-column" };
            anyhow::anyhow!(lang.msg(key).s("header", header).s("headers", headers.join(", ")).to_string())
        })
    };
    if fields.len() > MOST_FIELDS {
        bail!(lang.msg("link-error-fields").n("count", fields.len()).n("most", MOST_FIELDS).to_string());
    }
    for (field, _) in told {
        if !fields.contains(&field.as_str()) {
            bail!(lang.msg("link-error-no-field").s("field", field).s("fields", fields.join(", ")).to_string());
        }
    }
    let mut at: Vec<Option<usize>> = Vec::with_capacity(fields.len());
    for field in fields {
        let given = told.iter().find(|(f, _)| f == field).map(|(_, header)| header.as_str());
        at.push(match given {
            Some("") => None, // told not to use it
            Some(header) => Some(named(header)?),
            None => column(field),
        });
    }
    let id = match id.as_deref() {
        Some(header) => Some(named(header)?),
        None => headers.iter().position(|h| IDS.contains(&header_key(h).as_str())),
    };
    let columns: Vec<(&str, Vec<&Cell>)> = headers
        .iter()
        .enumerate()
        .map(|(i, header)| (header.as_str(), samples.get(i).cloned().unwrap_or_default()))
        .collect();
    for (i, guess) in guess::guesses(&columns).into_iter().enumerate() {
        let Some(guess) = guess else { continue };
        let Some((field, _)) = KNOWN.iter().find(|(_, known)| *known == guess.field) else { continue };
        let Some(wanted) = fields.iter().position(|f| f == field) else { continue };
        let kept = told.iter().any(|(f, _)| f == field);
        if at[wanted].is_none() && !kept && !at.contains(&Some(i)) && id != Some(i) {
            at[wanted] = Some(i);
        }
    }
    if at.iter().flatten().count() == 0 {
        let example = fields.iter().take(3).map(|f| format!("{f}=HEADER")).collect::<Vec<_>>().join(",");
        let error = lang.msg("link-error-none-recognised").s("headers", headers.join(", ")).s("example", example);
        bail!(error.to_string());
    }
    Ok(Roles { at, id })
}

/// Whether these are the fields of Indonesian people.
pub fn are_people(fields: &[&str]) -> bool {
    fields.iter().all(|field| people::FIELDS.contains(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(list: &[&str]) -> Vec<String> {
        list.iter().map(|h| (*h).to_owned()).collect()
    }

    fn said(columns: &[(&str, &str)], id: Option<&str>) -> Said {
        let columns = columns.iter().map(|(field, header)| ((*field).to_owned(), (*header).to_owned())).collect();
        Said { columns, id: id.map(str::to_owned), shared: false }
    }

    #[test]
    fn columns_are_found_by_name_by_what_lists_call_them_or_as_told() {
        let headers = headers(&["ID", "NIK", "No KK", "Nama Lengkap", "Tanggal Lahir", "Dusun"]);
        let roles = find(&people::FIELDS, &headers, &[], &Said::default(), Lang::En).expect("found");
        assert_eq!(roles.id, Some(0));
        assert_eq!(roles.at[..3], [Some(1), Some(2), Some(3)]);
        assert_eq!(roles.at[5], Some(4));
        let told = said(&[("alamat", "Dusun"), ("no_kk", "")], Some("NIK"));
        let roles = find(&people::FIELDS, &headers, &[], &told, Lang::En).expect("found");
        assert_eq!((roles.id, roles.at[1], roles.at[8]), (Some(1), None, Some(5)));
    }

    #[test]
    fn a_wrong_name_is_told_with_the_right_ones() {
        let headers = headers(&["a", "b"]);
        let told = said(&[("nama", "c")], None);
        let error = find(&people::FIELDS, &headers, &[], &told, Lang::En).expect_err("no column c").to_string();
        assert!(error.contains("\"c\"") && error.contains("a, b") && !error.contains("twice"), "{error}");
        let shared = Said { shared: true, ..told };
        let error = find(&people::FIELDS, &headers, &[], &shared, Lang::En).expect_err("no column c").to_string();
        assert!(error.contains("\"c\"") && error.contains("--columns twice"), "{error}");
        let error = find(&people::FIELDS, &headers, &[], &Said::default(), Lang::En).expect_err("nothing known");
        assert!(error.to_string().contains("--columns nik=HEADER"), "{error}");
    }
}
