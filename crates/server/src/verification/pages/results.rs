//! Results as workbooks: the sheet to fill in, what came back with its faults and differences, and the export.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::verification::{form::form, round::State as RoundState};
use store::verification::{self as v, Round, Upload, UploadFault, UploadRow};

use super::{list_name, names, the_round};
use crate::{
    App, AppError, Page,
    access::Me,
    i18n::Lang,
    ui::Ui,
    verification::{visit_form::needs_words, words, workbook::Contents},
};

#[derive(Template)]
#[template(path = "verification/templates/results.html")]
pub struct ResultsPage {
    ui: Ui,
    round: Round,
    uploads: Vec<Upload>,
    open: bool,
    fault: Option<String>,
}

pub async fn results(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    Ok(Page(results_page(&app, &me, id, None).await?).into_response())
}

pub async fn results_page(app: &App, me: &Me, id: i64, fault: Option<String>) -> Result<ResultsPage, AppError> {
    let reading = me.reading(app);
    let round = the_round(&reading, id).await?;
    let uploads = v::uploads(&reading, id).await?;
    Ok(ResultsPage { open: round.state == RoundState::Open, ui: me.ui(app).await, round, uploads, fault })
}

#[derive(Template)]
#[template(path = "verification/templates/upload.html")]
struct UploadPage {
    ui: Ui,
    round: Round,
    upload: Upload,
    sentence: String,
    faults: Vec<(UploadFault, String)>,
    changed: Vec<Difference>,
    new: Vec<Difference>,
    open: bool,
}

/// What a row would change.
struct Difference {
    row: UploadRow,
    before: String,
    after: String,
    reason: String,
    needs: String,
    visitor: String,
}

/// Rows shown before "and so many more".
const SHOWN: i64 = 200;

pub async fn upload(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let upload = v::upload(&reading, id).await?.ok_or(AppError::NotFound)?;
    let round = the_round(&reading, upload.round_id).await?;
    let lang = me.lang;
    let faults = v::upload_faults(&reading, id, SHOWN).await?;
    let faults = faults
        .into_iter()
        .map(|fault| {
            let told = lang.msg(fault.code.clone()).s("value", &fault.value);
            let told = told.s("suggestion", fault.suggestion.as_deref().unwrap_or_default()).to_string();
            (fault, told)
        })
        .collect();
    let changed = v::upload_rows(&reading, id, "changed", SHOWN).await?;
    let new = v::upload_rows(&reading, id, "new", SHOWN).await?;
    let take = upload.rows_new + upload.rows_changed;
    let sentence = match upload.state.as_str() {
        "ready" if take == 0 && upload.rows_faulty == 0 => lang.msg("verification-upload-nothing"),
        "ready" => lang
            .msg("verification-upload-ready")
            .n("new", upload.rows_new)
            .n("changed", upload.rows_changed)
            .n("faulty", upload.rows_faulty),
        "committed" => lang.msg("verification-upload-committed").n("taken", take).n("conflicts", upload.conflicts),
        "discarded" => lang.msg("verification-upload-discarded"),
        _ => lang.msg("verification-upload-rejected"),
    };
    Ok(Page(UploadPage {
        sentence: sentence.to_string(),
        faults,
        changed: differences(lang, &round, changed)?,
        new: differences(lang, &round, new)?,
        open: round.state == RoundState::Open,
        ui: me.ui(&app).await,
        round,
        upload,
    })
    .into_response())
}

fn differences(lang: Lang, round: &Round, rows: Vec<UploadRow>) -> Result<Vec<Difference>, AppError> {
    let form = form(&round.form).ok_or_else(|| anyhow::anyhow!("unknown form {}", round.form))?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(result) = row.finding()? else { continue };
        let finding = result.finding;
        let outcome = finding.outcome.as_str();
        lines.push(Difference {
            before: row.before.as_deref().map(|word| words::outcome(lang, word)).unwrap_or_default(),
            after: words::outcome(lang, outcome),
            reason: finding.reason.as_deref().map(|reason| words::reason(lang, outcome, reason)).unwrap_or_default(),
            needs: needs_words(lang, form, &finding.needs),
            visitor: result.visitor,
            row,
        });
    }
    Ok(lines)
}

/// The sheet to fill in: every family of the round, with what stands already.
pub async fn sheet(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    export(&app, &me, id, "lembar-verval", true).await
}

pub async fn xlsx(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    export(&app, &me, id, "hasil-verval", true).await
}

pub async fn csv(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    export(&app, &me, id, "hasil-verval", false).await
}

async fn export(app: &App, me: &Me, id: i64, name: &'static str, workbook: bool) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let round = the_round(&reading, id).await?;
    let names = names(app, &reading).await?;
    let families = v::contexts(&reading, id).await?;
    let standing = v::standing_visits(&reading, id).await?;
    let zone = app.config.zone;
    let form = form(&round.form).ok_or_else(|| anyhow::anyhow!("unknown form {}", round.form))?;
    let title = round.name.clone();
    let subtitle =
        format!("{}, {} keluarga", list_name(&round.source, &round.version), Lang::Id.number(families.len() as i64));
    let bytes = tokio::task::spawn_blocking(move || {
        let contents =
            Contents { form, title, subtitle, families: &families, standing: &standing, names: &names, zone };
        if workbook { contents.xlsx() } else { contents.csv() }
    })
    .await
    .map_err(anyhow::Error::from)?
    .map_err(anyhow::Error::from)?;
    let (kind, ending) = if workbook {
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
    } else {
        ("text/csv; charset=utf-8", "csv")
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-{id}.{ending}\"")),
    ];
    Ok((headers, bytes).into_response())
}
