//! The administrator's pages: who works here, with which role, where and until when. And everybody's own password.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use domain::{
    AreaCode, Level,
    access::{Misplaced, Role},
    household::Kind,
    monitoring::PipelineStage,
};
use store::{
    access::{self, Grant, GrantRow, NewUser, User},
    areas, monitoring, programmes,
    registry::household,
};

use super::{Me, password};
use crate::{
    App, AppError, Page,
    error::{see, with_status},
    forms::Form,
    i18n::Lang,
    ui::{Ui, parts::Choice},
};

#[derive(Template)]
#[template(path = "access/templates/users.html")]
struct UsersPage {
    ui: Ui,
    sentence: String,
    rows: Vec<Row>,
}

struct Row {
    id: i64,
    name: String,
    login: String,
    roles: Vec<String>,
    last_login: Option<String>,
    disabled: bool,
}

pub async fn list(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let ui = me.ui(&app).await;
    let today = app.clock.today(app.config.zone).to_string();
    let names = place_names(&app, &me).await?;
    let mut by_user: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for grant in access::grants(&reading, None).await? {
        if is_valid(&grant, &today) {
            by_user.entry(grant.user_id).or_default().push(grant_words(&ui, &grant, &names));
        }
    }
    let users = access::users(&reading).await?;
    let active = users.iter().filter(|user| user.disabled_at.is_none()).count();
    let sentence = ui.msg("access-users-sentence").n("active", active).n("disabled", users.len() - active).to_string();
    let rows = users
        .into_iter()
        .map(|user| Row {
            roles: by_user.remove(&user.id).unwrap_or_default(),
            id: user.id,
            name: user.name,
            login: user.login,
            last_login: user.last_login_at,
            disabled: user.disabled_at.is_some(),
        })
        .collect();
    Ok(Page(UsersPage { ui, sentence, rows }).into_response())
}

#[derive(Template)]
#[template(path = "access/templates/user_new.html")]
struct NewPage {
    ui: Ui,
    form: Form,
    roles: Vec<Choice>,
    places: Vec<Choice>,
    agencies: Vec<Choice>,
}

async fn new_page(app: &App, me: &Me, form: Form) -> Result<NewPage, AppError> {
    let ui = me.ui(app).await;
    let agencies = programmes::agencies(&me.reading(app)).await?;
    let agencies = agencies.into_iter().map(|a| Choice::new(a.id.to_string(), a.name)).collect();
    Ok(NewPage { roles: role_choices(&ui), places: place_choices(app, me, &ui).await?, agencies, form, ui })
}

pub async fn new(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    Ok(Page(new_page(&app, &me, Form::default()).await?).into_response())
}

pub async fn create(State(app): State<App>, me: Me, mut form: Form) -> Result<Response, AppError> {
    let lang = me.lang;
    let login = form.required("login", lang).to_lowercase();
    let name = form.required("name", lang);
    let role = Role::from_word(form.text("role"));
    if role.is_none() {
        form.fault("role", lang.t("access-choose-role"));
    }
    if !login.is_empty() && !login.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')) {
        form.fault("login", lang.t("access-login-letters"));
    } else if access::user_by_login(&me.reading(&app), &login).await?.is_some() {
        form.fault("login", lang.msg("access-login-taken").s("login", &login));
    }
    let agency_id = form.text("agency").parse().ok();
    if role == Some(Role::AgencyStaff) && agency_id.is_none() {
        form.fault("agency", lang.t("access-choose-agency"));
    }
    let area = area_of(&mut form, role, lang);
    let until = form.date("until", lang);
    let (Some(role), true) = (role, form.is_sound()) else {
        return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, new_page(&app, &me, form).await?));
    };
    let first = app.entropy.token()[..14].to_owned();
    let hash = password::hash(&first).await?;
    let change = me.change(&app).await?;
    let new = NewUser {
        login: &login,
        name: &name,
        password_hash: &hash,
        must_change_password: true,
        nip: form.some("nip"),
        position: form.some("position"),
        acting: form.has("acting", "1"),
        agency_id,
    };
    let grant = grant_of(&app, role, area, until);
    let id = access::create_user(&change, &new, &[grant]).await?;
    change.commit().await?;
    Ok(Page(PasswordShown { ui: me.ui(&app).await, id, login, password: first }).into_response())
}

/// A made-up first password, shown on the answer to the request that made it and nowhere else.
#[derive(Template)]
#[template(path = "access/templates/password_shown.html")]
struct PasswordShown {
    ui: Ui,
    id: i64,
    login: String,
    password: String,
}

#[derive(Template)]
#[template(path = "access/templates/user.html")]
struct UserPage {
    ui: Ui,
    form: Form,
    user: User,
    grants: Vec<GrantLine>,
    roles: Vec<Choice>,
    places: Vec<Choice>,
    own: bool,
}

struct GrantLine {
    id: i64,
    words: String,
    from: String,
    until: Option<String>,
    valid: bool,
}

async fn user_page(app: &App, me: &Me, id: i64, form: Form) -> Result<UserPage, AppError> {
    let reading = me.reading(app);
    let user = access::user(&reading, id).await?.ok_or(AppError::NotFound)?;
    let ui = me.ui(app).await;
    let today = app.clock.today(app.config.zone).to_string();
    let names = place_names(app, me).await?;
    let grants = access::grants(&reading, Some(id))
        .await?
        .into_iter()
        .map(|grant| GrantLine {
            id: grant.id,
            words: grant_words(&ui, &grant, &names),
            from: grant.valid_from.clone(),
            until: grant.valid_until.clone(),
            valid: is_valid(&grant, &today),
        })
        .collect();
    Ok(UserPage {
        roles: role_choices(&ui),
        places: place_choices(app, me, &ui).await?,
        own: user.id == me.user.id,
        grants,
        user,
        form,
        ui,
    })
}

pub async fn user(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    Ok(Page(user_page(&app, &me, id, Form::default()).await?).into_response())
}

pub async fn grant(State(app): State<App>, me: Me, Path(id): Path<i64>, mut form: Form) -> Result<Response, AppError> {
    let role = Role::from_word(form.text("role"));
    if role.is_none() {
        form.fault("role", me.lang.t("access-choose-role"));
    }
    let area = area_of(&mut form, role, me.lang);
    let until = form.date("until", me.lang);
    let (Some(role), true) = (role, form.is_sound()) else {
        return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, user_page(&app, &me, id, form).await?));
    };
    let change = me.change(&app).await?;
    let user = access::user(&change, id).await?.ok_or(AppError::NotFound)?;
    access::give_role(&change, user.id, &grant_of(&app, role, area, until)).await?;
    change.commit().await?;
    me.flash(me.lang.msg("access-role-given").s("name", &user.name)).await;
    Ok(see(format!("/pengguna/{id}")))
}

pub async fn end_grant(
    State(app): State<App>,
    me: Me,
    Path((id, grant)): Path<(i64, i64)>,
) -> Result<Response, AppError> {
    let yesterday = app.clock.today(app.config.zone).pred_opt().map(|d| d.to_string()).unwrap_or_default();
    let change = me.change(&app).await?;
    if !access::end_role(&change, id, grant, &yesterday).await? {
        return Err(AppError::NotFound);
    }
    change.commit().await?;
    me.flash(me.lang.t("access-role-ended")).await;
    Ok(see(format!("/pengguna/{id}")))
}

pub async fn disable(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    set_disabled(&app, &me, id, true).await
}

pub async fn enable(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    set_disabled(&app, &me, id, false).await
}

async fn set_disabled(app: &App, me: &Me, id: i64, disabled: bool) -> Result<Response, AppError> {
    if id == me.user.id {
        return Err(crate::error::Rule::new("access-own-account").into());
    }
    let change = me.change(app).await?;
    let user = access::user(&change, id).await?.ok_or(AppError::NotFound)?;
    access::set_disabled(&change, user.id, disabled).await?;
    change.commit().await?;
    let key = if disabled { "access-user-disabled" } else { "access-user-enabled" };
    me.flash(me.lang.msg(key).s("name", &user.name)).await;
    Ok(see(format!("/pengguna/{id}")))
}

pub async fn reset(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let first = app.entropy.token()[..14].to_owned();
    let hash = password::hash(&first).await?;
    let change = me.change(&app).await?;
    let user = access::user(&change, id).await?.ok_or(AppError::NotFound)?;
    access::set_password(&change, user.id, &hash, true).await?;
    change.commit().await?;
    Ok(Page(PasswordShown { ui: me.ui(&app).await, id, login: user.login, password: first }).into_response())
}

#[derive(Template)]
#[template(path = "access/templates/own_password.html")]
struct OwnPassword {
    ui: Ui,
    form: Form,
    forced: bool,
}

pub async fn own_password(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let forced = me.user.must_change_password;
    Ok(Page(OwnPassword { ui: me.ui(&app).await, form: Form::default(), forced }).into_response())
}

pub async fn set_own_password(State(app): State<App>, me: Me, mut form: Form) -> Result<Response, AppError> {
    let lang = me.lang;
    let old = form.required("old", lang);
    let new = form.required("new", lang);
    if !new.is_empty() && new.chars().count() < password::SHORTEST {
        form.fault("new", lang.msg("access-password-short").n("least", password::SHORTEST));
    }
    if new != form.text("again") {
        form.fault("again", lang.t("access-password-differs"));
    }
    if form.is_sound() && !password::verify(&old, Some(&me.user.password)).await? {
        form.fault("old", lang.t("access-password-wrong"));
    }
    if !form.is_sound() {
        for field in ["old", "new", "again"] {
            form.set(field, "");
        }
        let page = OwnPassword { ui: me.ui(&app).await, form, forced: me.user.must_change_password };
        return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let hash = password::hash(&new).await?;
    let change = me.change(&app).await?;
    access::set_password(&change, me.user.id, &hash, false).await?;
    change.commit().await?;
    // the sessions of this user have ended, this one with them: it begins anew
    me.session.cycle_id().await.map_err(anyhow::Error::from)?;
    me.flash(lang.t("access-password-set")).await;
    Ok(see("/"))
}

#[derive(Template)]
#[template(path = "access/templates/settings.html")]
struct SettingsPage {
    ui: Ui,
    form: Form,
    limits: Vec<(String, String)>,
    districts: Vec<Choice>,
    /// Changes of a family by hand that a second person may have to agree to.
    seconds: Vec<Choice>,
}

/// The field of the kinds of change that a second person agrees to.
const SECONDS: &str = "seconds";

async fn settings_page(app: &App, me: &Me, form: Form) -> Result<SettingsPage, AppError> {
    let ui = me.ui(app).await;
    let limits = PipelineStage::ALL.iter().map(|s| (s.setting(), ui.t(&format!("monitoring-stage-{s}")))).collect();
    let districts = areas::districts(&me.reading(app)).await?;
    let districts = districts.into_iter().map(|a| Choice::new(a.code.to_string(), a.name)).collect();
    let seconds = Kind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), ui.t(&format!("household-{}", kind.as_str().replace('_', "-")))));
    Ok(SettingsPage { limits, districts, seconds: seconds.collect(), form, ui })
}

pub async fn settings(State(app): State<App>, me: Me) -> Result<Response, AppError> {
    let reading = me.reading(&app);
    let mut form = Form::default();
    for stage in PipelineStage::ALL {
        form.set(&stage.setting(), monitoring::limit(&reading, *stage).await?);
    }
    form.set(
        "zero_on",
        areas::setting(&reading, "target.zero_on").await?.unwrap_or_else(|| crate::monitoring::ZERO_ON.to_owned()),
    );
    let mut seconds = Vec::new();
    for kind in Kind::ALL {
        if household::needs_second(&reading, *kind).await? {
            seconds.push(kind.as_str());
        }
    }
    form.set_all(SECONDS, seconds);
    if let Some((code, _)) = app.district().await? {
        form.set("district", code);
    }
    Ok(Page(settings_page(&app, &me, form).await?).into_response())
}

pub async fn set_settings(State(app): State<App>, me: Me, mut form: Form) -> Result<Response, AppError> {
    let lang = me.lang;
    let mut set: Vec<(String, String)> = Vec::new();
    for stage in PipelineStage::ALL {
        match form.number(&stage.setting(), 1..=365, lang) {
            Some(days) => set.push((stage.setting(), days.to_string())),
            None if form.fault_of(&stage.setting()).is_none() => form.fault(&stage.setting(), lang.t("form-required")),
            None => {}
        }
    }
    match form.date("zero_on", lang) {
        Some(day) => set.push(("target.zero_on".to_owned(), day.to_string())),
        None if form.fault_of("zero_on").is_none() => form.fault("zero_on", lang.t("form-required")),
        None => {}
    }
    for kind in Kind::ALL {
        let wanted = if form.has(SECONDS, kind.as_str()) { "yes" } else { "no" };
        set.push((kind.setting(), wanted.to_owned()));
    }
    let district: Option<AreaCode> = form.text("district").parse().ok();
    if !form.is_sound() {
        return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, settings_page(&app, &me, form).await?));
    }
    let change = me.change(&app).await?;
    for (name, value) in set {
        if areas::setting(&change, &name).await?.as_deref() != Some(value.as_str()) {
            areas::set_setting(&change, &name, &value).await?;
        }
    }
    if let Some(code) = district {
        areas::find(&change, code).await?.ok_or(AppError::NotFound)?;
        if areas::own_district(&change).await?.is_none_or(|(own, _)| own != code) {
            areas::choose_district(&change, code).await?;
        }
    }
    change.commit().await?;
    me.flash(lang.t("access-settings-kept")).await;
    Ok(see("/pengaturan"))
}

/// The area of a form, as long as the role can be held there.
fn area_of(form: &mut Form, role: Option<Role>, lang: Lang) -> Option<AreaCode> {
    let area = form.text("area").parse().ok();
    if let Some(Err(misplaced)) = role.map(|role| role.fits(area)) {
        form.fault(
            "area",
            lang.t(match misplaced {
                Misplaced::OfDistrict => "access-role-of-district",
                Misplaced::OfVillage => "access-role-of-village",
            }),
        );
    }
    area
}

fn grant_of(app: &App, role: Role, area: Option<AreaCode>, until: Option<NaiveDate>) -> Grant {
    Grant {
        role,
        area,
        valid_from: app.clock.today(app.config.zone).to_string(),
        valid_until: until.map(|d| d.to_string()),
    }
}

fn is_valid(grant: &GrantRow, today: &str) -> bool {
    grant.valid_from.as_str() <= today && grant.valid_until.as_deref().is_none_or(|until| until >= today)
}

/// `Verifikator, Kec. Muara Jernih`
fn grant_words(ui: &Ui, grant: &GrantRow, names: &BTreeMap<i64, String>) -> String {
    let role = role_name(ui.lang, &grant.role);
    match grant.area {
        None => ui.msg("access-role-everywhere").s("role", role).to_string(),
        Some(area) => {
            let name = names.get(&area).cloned().unwrap_or_else(|| area.to_string());
            ui.msg("access-role-in").s("role", role).s("area", name).to_string()
        }
    }
}

fn role_name(lang: Lang, word: &str) -> String {
    lang.t(&format!("role-{}", word.replace('_', "-")))
}

fn role_choices(ui: &Ui) -> Vec<Choice> {
    Role::ALL
        .iter()
        .map(|role| {
            Choice::new(role.as_str(), role_name(ui.lang, role.as_str()))
                .hint(ui.t(&format!("role-{}-hint", role.as_str().replace('_', "-"))))
        })
        .collect()
}

async fn place_names(app: &App, me: &Me) -> Result<BTreeMap<i64, String>, AppError> {
    Ok(match app.district().await? {
        Some((code, _)) => areas::names(&me.reading(app), code).await?,
        None => BTreeMap::new(),
    })
}

/// Kecamatan and villages of the own district, villages indented under theirs.
async fn place_choices(app: &App, me: &Me, ui: &Ui) -> Result<Vec<Choice>, AppError> {
    let names = place_names(app, me).await?;
    Ok(names
        .into_iter()
        .filter_map(|(code, name)| AreaCode::from_number(code).map(|code| (code, name)))
        .filter(|(code, _)| code.level() >= Level::Subdistrict)
        .map(|(code, name)| {
            let label = if code.level() == Level::Village {
                format!("\u{a0}\u{a0}{name}")
            } else {
                ui.msg("registry-subdistrict").s("name", name).to_string()
            };
            Choice::new(code.to_string(), label)
        })
        .collect())
}
