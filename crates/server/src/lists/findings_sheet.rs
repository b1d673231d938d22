//! The findings of a list as a workbook: file, sheet, row and column, what stands there, what is wrong with it in the
//! reader's words, and what is suggested. Values are the office's own, written as text: none of them is a formula.

use std::collections::VecDeque;

use domain::lists::Fault;
use sheets::{Column, SheetWriter, Table, Value, WriteError, XlsxFile};
use store::{
    Handle,
    lists::{
        File, Version,
        show::{self, Found},
    },
};

use crate::i18n::Lang;

/// Findings fetched at a time.
const PAGE: i64 = 5_000;
/// Findings on one sheet; a workbook holds 1,048,576 rows a sheet.
const ON_A_SHEET: i64 = 1_000_000;

/// Where the writing stands: the files still to be told, and the last finding of the first of them.
struct Rest {
    files: VecDeque<File>,
    after: (i64, i64),
}

pub async fn workbook(
    handle: &impl Handle,
    lang: Lang,
    version: &Version,
    files: Vec<File>,
) -> anyhow::Result<Vec<u8>> {
    let mut book = XlsxFile::new();
    let mut rest = Rest { files: files.into(), after: (-1, 0) };
    for part in 1.. {
        let table = table(lang, version, part);
        let mut sheet = book.sheet(&table)?;
        fill(&mut sheet, handle, lang, &mut rest).await?;
        sheet.finish()?;
        if rest.files.is_empty() {
            break;
        }
    }
    Ok(book.into_bytes()?)
}

fn table(lang: Lang, version: &Version, part: usize) -> Table {
    let name = lang.t("lists-findings");
    Table {
        name: if part == 1 { name } else { format!("{name} {part}") },
        titles: vec![lang.msg("lists-findings-of").s("list", version.title()).to_string()],
        columns: vec![
            Column::text(lang.t("lists-findings-file")).wide(30.0),
            Column::text(lang.t("lists-findings-sheet")).wide(16.0),
            Column::number(lang.t("lists-row")),
            Column::text(lang.t("lists-findings-column")).wide(20.0),
            Column::text(lang.t("lists-findings-value")).wide(28.0),
            Column::text(lang.t("lists-findings-code")).wide(22.0),
            Column::text(lang.t("lists-findings-meaning")).wide(44.0),
            Column::text(lang.t("lists-findings-weight")).wide(20.0),
            Column::text(lang.t("lists-findings-reading")).wide(24.0),
            Column::text(lang.t("lists-findings-suggestion")).wide(24.0),
            Column::text(lang.t("lists-findings-help")).wide(70.0),
        ],
        total: None,
    }
}

/// Writes findings until the sheet is full or none is left.
async fn fill(sheet: &mut SheetWriter<'_>, handle: &impl Handle, lang: Lang, rest: &mut Rest) -> anyhow::Result<()> {
    let mut written = 0;
    while let Some(file) = rest.files.front() {
        if written + PAGE > ON_A_SHEET {
            return Ok(());
        }
        let found = show::findings(handle, file.id, rest.after, PAGE).await?;
        for finding in &found {
            row(sheet, lang, file, finding)?;
        }
        written += found.len() as i64;
        match found.last() {
            Some(last) if found.len() as i64 == PAGE => rest.after = (last.row_no, last.id),
            _ => {
                rest.files.pop_front();
                rest.after = (-1, 0);
            }
        }
    }
    Ok(())
}

fn row(sheet: &mut SheetWriter<'_>, lang: Lang, file: &File, found: &Found) -> Result<(), WriteError> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let fault = found.fault();
    let meaning = match fault {
        Some(Fault::FileProtected) => lang.t(&format!("protected-{}", found.value.replace('_', "-"))),
        Some(fault) => lang.t(&fault.word_key()),
        None => found.code.clone(),
    };
    sheet.row(&[
        file.name.as_str().into(),
        some(&file.sheet).into(),
        (found.row_no > 0).then_some(found.row_no).into(),
        some(&found.column_name).into(),
        match fault {
            Some(Fault::FileProtected) => Value::Empty,
            _ => some(&found.value).into(),
        },
        found.code.as_str().into(),
        meaning.into(),
        lang.t(&format!("severity-{}", found.severity)).into(),
        found.reading.clone().into(),
        found.suggestion.clone().into(),
        fault.map(|fault| lang.t(&format!("{}-help", fault.word_key()))).into(),
    ])
}
