//! What a search found as a workbook or CSV: every page of it, in the columns of the page, with an entry in the journal.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::json;
use sheets::{Column, CsvFile, Table, Value, XlsxFile};
use store::journal::Entry;

use super::search::{Asked, Line, found, names};
use crate::{App, AppError, access::Me, forms::Form, ui::Ui};

/// Families asked for at once.
const STRIDE: usize = 1_000;

pub async fn download(State(app): State<App>, me: Me, form: Form) -> Result<Response, AppError> {
    let asked = Asked::from_form(&form);
    let workbook = form.text("bentuk") != "csv";
    let ui = me.ui(&app).await;
    let lines = lines(&app, &me, &ui, &asked).await?;
    let table = table(&ui, &asked, lines.len());
    let area = asked.search().area.map(domain::AreaCode::number);
    as_file(&app, &me, What { name: "keluarga", workbook, area }, table, lines, values).await
}

/// What is taken away: the file's name without its ending, its form, and the area it is of.
pub(super) struct What {
    pub name: &'static str,
    pub workbook: bool,
    pub area: Option<i64>,
}

/// A table as a workbook or CSV, with an entry in the journal.
pub(super) async fn as_file<L: Send + 'static, const COLUMNS: usize>(
    app: &App,
    me: &Me,
    what: What,
    table: Table,
    lines: Vec<L>,
    values: for<'l> fn(&'l L) -> [Value<'l>; COLUMNS],
) -> Result<Response, AppError> {
    let What { name, workbook, area } = what;
    let (form, ending, kind) = if workbook {
        ("XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    } else {
        ("CSV", "csv", "text/csv; charset=utf-8")
    };
    let count = lines.len();
    let write = move || if workbook { xlsx(&table, &lines, values) } else { csv(&table, &lines, values) };
    let bytes = tokio::task::spawn_blocking(write).await.map_err(anyhow::Error::from)?.map_err(anyhow::Error::from)?;
    let change = me.change(app).await?;
    change
        .record(Entry {
            verb: "registry.downloaded",
            subject: ("family", 0),
            area,
            reason: None,
            data: json!({"families": count, "form": form}),
        })
        .await?;
    change.commit().await?;
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{ending}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// Everything found, page by page.
async fn lines(app: &App, me: &Me, ui: &Ui, asked: &Asked) -> Result<Vec<Line>, AppError> {
    let reading = me.reading(app);
    let names = names(app, &reading).await?;
    let search = asked.search();
    let mut lines = Vec::new();
    let mut at = None;
    loop {
        let page = found(app, &reading, &search, at.as_ref(), STRIDE).await?;
        lines.extend(page.lines.into_iter().map(|line| Line::new(ui, &names, &line)));
        at = page.after;
        if at.is_none() {
            return Ok(lines);
        }
    }
}

fn table(ui: &Ui, asked: &Asked, count: usize) -> Table {
    let text = asked.shown_text();
    let title = if text.is_empty() {
        ui.msg("registry-sentence-filtered").n("count", count as i64)
    } else {
        ui.msg("registry-sentence-found").n("count", count as i64).s("text", text)
    };
    Table {
        name: ui.t("nav-registry"),
        titles: vec![title.to_string(), ui.today.clone()],
        columns: vec![
            Column::text(ui.t("registry-head")).wide(30.0),
            Column::text(ui.t("registry-found-member")).wide(30.0),
            Column::text(ui.t("registry-village")),
            Column::text(ui.t("registry-subdistrict-head")),
            Column::text(ui.t("registry-address")).wide(40.0),
            Column::number(ui.t("registry-members")),
            Column::number(ui.t("registry-desil")),
            Column::text(ui.t("registry-note")).wide(40.0),
        ],
        total: None,
    }
}

fn values(line: &Line) -> [Value<'_>; 8] {
    [
        Value::from(line.name.as_str()),
        line.found.as_deref().map_or(Value::Empty, Value::from),
        Value::from(line.village.as_str()),
        Value::from(line.subdistrict.as_str()),
        Value::from(line.address.as_str()),
        Value::Integer(line.members),
        line.desil.map_or(Value::Empty, Value::Integer),
        Value::from(line.note.as_str()),
    ]
}

fn xlsx<L, const COLUMNS: usize>(
    table: &Table,
    lines: &[L],
    values: for<'l> fn(&'l L) -> [Value<'l>; COLUMNS],
) -> Result<Vec<u8>, sheets::WriteError> {
    let mut file = XlsxFile::new();
    let mut sheet = file.sheet(table)?;
    for line in lines {
        sheet.row(&values(line))?;
    }
    sheet.finish()?;
    file.into_bytes()
}

fn csv<L, const COLUMNS: usize>(
    table: &Table,
    lines: &[L],
    values: for<'l> fn(&'l L) -> [Value<'l>; COLUMNS],
) -> Result<Vec<u8>, sheets::WriteError> {
    let mut out = Vec::new();
    let mut file = CsvFile::new(&mut out, table)?;
    for line in lines {
        file.row(&values(line))?;
    }
    file.finish()?;
    Ok(out)
}
