//! The end of an event: counting what is left, closing, giving back what was not paid.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    Rupiah,
    delivery::{Equation, EventState, LineState, Settlement, Share},
    programmes::Aid,
};
use store::delivery::{self, CashCount, Closing, Event, GiveBack, LineFilter, Refused, Return, Slip};

use super::{lines::trail, rule, words};
use crate::{
    App, AppError, Page,
    access::Me,
    error::{Rule, see, with_status},
    forms::Form,
    ui::{Ui, parts::Choice},
    uploads::Sent,
};

#[derive(Template)]
#[template(path = "delivery/templates/finish.html")]
struct FinishPage {
    ui: Ui,
    event: Event,
    form: Form,
    sentence: String,
    trail: Vec<(String, String)>,
    equation: Equation,
    /// What should be left at the place.
    left: String,
    brought: String,
    paid: String,
    counts: Vec<(CashCount, String, String)>,
    closing: bool,
}

async fn load(app: &App, me: &Me, id: i64, mut form: Form, closing: bool) -> Result<FinishPage, AppError> {
    let reading = me.reading(app);
    let event = delivery::event(&reading, id).await?.ok_or(AppError::NotFound)?;
    if event.state != EventState::Open {
        return Err(Refused::EventState(event.state).into());
    }
    let equation = delivery::equation(&reading, &event).await?;
    let ui = me.ui(app).await;
    let measure = |value: i64| words::measure(&ui, event.aid, value);
    let brought = event.brought.unwrap_or(0);
    let paid = event.measure(equation.paid());
    if form.text("command").is_empty() {
        form.set("command", app.entropy.token());
    }
    let waiting = equation.still_waiting().families;
    let sentence = match (closing, waiting) {
        (false, _) => ui.msg("delivery-count-sentence").s("left", measure(brought - paid)).to_string(),
        (true, 0) => ui.msg("delivery-close-sentence").s("left", measure(brought - paid)).to_string(),
        (true, waiting) => ui.msg("delivery-close-waiting").n("families", waiting).to_string(),
    };
    let counts = delivery::cash_counts(&reading, id)
        .await?
        .into_iter()
        .map(|count| {
            let (counted, difference) = (measure(count.amount), measure(count.amount - count.expected));
            (count, counted, difference)
        })
        .collect();
    Ok(FinishPage {
        trail: trail(&ui, &event),
        left: measure(brought - paid),
        brought: measure(brought),
        paid: measure(paid),
        sentence,
        equation,
        counts,
        closing,
        form,
        event,
        ui,
    })
}

pub async fn count(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    Ok(Page(load(&app, &me, id, Form::default(), false).await?).into_response())
}

pub async fn close(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    Ok(Page(load(&app, &me, id, Form::default(), true).await?).into_response())
}

/// What was counted: rupiah or parcels; a fault in the form otherwise.
fn counted(form: &mut Form, me: &Me) -> Option<i64> {
    let counted = Rupiah::parse(&form.required("counted", me.lang)).filter(|amount| amount.0 >= 0);
    if counted.is_none() && form.fault_of("counted").is_none() {
        form.broken("counted", &Rule::new("delivery-counted-unreadable"), me.lang);
    }
    counted.map(|amount| amount.0)
}

pub async fn do_count(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    mut form: Form,
) -> Result<Response, AppError> {
    let Some(amount) = counted(&mut form, &me) else {
        let page = load(&app, &me, id, form, false).await?;
        return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    let command = form.required("command", me.lang);
    let change = me.change(&app).await?;
    delivery::count(&change, id, amount, form.text("note"), &command).await?;
    change.commit().await?;
    me.flash(me.lang.t("delivery-flash-counted")).await;
    Ok(see(format!("/penyaluran/{id}")))
}

pub async fn do_close(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    mut form: Form,
) -> Result<Response, AppError> {
    if let Some(amount) = counted(&mut form, &me) {
        let closing = Closing {
            rest_absent: form.has("rest_absent", "1"),
            counted: amount,
            note: form.text("note").to_owned(),
            command: form.required("command", me.lang),
        };
        let change = me.change(&app).await?;
        match delivery::close(&change, id, &closing).await {
            Ok(absent) => {
                change.commit().await?;
                me.flash(me.lang.msg("delivery-flash-closed").n("absent", absent)).await;
                return Ok(see(format!("/penyaluran/{id}")));
            }
            Err(refused @ (Refused::Waiting(_) | Refused::CountDiffers { .. })) => {
                drop(change);
                let field = if matches!(refused, Refused::Waiting(_)) { "rest_absent" } else { "note" };
                form.broken(field, &rule(refused)?, me.lang);
            }
            Err(refused) => return Err(refused.into()),
        }
    }
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, load(&app, &me, id, form, true).await?))
}

#[derive(Template)]
#[template(path = "delivery/templates/give_back.html")]
struct GiveBackPage {
    ui: Ui,
    event: Event,
    form: Form,
    sentence: String,
    trail: Vec<(String, String)>,
    choices: Vec<Choice>,
    due: String,
    returns: Vec<Return>,
}

async fn load_give_back(app: &App, me: &Me, id: i64, mut form: Form, fresh: bool) -> Result<GiveBackPage, AppError> {
    let reading = me.reading(app);
    let event = delivery::event(&reading, id).await?.ok_or(AppError::NotFound)?;
    if event.state != EventState::Closed {
        return Err(Refused::EventState(event.state).into());
    }
    let ui = me.ui(app).await;
    let mut choices = Vec::new();
    let mut all = Share::default();
    for state in [LineState::Absent, LineState::Failed] {
        let filter = LineFilter { state: Some(state), settlement: Some(Settlement::Open), ..LineFilter::default() };
        let families = delivery::lines_count(&reading, id, &filter).await?;
        if families > 0 {
            let share = Share::new(families, families * event.unit_amount.0);
            all += share;
            let label = ui
                .msg("delivery-return-of")
                .s("state", words::state(&ui, state))
                .n("families", families)
                .s("amount", words::measure(&ui, event.aid, event.measure(share)));
            choices.push(Choice::new(state.as_str(), label.to_string()));
        }
    }
    let due = event.measure(all);
    if form.text("command").is_empty() {
        form.set("command", app.entropy.token());
    }
    if fresh {
        form.set_all("of", choices.iter().map(|choice| choice.value.clone()))
            .set("amount", domain::money::grouped(due, '.'))
            .set("on", app.clock.today(app.config.zone));
    }
    let key = match (event.aid, choices.is_empty()) {
        (_, true) => "delivery-return-none",
        (Aid::Cash, false) => "delivery-return-sentence",
        (Aid::Goods, false) => "delivery-return-sentence-goods",
    };
    let sentence = ui.msg(key).n("families", all.families).s("amount", words::measure(&ui, event.aid, due)).to_string();
    Ok(GiveBackPage {
        trail: trail(&ui, &event),
        due: words::measure(&ui, event.aid, due),
        returns: delivery::returns(&reading, id).await?,
        sentence,
        choices,
        form,
        event,
        ui,
    })
}

pub async fn give_back(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    Ok(Page(load_give_back(&app, &me, id, Form::default(), true).await?).into_response())
}

pub async fn do_give_back(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    mut sent: Sent,
) -> Result<Response, AppError> {
    let lang = me.lang;
    let slip = sent.take("slip");
    let mut form = sent.form;
    let number = form.required("number", lang);
    let on = form.date("on", lang);
    if on.is_none() && form.fault_of("on").is_none() {
        form.fault("on", lang.t("form-required"));
    }
    if on.is_some_and(|on| on > app.clock.today(app.config.zone)) {
        form.fault("on", lang.t("delivery-return-future"));
    }
    let amount = Rupiah::parse(&form.required("amount", lang)).map(|amount| amount.0);
    if amount.is_none() && form.fault_of("amount").is_none() {
        form.broken("amount", &Rule::new("delivery-counted-unreadable"), lang);
    }
    let of: Vec<LineState> = form.all("of").iter().filter_map(|word| LineState::from_word(word)).collect();
    if let (true, Some(on), Some(amount)) = (form.is_sound(), on, amount) {
        let command = form.required("command", lang);
        // before the event's row is held: storing takes a moment
        let slip = match slip {
            Some(file) => {
                let kind =
                    media_type(&file.bytes).ok_or_else(|| AppError::from(Rule::new("delivery-slip-unreadable")))?;
                let stored =
                    app.files.store_bytes(&file.bytes, &app.entropy.token()).await.map_err(anyhow::Error::from)?;
                Some(Slip { sha256: stored.sha256, media_type: kind.to_owned(), size: stored.size })
            }
            None => None,
        };
        let change = me.change(&app).await?;
        let back = GiveBack { number, returned_on: on.to_string(), amount, of, slip, command };
        match delivery::give_back(&change, id, &back).await {
            Ok(_) => {
                change.commit().await?;
                me.flash(lang.t("delivery-flash-returned")).await;
                return Ok(see(format!("/penyaluran/{id}")));
            }
            Err(refused @ (Refused::ReturnDiffers { .. } | Refused::NothingToReturn)) => {
                drop(change);
                let field = if matches!(refused, Refused::NothingToReturn) { "of" } else { "amount" };
                form.broken(field, &rule(refused)?, lang);
            }
            Err(refused) => return Err(refused.into()),
        }
    }
    let page = load_give_back(&app, &me, id, form, false).await?;
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
}

/// A scan is a PDF, JPEG or PNG, by its first bytes.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => Some("application/pdf"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        _ => None,
    }
}

impl FinishPage {
    fn name(&self) -> String {
        self.ui.t(if self.closing { "delivery-close" } else { "delivery-count" })
    }

    fn goods(&self) -> bool {
        self.event.aid == Aid::Goods
    }

    fn waiting(&self) -> i64 {
        self.equation.still_waiting().families
    }
}

impl GiveBackPage {
    fn name(&self) -> String {
        self.ui.t(if self.goods() { "delivery-return-goods" } else { "delivery-return" })
    }

    fn goods(&self) -> bool {
        self.event.aid == Aid::Goods
    }
}
