//! `tuntas lists correct`: a corrected workbook by the command line, the same way as by the page.

use std::{io::IsTerminal, path::Path, process::ExitCode};

use anyhow::{Context, bail};
use domain::lists::{CorrectionState, VersionState};
use serde_json::json;
use store::{
    Actor,
    lists::corrections::{self, Correction, Told},
};

use super::{
    command::{Bar, agreed, cannot_open, error_of, named},
    correcting, correction_page, intake,
    reading::Watch,
};
use crate::App;

pub(super) async fn correct(app: &App, which: &str, path: &Path, json: bool, yes: bool) -> anyhow::Result<ExitCode> {
    let lang = app.config.language;
    let actor = Actor::program("tuntas lists");
    let version = named(app, which).await?;
    if !matches!(version.state()?, VersionState::Ready | VersionState::Committed) {
        bail!(
            "{}",
            lang.msg("lists-cli-not-correctable")
                .s("list", version.title())
                .s("state", lang.t(&format!("lists-state-{}", version.state)))
        );
    }
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut input = tokio::fs::File::open(path).await.with_context(|| cannot_open(app, path))?;
    let stored = app.files.store(&mut input, intake::LARGEST, &app.entropy.token()).await?;
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    if let Some(same) = corrections::same(&change, version.id, &stored.sha256).await? {
        let at = same.applied_at.unwrap_or_default();
        if json {
            say!("{}", json!({"file": name, "outcome": "unchanged", "applied_at": at}));
        } else {
            say!("{}", lang.msg("lists-cli-corrected-before").s("file", &name).s("at", at));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let id = correction_page::take(&change, version.id, &name, &stored.sha256, stored.size).await?;
    change.commit().await?;
    let bar = Bar::new(&name, app.config.language);
    correcting::compare(app, &actor, id, Watch::Bar(&bar)).await.map_err(|error| error_of(app, error))?;
    drop(bar);
    let correction = corrections::correction(&app.store.read(&actor), id).await?;
    match correction.state()? {
        CorrectionState::Refused => {
            let refusal = correction.refusal.clone().unwrap_or_default();
            let (why, next) = correcting::refusal(app.config.language, &refusal);
            if json {
                say!("{}", json!({"file": name, "outcome": "refused", "reason": refusal}));
            }
            bail!("{why} {next}");
        }
        CorrectionState::Nothing => {
            print_correction(app, &actor, &correction, json, "unchanged").await?;
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    print_correction(app, &actor, &correction, json, if yes { "applied" } else { "shown" }).await?;
    let apply = yes
        || (!json
            && std::io::stdin().is_terminal()
            && agreed(lang, &lang.msg("lists-cli-apply").s("list", version.title()).to_string())?);
    if !apply {
        let change = app.store.change(&actor, &app.clock.stamp()).await?;
        let gone = corrections::discard(&change, id).await?;
        change.commit().await?;
        if let Some(sha256) = gone {
            app.files.remove(&sha256).await?;
        }
        if !json {
            say!("{}", lang.t("lists-cli-not-applied"));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    corrections::become_state(&change, id, CorrectionState::Applying).await?;
    change.commit().await?;
    let bar = Bar::new(&name, app.config.language);
    correcting::carry_out(app, &actor, id, Watch::Bar(&bar)).await.map_err(|error| error_of(app, error))?;
    drop(bar);
    if !json {
        say!("{}", lang.msg("lists-cli-corrected").s("list", version.title()).n("id", id));
    }
    Ok(ExitCode::SUCCESS)
}

/// The difference: a line a cell, then what could not be taken, then the sum.
async fn print_correction(
    app: &App,
    actor: &Actor,
    correction: &Correction,
    json: bool,
    outcome: &str,
) -> anyhow::Result<()> {
    let lang = app.config.language;
    let read = app.store.read(actor);
    let summary = correction.summary();
    let file = correction.file_id.unwrap_or(0);
    let mut after = 0;
    loop {
        let rows = corrections::rows(&read, correction.id, "corrected", (file, after), 500).await?;
        let Some(last) = rows.last() else { break };
        after = last.row_no;
        let numbers: Vec<i64> = rows.iter().map(|row| row.row_no).collect();
        let mut cells = corrections::cells(&read, correction.id, &numbers).await?;
        for row in &rows {
            let found = row.findings();
            for cell in cells.remove(&row.row_no).unwrap_or_default() {
                if json {
                    let codes = |told: &[Told]| -> Vec<String> { told.iter().map(|t| t.code.clone()).collect() };
                    say!(
                        "{}",
                        json!({"row": row.row_no, "column": cell.header, "was": cell.was, "becomes": cell.became,
                               "gone": codes(&found.gone), "left": codes(&found.left), "new": codes(&found.new)})
                    );
                } else {
                    say!(
                        "{} {:>6}  {}: {:?} -> {:?}",
                        lang.t("lists-row"),
                        row.row_no,
                        cell.header,
                        cell.was,
                        cell.became
                    );
                }
            }
        }
    }
    if json {
        say!("{}", json!({"file": correction.name, "outcome": outcome, "summary": summary}));
        return Ok(());
    }
    say!(
        "{}",
        lang.msg("lists-cli-cells")
            .n("cells", summary.cells)
            .n("rows", summary.rows)
            .n("gone", summary.gone)
            .n("left", summary.left)
            .n("new", summary.new)
            .n("before", summary.blocked_before)
            .n("after", summary.blocked_after)
    );
    for (count, key) in [
        (summary.removed, "lists-cli-removed"),
        (summary.added, "lists-cli-added"),
        (summary.twice, "lists-cli-twice"),
        (summary.unknown, "lists-cli-unknown-key"),
        (summary.families_changed, "lists-cli-families-change"),
        (summary.persons_changed, "lists-cli-persons-change"),
    ] {
        if count > 0 {
            say!("{}", lang.msg(key).n("count", count));
        }
    }
    Ok(())
}
