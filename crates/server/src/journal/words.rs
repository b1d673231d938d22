//! What a journal entry says to a reader: a sentence from its verb and facts, an icon and a tone.

use serde_json::Value;
use store::journal::Line;

use crate::i18n::Lang;

/// A journal entry in words.
#[derive(Clone, Debug)]
pub struct Told {
    /// What happened, e.g. "Kunjungan verval: layak".
    pub what: String,
    /// More about it, when there is more.
    pub more: String,
    pub icon: &'static str,
    /// Class of the icon: info, ok, bad or none.
    pub tone: &'static str,
}

/// The message of a verb: `visit.recorded` is `journal-visit-recorded`.
pub fn key(verb: &str) -> String {
    format!("journal-{}", verb.replace(['.', '_'], "-"))
}

/// Tells an entry: facts of the entry first, then what it means for the one family asked for.
pub fn tell(lang: Lang, line: &Line) -> Told {
    let data: Value = serde_json::from_str(&line.data).unwrap_or_default();
    let detail: Value = line.detail.as_deref().and_then(|d| serde_json::from_str(d).ok()).unwrap_or_default();
    let key = key(&line.verb);
    let more_key = format!("{key}-more");
    let state = ["state", "outcome", "kind", "verdict"]
        .iter()
        .find_map(|name| detail.get(name).or_else(|| data.get(name))?.as_str());
    // an entry may read differently by what it means for this family: selected, reserve, absent
    let special = state.map(|word| format!("{key}-{}", word.to_lowercase().replace('_', "-"))).filter(|k| lang.has(k));
    let mut key = special.unwrap_or(key);
    // who recorded his own visit is named once: beside the entry
    let visitor = detail.get("visitor").or_else(|| data.get("visitor")).and_then(Value::as_str);
    let own = format!("{key}-own");
    if visitor == Some(line.actor.as_str()) && lang.has(&own) {
        key = own;
    }
    let what = lang.msg(key).json(&data).json(&detail).to_string();
    let more =
        if lang.has(&more_key) { lang.msg(more_key).json(&data).json(&detail).to_string() } else { String::new() };
    let (icon, tone) = sign(&line.verb, state);
    Told { what, more, icon, tone }
}

fn sign(verb: &str, state: Option<&str>) -> (&'static str, &'static str) {
    let noun = verb.split('.').next().unwrap_or(verb);
    match (noun, state) {
        ("list", _) => ("file-in", ""),
        ("round", _) => ("clipboard", ""),
        ("visit", Some("TIDAK_LAYAK")) => ("home", "bad"),
        ("visit", _) => ("home", "info"),
        ("deliberation", _) => ("users", "info"),
        ("determination", _) => ("list", ""),
        ("decree", Some("selected")) => ("decide", "ok"),
        ("decree", _) => ("decide", ""),
        ("referral", _) => ("handshake", "info"),
        ("programme" | "enrolment", _) => ("gift", "ok"),
        ("delivery" | "event", Some("absent" | "failed")) => ("close", "bad"),
        ("delivery" | "event", _) => ("cash", "ok"),
        ("household", Some("death" | "departure" | "move_out" | "merge_other" | "same_other")) => ("users", "bad"),
        ("household", _) => ("users", "info"),
        ("match", _) => ("compare", "info"),
        ("number" | "person", _) => ("eye", ""),
        ("session", _) => ("login", ""),
        ("user", _) => ("person", ""),
        ("area" | "boundary", _) => ("map", ""),
        _ => ("history", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_recorded_his_own_visit_is_not_named_again() {
        let line = |actor: &str| Line {
            id: 1,
            at: "2026-11-20T02:00:00Z".into(),
            user_id: Some(1),
            actor: actor.into(),
            verb: "visit.recorded".into(),
            subject_kind: "visit".into(),
            subject_id: 1,
            area: None,
            reason: None,
            data: r#"{"visits":1}"#.into(),
            detail: Some(r#"{"outcome":"LAYAK","visitor":"Ani Lestari","unmet":2,"corrections":0}"#.into()),
        };
        for lang in Lang::ALL {
            assert!(!tell(lang, &line("Ani Lestari")).what.contains("Ani"), "{lang:?}");
            assert!(tell(lang, &line("Rina")).what.contains("Ani Lestari"), "{lang:?}");
        }
    }
}
