//! A decree as it was signed: its words, its annex page by page, and the proof that nothing of it has changed.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use domain::{identity::mask, targeting::Points};
use serde::Deserialize;
use store::targeting::{self, Decree, Proof};

use super::{
    super::words::{self, RuleWords},
    area_names,
};
use crate::{App, AppError, Page, access::Me, forms::Form, ui::Ui};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    cari: String,
    /// The rank of the last line of the page before.
    #[serde(default)]
    sesudah: i64,
}

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "targeting/templates/decree.html")]
struct DecreePage {
    ui: Ui,
    decree: Decree,
    trail: Vec<(String, String)>,
    sentence: String,
    signer: String,
    facts: Vec<(String, String)>,
    rule: RuleWords,
    form: Form,
    rows: Vec<Row>,
    summary: String,
    newest: Option<String>,
    more: Option<String>,
    unanswered: i64,
    proof: Option<ProofWords>,
}

struct Row {
    family: i64,
    rank: i64,
    name: String,
    nik: String,
    address: String,
    village: String,
    subdistrict: String,
    members: i64,
    score: String,
    amount: i64,
}

struct ProofWords {
    tone: &'static str,
    icon: &'static str,
    sentence: String,
    digest: String,
    detail: String,
}

pub async fn decree(
    State(app): State<App>,
    me: Me,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    show(&app, &me, id, &asked, None).await
}

/// The page with the result of a proof made just now.
pub async fn proof(State(app): State<App>, me: Me, Path(id): Path<i64>) -> Result<Response, AppError> {
    let proof = targeting::prove(&me.reading(&app), id).await?;
    show(&app, &me, id, &Asked::default(), Some(&proof)).await
}

async fn show(app: &App, me: &Me, id: i64, asked: &Asked, proof: Option<&Proof>) -> Result<Response, AppError> {
    let reading = me.reading(app);
    let decree = targeting::decree(&reading, id).await?.ok_or(AppError::NotFound)?;
    let words = me.words(&asked.cari).await;
    let search = Some(words.text.as_str()).filter(|text| !text.is_empty());
    let mut lines = targeting::annex(&reading, id, asked.sesudah, search, PAGE + 1).await?;
    let another = lines.len() as i64 > PAGE;
    lines.truncate(PAGE as usize);
    let unanswered = targeting::unanswered(&reading, decree.determination_id).await?;
    let names = area_names(app, &reading).await?;
    let ui = me.ui(app).await;
    let cari = if words.key.is_empty() { String::new() } else { format!("cari={}&", words.key) };
    let mut form = Form::default();
    form.set("cari", &words.text);
    let page = DecreePage {
        trail: vec![
            (ui.t("nav-targeting"), "/penetapan".to_owned()),
            (decree.determination_name.clone(), format!("/penetapan/{}", decree.determination_id)),
        ],
        sentence: ui
            .msg("targeting-decree-sentence")
            .s("number", &decree.number)
            .n("families", decree.families)
            .s("amount", words::short_rupiah(ui.lang, decree.amount))
            .to_string(),
        signer: if decree.acting { format!("Plt. {}", decree.signer_position) } else { decree.signer_position.clone() },
        facts: facts(&ui, &decree),
        rule: words::rule(ui.lang, &decree.rule.criteria, &decree.rule.quota, &names),
        summary: ui.msg("targeting-annex-shown").n("count", lines.len()).n("families", decree.families).to_string(),
        newest: (asked.sesudah > 0).then(|| format!("/sk/{id}?{cari}")),
        more: lines.last().filter(|_| another).map(|last| format!("/sk/{id}?{cari}sesudah={}", last.rank)),
        rows: lines
            .into_iter()
            .map(|line| Row {
                family: line.family_id,
                rank: line.rank,
                name: domain::name::display(&line.head_name),
                nik: line.nik.as_deref().map_or_else(|| "—".to_owned(), mask),
                address: line.address,
                village: line.village_name,
                subdistrict: line.subdistrict_name,
                members: line.members,
                score: words::points(ui.lang, Points(line.score)),
                amount: line.amount,
            })
            .collect(),
        proof: proof.map(|proof| proof_words(&ui, &decree, proof)),
        unanswered,
        decree,
        form,
        ui,
    };
    Ok(Page(page).into_response())
}

fn facts(ui: &Ui, decree: &Decree) -> Vec<(String, String)> {
    let rule = &decree.rule;
    let mut all = vec![(ui.t("targeting-round"), rule.round.clone()), (ui.t("targeting-list"), rule.list.clone())];
    if let Some(programme) = &rule.programme {
        all.push((ui.t("targeting-programme"), programme.clone()));
    }
    if let Some(code) = &rule.sub_activity {
        all.push((ui.t("targeting-sub-activity"), code.clone()));
    }
    if let Some(fund) = &rule.fund {
        let label = domain::codes::list("apbd.sumber_dana").label(fund, ui.lang.is_english());
        all.push((ui.t("targeting-fund"), label.to_owned()));
    }
    let added = ui
        .msg("targeting-adds-up")
        .n("candidates", rule.candidates)
        .n("eligible", rule.eligible)
        .n("excluded", rule.candidates - rule.eligible);
    all.push((ui.t("targeting-considered"), added.to_string()));
    if let Some(at) = &rule.ranked_at {
        all.push((ui.t("targeting-ranked-at"), ui.time(at)));
    }
    all
}

fn proof_words(ui: &Ui, decree: &Decree, proof: &Proof) -> ProofWords {
    let sentence = match (proof.sealed, proof.different) {
        (true, 0) => ui.t("targeting-proof-holds"),
        (false, _) => ui.t("targeting-proof-broken"),
        (true, different) => ui.msg("targeting-proof-different").n("count", different).to_string(),
    };
    let detail = if proof.sealed {
        ui.msg("targeting-proof-ranked").n("count", proof.ranked).to_string()
    } else {
        ui.msg("targeting-proof-digests").s("then", &decree.digest[..16.min(decree.digest.len())]).to_string()
    };
    let (tone, icon) = if proof.holds() { ("ok", "check") } else { ("bad", "alert") };
    ProofWords { tone, icon, sentence, digest: proof.digest.clone(), detail }
}
