//! How delivery speaks: states, outcomes and amounts as the pages say them.

use domain::{
    Rupiah,
    delivery::{LineState, Refusal},
    programmes::{Aid, Item},
};
use store::delivery::{Event, Line};

use crate::ui::{Ui, charts::Tone};

/// The colour of a state, the same in the bar, the legend and the equation.
pub const fn tone(state: LineState) -> Tone {
    match state {
        LineState::Received => Tone::Data,
        LineState::Proxy => Tone::Mid,
        LineState::Reassigned => Tone::Deep,
        LineState::Absent => Tone::Late,
        LineState::Failed => Tone::Bad,
        LineState::Planned => Tone::Mute,
    }
}

/// The states in the order of the equation.
pub const ORDER: [LineState; 6] = [
    LineState::Received,
    LineState::Proxy,
    LineState::Reassigned,
    LineState::Absent,
    LineState::Failed,
    LineState::Planned,
];

pub fn state(ui: &Ui, state: LineState) -> String {
    ui.t(&format!("delivery-line-{state}"))
}

/// The kind of a state's tag.
pub const fn tag(state: LineState) -> &'static str {
    match state {
        LineState::Received | LineState::Proxy => "ok",
        LineState::Reassigned => "info",
        LineState::Absent => "warn",
        LineState::Failed => "bad",
        LineState::Planned => "",
    }
}

/// Catalogue key of a refusal by the rules of marking.
pub const fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoProof => "delivery-no-proof",
        Refusal::ProxyOutsideFamily => "delivery-proxy-outside",
        Refusal::ProxyTooYoung => "delivery-proxy-young",
        Refusal::AttorneyIncomplete => "delivery-attorney",
        Refusal::ReasonMissing => "delivery-reason",
        Refusal::NothingToUndo => "delivery-nothing-to-undo",
        Refusal::AlreadyRescheduled => "delivery-rescheduled",
        Refusal::AlreadyReturned => "delivery-returned",
        Refusal::ReplacementServed => "delivery-replacement-served",
    }
}

/// Who received, in words: `sendiri`, `wakil: istri`, `dialihkan: 12/BA/2026`.
pub fn recipient(ui: &Ui, line: &Line) -> String {
    match line.state {
        LineState::Received => ui.t("delivery-by-self"),
        LineState::Proxy => {
            let relation = line.relation.as_deref().unwrap_or_default();
            match relation {
                "HEAD" | "SPOUSE" | "CHILD" | "OTHER" => ui
                    .msg("delivery-by-member")
                    .s("relation", ui.t(&format!("delivery-relation-{}", relation.to_lowercase())))
                    .to_string(),
                letter => ui.msg("delivery-by-attorney").s("letter", letter).to_string(),
            }
        }
        LineState::Reassigned => {
            ui.msg("delivery-by-replacement").s("minutes", line.minutes.as_deref().unwrap_or_default()).to_string()
        }
        LineState::Failed => fail_reason(ui, line.reason.as_deref().unwrap_or("other"), line.note.as_deref()),
        LineState::Absent => ui.t("delivery-not-there"),
        LineState::Planned => "–".to_owned(),
    }
}

pub fn fail_reason(ui: &Ui, reason: &str, note: Option<&str>) -> String {
    let word = ui.t(&format!("delivery-fail-{}", reason.replace('_', "-")));
    match note {
        Some(note) if reason == "other" => note.to_owned(),
        Some(note) => format!("{word}: {note}"),
        None => word,
    }
}

/// `foto, tanda tangan`
pub fn proofs(ui: &Ui, line: &Line) -> String {
    let words: Vec<String> =
        line.proof.split_whitespace().map(|proof| ui.t(&format!("delivery-proof-{proof}"))).collect();
    if words.is_empty() { "–".to_owned() } else { words.join(", ") }
}

/// What one family gets: `Rp1.500.000`, or `1 paket`.
pub fn gets(ui: &Ui, event: &Event, amount: Rupiah) -> String {
    match event.aid {
        Aid::Cash => ui.rp(&amount.0),
        Aid::Goods => ui.t("delivery-one-parcel"),
    }
}

/// `12 liter Minyak goreng, 7,5 kg Telur`
pub fn contents(items: &[Item]) -> String {
    items.iter().map(|item| format!("{} {} {}", item.quantity, item.unit, item.name)).collect::<Vec<_>>().join(", ")
}

/// What is counted at the place: rupiah of cash, or parcels.
pub fn measure(ui: &Ui, aid: Aid, value: i64) -> String {
    match aid {
        Aid::Cash => ui.rp(&value),
        Aid::Goods => ui.msg("delivery-parcels").n("count", value).to_string(),
    }
}

/// An invitation's number as printed: `0417`.
pub fn number(number: i64) -> String {
    format!("{number:04}")
}
