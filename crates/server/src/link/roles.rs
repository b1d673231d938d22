//! Which column of a list is what: told by the caller, else by a header that any known list has, else by what stands in it.

use anyhow::bail;
use domain::lists::{Cell, format::header_key, guess};
use linkage::people;

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

/// Finds the columns of `fields` among headers. `told`: field and header, as the caller named them. `samples`: some cells of every
/// column.
pub fn find(
    fields: &[&str],
    headers: &[String],
    samples: &[Vec<&Cell>],
    told: &[(String, String)],
    id: Option<&str>,
) -> anyhow::Result<Roles> {
    let column = |header: &str| {
        let exact = headers.iter().position(|h| h == header);
        exact.or_else(|| headers.iter().position(|h| header_key(h) == header_key(header)))
    };
    let named = |header: &str| {
        column(header).ok_or_else(|| anyhow::anyhow!("no column \"{header}\"; there are: {}", headers.join(", ")))
    };
    if fields.len() > MOST_FIELDS {
        bail!("a model of {} fields; at most {MOST_FIELDS} can be read", fields.len());
    }
    for (field, _) in told {
        if !fields.contains(&field.as_str()) {
            bail!("\"{field}\" is no field of the model; it knows: {}", fields.join(", "));
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
    let id = match id {
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
        bail!(
            "none of the columns ({}) was recognised; name them: --columns {}",
            headers.join(", "),
            fields.iter().take(3).map(|f| format!("{f}=HEADER")).collect::<Vec<_>>().join(",")
        );
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

    #[test]
    fn columns_are_found_by_name_by_what_lists_call_them_or_as_told() {
        let headers = headers(&["ID", "NIK", "No KK", "Nama Lengkap", "Tanggal Lahir", "Dusun"]);
        let roles = find(&people::FIELDS, &headers, &[], &[], None).expect("found");
        assert_eq!(roles.id, Some(0));
        assert_eq!(roles.at[..3], [Some(1), Some(2), Some(3)]);
        assert_eq!(roles.at[5], Some(4));
        let told = [("alamat".to_owned(), "Dusun".to_owned()), ("no_kk".to_owned(), String::new())];
        let roles = find(&people::FIELDS, &headers, &[], &told, Some("NIK")).expect("found");
        assert_eq!((roles.id, roles.at[1], roles.at[8]), (Some(1), None, Some(5)));
    }

    #[test]
    fn a_wrong_name_is_told_with_the_right_ones() {
        let headers = headers(&["a", "b"]);
        let told = [("nama".to_owned(), "c".to_owned())];
        let error = find(&people::FIELDS, &headers, &[], &told, None).expect_err("no column c").to_string();
        assert!(error.contains("\"c\"") && error.contains("a, b"), "{error}");
        let error = find(&people::FIELDS, &headers, &[], &[], None).expect_err("nothing known").to_string();
        assert!(error.contains("--columns nik=HEADER"), "{error}");
    }
}
