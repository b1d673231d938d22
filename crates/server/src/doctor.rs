//! `tuntas doctor`: is this installation sound? Each check says what it found and what to do; nothing is changed.

use std::process::ExitCode;

use domain::access::Role;
use serde::Serialize;
use store::{Actor, Store, migrate};

use crate::{clock::Clock, config::Config, ui::assets};

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
    #[serde(skip_serializing_if = "str::is_empty")]
    next: &'static str,
}

/// Runs every check. Exit code 0: sound; 3: something needs attention; 1: something is broken.
pub async fn run(config: Config, json: bool) -> anyhow::Result<ExitCode> {
    let checks = examine(&config).await;
    for check in &checks {
        if json {
            println!("{}", serde_json::to_string(check)?);
        } else {
            let sign = match check.verdict {
                Verdict::Good => "ok  ",
                Verdict::Attention => "look",
                Verdict::Bad => "BAD ",
            };
            println!("{sign}  {:<12} {}", check.name, check.found);
            if !check.next.is_empty() {
                println!("      {:<12} -> {}", "", check.next);
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
    let mut checks = vec![check_data(config), check_assets()];
    let exists = config.database.is_some() || Store::file_in(&config.data).exists();
    if !exists {
        checks.push(Check {
            name: "database",
            verdict: Verdict::Attention,
            found: format!("no database in {}", config.data.display()),
            next: "start with `tuntas serve`, or try `tuntas demo`; or name the right folder with --data",
        });
        return checks;
    }
    match Store::open(config.database.as_deref(), &config.data).await {
        Ok(store) => checks.extend(check_store(&store, config).await),
        Err(error) => checks.push(Check {
            name: "database",
            verdict: Verdict::Bad,
            found: format!(
                "{error}{}",
                std::error::Error::source(&error).map(|s| format!(": {s}")).unwrap_or_default()
            ),
            next: "is the server of --database running, and are name and password right?",
        }),
    }
    checks
}

fn check_data(config: &Config) -> Check {
    let probe = config.data.join(".doctor");
    let writable = std::fs::create_dir_all(&config.data)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe));
    match writable {
        Ok(()) => Check {
            name: "data folder",
            verdict: Verdict::Good,
            found: format!("{} can be written", config.data.display()),
            next: "",
        },
        Err(error) => Check {
            name: "data folder",
            verdict: Verdict::Bad,
            found: format!("{}: {error}", config.data.display()),
            next: "give the program the right to write there, or name another folder with --data",
        },
    }
}

fn check_assets() -> Check {
    if assets::complete() {
        Check {
            name: "pages",
            verdict: Verdict::Good,
            found: "style, script and font are inside the program".to_owned(),
            next: "",
        }
    } else {
        Check {
            name: "pages",
            verdict: Verdict::Bad,
            found: "the program was built without its style and font".to_owned(),
            next: "build it with `cargo xtask demo`, or run `cargo xtask assets` before building",
        }
    }
}

async fn check_store(store: &Store, config: &Config) -> Vec<Check> {
    let actor = Actor::program("tuntas doctor");
    let reading = store.read(&actor);
    let mut checks = Vec::new();
    match migrate::pending(store).await {
        Ok(pending) if pending.is_empty() => {
            checks.push(Check {
                name: "database",
                verdict: Verdict::Good,
                found: format!("{} is up to date", store.place()),
                next: "",
            });
        }
        Ok(pending) => {
            checks.push(Check {
                name: "database",
                verdict: Verdict::Attention,
                found: format!("{}: {} migrations to go", store.place(), pending.len()),
                next: "`tuntas serve` brings it up to date; keep a copy of the data folder first",
            });
            return checks;
        }
        Err(error) => {
            checks.push(Check {
                name: "database",
                verdict: Verdict::Bad,
                found: error.to_string(),
                next: "restore the last backup",
            });
            return checks;
        }
    }
    if !store.is_postgres() {
        let sound = migrate::file_is_whole(&reading).await.unwrap_or(false);
        checks.push(Check {
            name: "file",
            verdict: if sound { Verdict::Good } else { Verdict::Bad },
            found: if sound {
                "the database file is whole".to_owned()
            } else {
                "the database file is damaged".to_owned()
            },
            next: if sound { "" } else { "stop the program and restore the last backup" },
        });
    }
    let district = store::areas::own_district(&reading).await.ok().flatten();
    checks.push(match district {
        Some((code, name)) => {
            Check { name: "areas", verdict: Verdict::Good, found: format!("own district {code} {name}"), next: "" }
        }
        None => Check {
            name: "areas",
            verdict: Verdict::Attention,
            found: "no areas are loaded".to_owned(),
            next: "`tuntas areas import FILE` with the national area list",
        },
    });
    let today = Clock::System.today(config.zone).to_string();
    let mut administrators = 0;
    for user in store::access::users(&reading).await.unwrap_or_default() {
        if user.disabled_at.is_none()
            && store::access::actor(&reading, &user, &today).await.is_ok_and(|a| a.roles.contains(&Role::Administrator))
        {
            administrators += 1;
        }
    }
    checks.push(Check {
        name: "users",
        verdict: if administrators > 0 { Verdict::Good } else { Verdict::Attention },
        found: format!("{administrators} administrators"),
        next: if administrators > 0 { "" } else { "`tuntas user add LOGIN NAME --role administrator`" },
    });
    let failed = store::jobs::failed(&reading).await.unwrap_or(0);
    checks.push(Check {
        name: "jobs",
        verdict: if failed == 0 { Verdict::Good } else { Verdict::Attention },
        found: format!("{failed} failed"),
        next: if failed == 0 {
            ""
        } else {
            "the page of the list or event concerned says why and offers to begin again"
        },
    });
    checks
}
