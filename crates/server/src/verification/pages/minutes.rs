//! The village deliberation: which villages have minutes, and the minutes of one.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::{AreaCode, access::Right, codes, verification::round::State as RoundState};
use store::verification::{self as v, Added, Minutes, RemovalLine, Round, VillageProgress};

use super::{names, place, subdistrict_name, the_round, village_name};
use crate::{
    App, AppError, Page,
    access::Me,
    forms::Form,
    ui::{Ui, parts::Choice},
    verification::words,
};

#[derive(Template)]
#[template(path = "verification/templates/all_minutes.html")]
struct AllMinutesPage {
    ui: Ui,
    round: Round,
    sentence: String,
    rows: Vec<MinutesRow>,
}

struct MinutesRow {
    progress: VillageProgress,
    minutes: Option<Minutes>,
    code: String,
    name: String,
    subdistrict: String,
}

pub async fn all(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let round = the_round(&reading, id).await?;
    let names = names(&app, &reading).await?;
    let mut minutes = v::minutes(&reading, id).await?;
    let villages = v::progress(&reading, id).await?;
    let count = villages.len() as i64;
    let done = minutes.iter().filter(|minutes| minutes.is_final()).count() as i64;
    let rows = villages
        .into_iter()
        .map(|progress| {
            let at = minutes.iter().position(|minutes| minutes.village == progress.village);
            MinutesRow {
                minutes: at.map(|at| minutes.swap_remove(at)),
                code: AreaCode::from_number(progress.village).map(|code| code.to_string()).unwrap_or_default(),
                name: village_name(me.lang, &names, progress.village),
                subdistrict: subdistrict_name(&names, progress.village),
                progress,
            }
        })
        .collect();
    let sentence = me.lang.msg("verification-minutes-sentence").n("done", done).n("villages", count).to_string();
    Ok(Page(AllMinutesPage { ui: me.ui(&app).await, round, sentence, rows }).into_response())
}

#[derive(Template)]
#[template(path = "verification/templates/minutes.html")]
pub struct MinutesPage {
    ui: Ui,
    round: Round,
    minutes: Option<Minutes>,
    code: String,
    name: String,
    sentence: String,
    eligible: Vec<(RemovalLine, String, String)>,
    reasons: Vec<Choice>,
    removed: Vec<(String, String)>,
    /// Name and place; the family's page where the registry knows it.
    added: Vec<(String, String, Option<String>)>,
    /// The rows of the form, and whom the registry offers.
    added_rows: Vec<(String, String)>,
    addable: Vec<(String, String)>,
    form: Form,
    may_write: bool,
}

pub async fn one(
    State(app): State<App>,
    me: Me,
    Path((id, village)): Path<(i64, String)>,
) -> Result<Response, AppError> {
    let page = minutes_page(&app, &me, id, &village, None).await?;
    Ok(Page(page).into_response())
}

/// The minutes of a village; `typed` shows a form again with its faults.
pub async fn minutes_page(
    app: &App,
    me: &Me,
    id: i64,
    village: &str,
    typed: Option<Form>,
) -> Result<MinutesPage, AppError> {
    let reading = me.reading(app);
    let round = the_round(&reading, id).await?;
    let code: AreaCode = village.parse().map_err(|_| AppError::NotFound)?;
    let lines = v::progress(&reading, id).await?;
    if !lines.iter().any(|line| line.village == code.number()) {
        return Err(AppError::NotFound);
    }
    let lang = me.lang;
    let name = village_name(lang, &names(app, &reading).await?, code.number());
    let minutes = v::minutes_of(&reading, id, code.number()).await?;
    let eligible = v::eligible_of(&reading, id, code.number()).await?;
    let added = v::added_of(&reading, id, code.number()).await?;
    let form = typed.unwrap_or_else(|| prefilled(minutes.as_ref(), &eligible, &added));
    // three rows more than are filled
    let filled = (0..MOST_ADDED).filter(|row| !form.text(&format!("added-name-{row}")).is_empty()).max();
    let rows = (filled.map_or(0, |last| last + 1) + 3).min(MOST_ADDED);
    let reasons = codes::list("p3ke.alasan_tidak_layak");
    let sentence = match &minutes {
        Some(minutes) => lang
            .msg(if minutes.is_final() { "verification-minutes-final" } else { "verification-minutes-recorded" })
            .s("name", &name)
            .n("after", minutes.families_after)
            .s("date", lang.date(&minutes.held_on)),
        None => lang.msg("verification-minutes-none").s("name", &name).n("eligible", eligible.len() as i64),
    };
    let removed = eligible
        .iter()
        .filter_map(|line| {
            let reason = line.removed_reason.as_deref()?;
            Some((domain::name::display(&line.head_name), words::code(lang, "p3ke.alasan_tidak_layak", reason)))
        })
        .collect();
    let addable = v::addable(&reading, id, code.number(), OFFERED).await?;
    let locked = minutes.as_ref().is_some_and(Minutes::is_final);
    Ok(MinutesPage {
        sentence: sentence.to_string(),
        may_write: me.may(Right::ManageVerification)
            && !locked
            && matches!(round.state, RoundState::Open | RoundState::Closed),
        eligible: eligible
            .into_iter()
            .map(|line| {
                let name = domain::name::display(&line.head_name);
                let place = place(line.rt.as_deref(), None, &line.address);
                (line, name, place)
            })
            .collect(),
        reasons: reasons.codes.iter().map(|code| Choice::new(code.id.clone(), code.label(lang.is_english()))).collect(),
        removed,
        added: added
            .iter()
            .map(|one| {
                let href = one.family_id.map(|id| format!("/keluarga/{id}"));
                (domain::name::display(&one.name), one.address.clone(), href)
            })
            .collect(),
        added_rows: (0..rows).map(|row| (format!("added-name-{row}"), format!("added-address-{row}"))).collect(),
        addable: addable.into_iter().map(|one| (picked(&one.head_name, one.id), one.address)).collect(),
        form,
        code: code.to_string(),
        name,
        minutes,
        round,
        ui: me.ui(app).await,
    })
}

/// Families one deliberation may add on one form.
pub const MOST_ADDED: usize = 60;
/// Families of the registry offered to be picked.
const OFFERED: i64 = 1_000;

/// A family of the registry as a row of the form names it.
fn picked(name: &str, id: i64) -> String {
    format!("{} (#{id})", domain::name::display(name))
}

fn prefilled(minutes: Option<&Minutes>, eligible: &[RemovalLine], added: &[Added]) -> Form {
    let mut form = Form::default();
    match minutes {
        Some(minutes) => {
            form.set("held_on", &minutes.held_on)
                .set("place", &minutes.place)
                .set("number", minutes.number.as_deref().unwrap_or_default())
                .set("participants", minutes.participants)
                .set("before", minutes.families_before)
                .set("removed", minutes.families_removed)
                .set("after", minutes.families_after)
                .set("note", minutes.note.as_deref().unwrap_or_default());
        }
        None => {
            form.set("before", eligible.len());
        }
    }
    for (row, one) in added.iter().enumerate() {
        let name = one.family_id.map_or_else(|| one.name.clone(), |id| picked(&one.name, id));
        form.set(&format!("added-name-{row}"), name).set(&format!("added-address-{row}"), &one.address);
    }
    for line in eligible {
        form.set(&format!("reason-{}", line.id), line.removed_reason.as_deref().unwrap_or_default());
    }
    form
}
