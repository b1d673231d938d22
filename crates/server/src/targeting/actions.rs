//! What is done with a determination: each action one transaction of the store, then the page that shows it.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use documents::{Paper, Print};
use domain::targeting::{DecreeFault, ReferralAct, Signer};
use store::{
    journal::Entry,
    targeting::{self, Answer, Error, NewDecree, NewDetermination},
};

use super::{pages, print, rule};
use crate::{App, AppError, access::Me, access::password, documents::made, error::see, forms::Form};

/// Who signs, as the decree prints it: the account's name, position and NIP.
pub fn signer_of(me: &Me) -> Signer {
    Signer {
        name: me.user.name.clone(),
        position: me.user.position.clone().unwrap_or_else(|| me.lang.t("role-head-of-office")),
        nip: me.user.nip.clone(),
        acting: me.user.acting,
    }
}

pub async fn create(State(app): State<App>, me: Me, mut form: Form) -> Result<Response, AppError> {
    let lang = me.lang;
    let name = form.required("name", lang);
    let round: Option<i64> = form.text("round").parse().ok();
    if round.is_none() {
        form.fault("round", lang.t("form-required"));
    }
    let programme = form.text("programme").parse().ok();
    let families = form.number("families", 1..=1_000_000, lang).and_then(|count| u32::try_from(count).ok());
    let unit = form.rupiah("unit", lang);
    let (Some(round), true) = (round, form.is_sound()) else { return pages::show_new(&app, &me, form).await };
    let (criteria, mut quota) = targeting::starting_rule(&me.reading(&app), programme).await?;
    quota.families = families;
    if let Some(unit) = unit {
        quota.unit = unit;
    }
    let command = form.text("command").to_owned();
    let change = me.change(&app).await?;
    let new = NewDetermination { name: &name, round, programme, criteria, quota, command: &command };
    let id = match targeting::create(&change, &new).await {
        Ok(id) => id,
        Err(error) => {
            drop(change);
            rule::tell(lang, &mut form, error)?;
            return pages::show_new(&app, &me, form).await;
        }
    };
    change.commit().await?;
    me.flash(lang.t("targeting-created")).await;
    Ok(see(format!("/penetapan/{id}")))
}

pub async fn revise(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let lang = me.lang;
    let areas = pages::subdistricts(&app, &me.reading(&app)).await?;
    let name = form.required("name", lang);
    let (criteria, quota) = rule::read(lang, &mut form, &areas);
    if !form.is_sound() {
        return pages::show_rule(&app, &me, id, form, None).await;
    }
    let change = me.change(&app).await?;
    if let Err(error) = targeting::revise(&change, id, &name, &criteria, &quota).await {
        drop(change);
        rule::tell(lang, &mut form, error)?;
        return pages::show_rule(&app, &me, id, form, None).await;
    }
    change.commit().await?;
    me.flash(lang.t("targeting-revised")).await;
    Ok(see(format!("/penetapan/{id}")))
}

/// Tries a rule: nothing is written. A page that asks for its part gets the panel alone.
pub async fn try_rule(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    mut form: Form,
) -> Result<Response, AppError> {
    let lang = me.lang;
    let areas = pages::subdistricts(&app, &me.reading(&app)).await?;
    let (criteria, quota) = rule::read(lang, &mut form, &areas);
    let today = app.clock.today(app.config.zone).to_string();
    let mut preview = None;
    if form.is_sound() {
        match targeting::preview(&me.reading(&app), id, &criteria, &quota, &today).await {
            Ok(found) => preview = Some(found),
            Err(error) => rule::tell(lang, &mut form, error)?,
        }
    }
    if me.partial {
        return pages::rule_panel(&app, &me, id, &form, preview.as_ref()).await;
    }
    pages::show_rule(&app, &me, id, form, preview.as_ref()).await
}

pub async fn rank_again(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    targeting::rank_again(&change, id).await?;
    change.commit().await?;
    me.flash(me.lang.t("targeting-ranked-again")).await;
    Ok(see(format!("/penetapan/{id}")))
}

pub async fn propose(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let change = me.change(&app).await?;
    targeting::propose(&change, id).await?;
    change.commit().await?;
    me.flash(me.lang.t("targeting-proposed")).await;
    Ok(see(format!("/penetapan/{id}")))
}

/// A family placed by hand, taken out, or left to the rule again.
pub async fn choose(
    State(app): State<App>,
    me: Me,
    Path((id, family)): Path<(i64, i64)>,
    mut form: Form,
) -> Result<Response, AppError> {
    let lang = me.lang;
    let act = form.text("act").to_owned();
    let place = if act == "place" { form.number("place", 1..=1_000_000, lang) } else { None };
    if act == "place" && place.is_none() && form.is_sound() {
        form.fault("place", lang.t("form-required"));
    }
    let reason = if act == "undo" { String::new() } else { form.required("reason", lang) };
    if !matches!(act.as_str(), "place" | "exclude" | "undo") {
        form.fault("act", lang.t("form-required"));
    }
    if !form.is_sound() {
        return pages::show_family(&app, &me, id, family, form).await;
    }
    let change = me.change(&app).await?;
    match (act.as_str(), place) {
        ("place", Some(place)) => {
            targeting::place_by_hand(&change, id, family, u32::try_from(place).unwrap_or(u32::MAX), &reason).await?;
        }
        ("exclude", _) => targeting::exclude_by_hand(&change, id, family, &reason).await?,
        _ => targeting::undo_choice(&change, id, family).await?,
    }
    change.commit().await?;
    me.flash(lang.t(&format!("targeting-chosen-{act}"))).await;
    Ok(see(format!("/penetapan/{id}/keluarga/{family}")))
}

pub async fn sign(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let lang = me.lang;
    let number = form.required("number", lang);
    let title = form.required("title", lang);
    let typed = form.required("password", lang);
    let decided_on = form.date("decided_on", lang);
    if decided_on.is_none() && form.fault_of("decided_on").is_none() {
        form.fault("decided_on", lang.t("form-required"));
    }
    if !typed.is_empty() && !password::verify(&typed, Some(&me.user.password)).await? {
        form.fault("password", lang.t("targeting-password-wrong"));
    }
    form.set("password", "");
    let (Some(decided_on), true) = (decided_on, form.is_sound()) else {
        return pages::show_decision(&app, &me, id, form).await;
    };
    let command = form.text("command").to_owned();
    let new = NewDecree {
        number: &number,
        decided_on,
        title: &title,
        signer: signer_of(&me),
        unverified_known: form.has("unverified", "1"),
        command: &command,
    };
    let change = me.change(&app).await?;
    let decree = match targeting::sign(&change, id, &new, app.clock.today(app.config.zone)).await {
        Ok(decree) => decree,
        Err(error) => {
            drop(change);
            tell_decree(&me, &mut form, error)?;
            return pages::show_decision(&app, &me, id, form).await;
        }
    };
    change.commit().await?;
    me.flash(lang.msg("targeting-signed").s("number", &number)).await;
    Ok(see(format!("/sk/{decree}")))
}

/// What keeps a decree from being signed, at the fields it is about.
fn tell_decree(me: &Me, form: &mut Form, error: Error) -> Result<(), Error> {
    let lang = me.lang;
    match error {
        Error::NumberTaken(number) => {
            form.fault("number", lang.msg("error-targeting-number-taken").s("number", number));
            Ok(())
        }
        Error::Decree(faults) => {
            for fault in faults {
                let (field, key) = match fault {
                    DecreeFault::NoNumber => ("number", "form-required"),
                    DecreeFault::LongNumber => ("number", "targeting-fault-long-number"),
                    DecreeFault::InTheFuture => ("decided_on", "targeting-fault-future"),
                    DecreeFault::BeforeProposal => ("decided_on", "targeting-fault-before-proposal"),
                    DecreeFault::SamePerson => ("password", "targeting-own-proposal"),
                    DecreeFault::Nobody => ("number", "error-targeting-nobody-chosen"),
                    DecreeFault::Unverified => ("unverified", "targeting-unverified-unasked"),
                };
                form.fault(field, lang.t(key));
            }
            Ok(())
        }
        other => Err(other),
    }
}

pub async fn return_(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    mut form: Form,
) -> Result<Response, AppError> {
    let reason = form.required("return_reason", me.lang);
    if !form.is_sound() {
        return pages::show_decision(&app, &me, id, form).await;
    }
    let change = me.change(&app).await?;
    targeting::return_(&change, id, &reason).await?;
    change.commit().await?;
    me.flash(me.lang.t("targeting-returned")).await;
    Ok(see(format!("/penetapan/{id}")))
}

pub async fn answer(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let lang = me.lang;
    let asked = pages::AnswersAsked::of(&form);
    let mut group = asked.group();
    if form.text("scope") == "ticked" {
        group.families = form.all("family").iter().filter_map(|id| id.parse().ok()).collect();
        if group.families.is_empty() {
            form.fault("scope", lang.t("targeting-tick-some"));
        }
    }
    let reason = form.required("reason", lang);
    let refer = form.text("kind") == "refer";
    let agency: Option<i64> = form.text("agency").parse().ok();
    let need = if refer { form.required("need", lang) } else { String::new() };
    if refer && agency.is_none() {
        form.fault("agency", lang.t("form-required"));
    }
    if !refer && form.text("kind") != "refuse" {
        form.fault("kind", lang.t("form-required"));
    }
    if !form.is_sound() {
        return pages::show_answers(&app, &me, id, asked, Some(form)).await;
    }
    let answer = match agency.filter(|_| refer) {
        Some(agency) => Answer::Refer { agency, need: &need, reason: &reason },
        None => Answer::Refuse { reason: &reason },
    };
    let change = me.change(&app).await?;
    let count = targeting::answer(&change, id, &group, &answer).await?;
    change.commit().await?;
    let key = if refer { "targeting-answered-refer" } else { "targeting-answered-refuse" };
    me.flash(lang.msg(key).n("count", count)).await;
    Ok(see(format!("/penetapan/{id}/jawaban")))
}

/// A decree with its annex as PDF or XLSX. It carries NIK and KK in full, so each time is written in the journal.
pub async fn download(State(app): State<App>, me: Me, Path(id): Path<i64>, form: Form) -> Result<Response, AppError> {
    me.in_whole_district()?;
    let decree = targeting::decree(&me.reading(&app), id).await?.ok_or(AppError::NotFound)?;
    let document = print::decree(&app, &me, &decree).await?;
    let xlsx = form.text("as") == "xlsx";
    let paper = if form.text("as") == "a4" { Paper::A4 } else { Paper::F4 };
    let change = me.change(&app).await?;
    change
        .record(Entry {
            verb: "decree.printed",
            subject: ("decree", id),
            area: None,
            reason: None,
            data: serde_json::json!({"number": decree.number, "as": if xlsx { "XLSX" } else { "PDF" }}),
        })
        .await?;
    change.commit().await?;
    let bytes = made(&app, document, (!xlsx).then(|| Print::on(paper, format!("sk-{id}")))).await?;
    let (kind, ending) = if xlsx {
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
    } else {
        ("application/pdf", "pdf")
    };
    let name = format!("attachment; filename=\"sk-{id}.{ending}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// An agency answers several families at once.
pub async fn reply_many(State(app): State<App>, me: Me, form: Form) -> Result<Response, AppError> {
    let ids: Vec<i64> = form.all("referral").iter().filter_map(|id| id.parse().ok()).collect();
    let act = ReferralAct::from_word(form.text("act")).unwrap_or(ReferralAct::Accept);
    let done = reply_to(&app, &me, &ids, act, form.text("words")).await?;
    me.flash(me.lang.msg(format!("targeting-replied-{act}")).n("count", done)).await;
    Ok(see("/rujukan"))
}

pub async fn reply(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let Some(act) = ReferralAct::from_word(form.text("act")) else {
        return Err(AppError::BadRequest("no act".to_owned()));
    };
    if act == ReferralAct::Decline && form.text("words").is_empty() {
        form.fault("words", me.lang.t("targeting-decline-why"));
        return pages::show_referral(&app, &me, id, form).await;
    }
    let done = reply_to(&app, &me, &[id], act, form.text("words")).await?;
    me.flash(me.lang.msg(format!("targeting-replied-{act}")).n("count", done)).await;
    Ok(see(format!("/rujukan/{id}")))
}

async fn reply_to(app: &App, me: &Me, ids: &[i64], act: ReferralAct, words: &str) -> Result<i64, AppError> {
    let agency = me.actor.agency.ok_or(AppError::NotFound)?;
    let change = me.change(app).await?;
    let done = targeting::reply(&change, agency, ids, act, words).await?;
    change.commit().await?;
    Ok(done)
}
