//! `tuntas doctor`: is this installation sound? Each check says what it found and what to do; nothing is changed.

use std::process::ExitCode;

use domain::access::Role;
use serde::Serialize;
use store::{Actor, Store, migrate};

use crate::{
    clock::Clock,
    config::Config,
    i18n::{Lang, Msg},
    ui::assets,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Good,
    Attention,
    Bad,
}

#[derive(Debug, Serialize)]
struct Check {
    #[serde(rename = "check")]
    name: &'static str,
    verdict: Verdict,
    found: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    next: String,
}

impl Check {
    /// `key` names the words of what was found; where it is not good, `key-next` says what to do.
    fn new(lang: Lang, name: &'static str, verdict: Verdict, found: &Msg, key: &str) -> Self {
        let next = if verdict == Verdict::Good { String::new() } else { lang.t(&format!("{key}-next")) };
        Self { name, verdict, found: found.to_string(), next }
    }
}

/// Runs every check. Exit code 0: sound; 3: something needs attention; 1: something is broken. The names of the checks
/// are for scripts and stay as they are; what was found is said in the installation's language.
pub async fn run(config: Config, json: bool) -> anyhow::Result<ExitCode> {
    let lang = config.language;
    let checks = examine(&config).await;
    for check in &checks {
        if json {
            say!("{}", serde_json::to_string(check)?);
        } else {
            let sign = match check.verdict {
                Verdict::Good => "doctor-good",
                Verdict::Attention => "doctor-attention",
                Verdict::Bad => "doctor-bad",
            };
            let name = lang.t(&format!("doctor-name-{}", check.name.replace(' ', "-")));
            say!("{:<8} {name:<14} {}", lang.t(sign), check.found);
            if !check.next.is_empty() {
                say!("{:<8} {:<14} -> {}", "", "", check.next);
            }
        }
    }
    let worst = |verdict| checks.iter().any(|check| check.verdict == verdict);
    Ok(match (worst(Verdict::Bad), worst(Verdict::Attention)) {
        (true, _) => ExitCode::FAILURE,
        (false, true) => ExitCode::from(3),
        (false, false) => ExitCode::SUCCESS,
    })
}

async fn examine(config: &Config) -> Vec<Check> {
    let lang = config.language;
    let mut checks = vec![check_data(config), check_assets(lang)];
    let exists = config.database.is_some() || Store::file_in(&config.data).exists();
    if !exists {
        let found = lang.msg("doctor-no-database").s("folder", config.data.display());
        checks.push(Check::new(lang, "database", Verdict::Attention, &found, "doctor-no-database"));
        return checks;
    }
    match Store::open(config.database.as_deref(), &config.data).await {
        Ok(store) => checks.extend(check_store(&store, config).await),
        Err(error) => {
            let source = std::error::Error::source(&error).map(|s| format!(": {s}")).unwrap_or_default();
            let found = lang.msg("doctor-error").s("error", format!("{error}{source}"));
            checks.push(Check::new(lang, "database", Verdict::Bad, &found, "doctor-unreachable"));
        }
    }
    checks
}

fn check_data(config: &Config) -> Check {
    let lang = config.language;
    let probe = config.data.join(".doctor");
    let writable = std::fs::create_dir_all(&config.data)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe));
    match writable {
        Ok(()) => {
            let found = lang.msg("doctor-data").s("folder", config.data.display());
            Check::new(lang, "data folder", Verdict::Good, &found, "doctor-data")
        }
        Err(error) => {
            let found = lang.msg("doctor-data-closed").s("folder", config.data.display()).s("error", error);
            Check::new(lang, "data folder", Verdict::Bad, &found, "doctor-data-closed")
        }
    }
}

fn check_assets(lang: Lang) -> Check {
    let (verdict, key) =
        if assets::complete() { (Verdict::Good, "doctor-pages") } else { (Verdict::Bad, "doctor-pages-bare") };
    Check::new(lang, "pages", verdict, &lang.msg(key), key)
}

async fn check_store(store: &Store, config: &Config) -> Vec<Check> {
    let lang = config.language;
    let actor = Actor::program("tuntas doctor");
    let reading = store.read(&actor);
    let mut checks = Vec::new();
    match migrate::pending(store).await {
        Ok(pending) if pending.is_empty() => {
            let found = lang.msg("doctor-up-to-date").s("place", store.place());
            checks.push(Check::new(lang, "database", Verdict::Good, &found, "doctor-up-to-date"));
        }
        Ok(pending) => {
            let found = lang.msg("doctor-pending").s("place", store.place()).n("count", pending.len());
            checks.push(Check::new(lang, "database", Verdict::Attention, &found, "doctor-pending"));
            return checks;
        }
        Err(error) => {
            let found = lang.msg("doctor-error").s("error", error);
            checks.push(Check::new(lang, "database", Verdict::Bad, &found, "doctor-unreadable"));
            return checks;
        }
    }
    if !store.is_postgres() {
        let sound = migrate::file_is_whole(&reading).await.unwrap_or(false);
        let (verdict, key) = if sound { (Verdict::Good, "doctor-file") } else { (Verdict::Bad, "doctor-file-damaged") };
        checks.push(Check::new(lang, "file", verdict, &lang.msg(key), key));
    }
    let district = store::areas::own_district(&reading).await.ok().flatten();
    checks.push(match district {
        Some((code, name)) => {
            let found = lang.msg("doctor-areas").s("code", code).s("name", name);
            Check::new(lang, "areas", Verdict::Good, &found, "doctor-areas")
        }
        None => Check::new(lang, "areas", Verdict::Attention, &lang.msg("doctor-no-areas"), "doctor-no-areas"),
    });
    let today = Clock::System.today(config.zone).to_string();
    let mut administrators = 0_i64;
    for user in store::access::users(&reading).await.unwrap_or_default() {
        if user.disabled_at.is_none()
            && store::access::actor(&reading, &user, &today).await.is_ok_and(|a| a.roles.contains(&Role::Administrator))
        {
            administrators += 1;
        }
    }
    let verdict = |good: bool| if good { Verdict::Good } else { Verdict::Attention };
    let found = lang.msg("doctor-users").n("count", administrators);
    checks.push(Check::new(lang, "users", verdict(administrators > 0), &found, "doctor-users"));
    let failed = store::jobs::failed(&reading).await.unwrap_or(0);
    let found = lang.msg("doctor-jobs").n("count", failed);
    checks.push(Check::new(lang, "jobs", verdict(failed == 0), &found, "doctor-jobs"));
    checks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_said_in_the_language_of_the_installation() {
        let said = |lang: Lang| {
            let check = Check::new(lang, "areas", Verdict::Attention, &lang.msg("doctor-no-areas"), "doctor-no-areas");
            format!("{} {}", check.found, check.next)
        };
        assert!(said(Lang::Id).starts_with("belum ada wilayah") && said(Lang::En).starts_with("no areas"));
        assert!(said(Lang::Id).contains("tuntas areas import"));
    }
}
