//! `tuntas user`: the machine's owner makes the first users; further ones are made in the browser.

use std::{io::Read, process::ExitCode};

use anyhow::{Context, bail};
use clap::Subcommand;
use domain::{
    AreaCode,
    access::{Misplaced, Role},
};
use store::{
    Actor,
    access::{self, Grant, NewUser},
};

use super::password;
use crate::App;

#[derive(Subcommand, Debug)]
pub enum User {
    /// Add a user; the password is read from standard input, or made up and printed once
    Add {
        /// Name to log in with
        login: String,
        /// Name of the person
        name: String,
        /// administrator, office_staff, verifier, head_of_office, agency_staff, village_operator, companion, tksk, planner, regent, auditor
        #[arg(long, value_parser = role)]
        role: Role,
        /// Only within this area, e.g. 99.01.02 (default: the whole district)
        #[arg(long, value_name = "CODE")]
        area: Option<AreaCode>,
        /// The person's position, as papers print it
        #[arg(long)]
        position: Option<String>,
        /// The civil servant's number (NIP), as papers print it
        #[arg(long)]
        nip: Option<String>,
        /// Read the password from standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// List users with their roles
    List {
        /// Print one JSON object a user
        #[arg(long)]
        json: bool,
    },
    /// Let nobody log in as this user any more; ends its sessions
    Disable {
        /// Name the person logs in with
        login: String,
    },
    /// Let the user log in again
    Enable {
        /// Name the person logs in with
        login: String,
    },
    /// Set a new password, made up and printed once, or read from standard input
    Password {
        /// Name the person logs in with
        login: String,
        /// Read the password from standard input
        #[arg(long)]
        password_stdin: bool,
    },
}

fn role(word: &str) -> Result<Role, String> {
    Role::from_word(word)
        .ok_or_else(|| format!("choose one of {}", Role::ALL.iter().map(|r| r.as_str()).collect::<Vec<_>>().join(", ")))
}

pub async fn run(app: &App, command: User) -> anyhow::Result<ExitCode> {
    let actor = Actor::program("tuntas user");
    let today = app.clock.today(app.config.zone).to_string();
    match command {
        User::Add { login, name, role, area, position, nip, password_stdin } => {
            match role.fits(area) {
                Ok(()) => {}
                Err(Misplaced::OfDistrict) => bail!("{role} is a role of the whole district: leave --area out"),
                Err(Misplaced::OfVillage) => {
                    bail!("{role} is a role of one village: name it with --area, for example 99.01.01.2001")
                }
            }
            let (typed, shown) = new_password(app, password_stdin)?;
            let hash = password::hash(&typed).await?;
            if access::user_by_login(&app.store.read(&actor), &login).await?.is_some() {
                bail!(
                    "there is a user {login} already: choose another name, or set its password with `tuntas user password {login}`"
                );
            }
            let change = app.store.change(&actor, &app.clock.stamp()).await?;
            let new = NewUser {
                login: &login,
                name: &name,
                password_hash: &hash,
                must_change_password: shown,
                nip: nip.as_deref(),
                position: position.as_deref(),
                acting: false,
                agency_id: None,
            };
            let grant = Grant { role, area, valid_from: today, valid_until: None };
            access::create_user(&change, &new, &[grant]).await?;
            change.commit().await?;
            say!("{login}: added as {role}");
            if shown {
                say!("password: {typed}");
            }
        }
        User::List { json } => {
            let reading = app.store.read(&actor);
            for user in access::users(&reading).await? {
                let acting = access::actor(&reading, &user, &today).await?;
                let roles: Vec<&str> = acting.roles.iter().map(|role| role.as_str()).collect();
                if json {
                    say!(
                        "{}",
                        serde_json::json!({"login": user.login, "name": user.name, "roles": roles, "disabled": user.disabled_at.is_some()})
                    );
                } else {
                    let state = if user.disabled_at.is_some() { " (disabled)" } else { "" };
                    say!("{:<20} {:<30} {}{state}", user.login, user.name, roles.join(", "));
                }
            }
        }
        User::Disable { login } => set_disabled(app, &actor, &login, true).await?,
        User::Enable { login } => set_disabled(app, &actor, &login, false).await?,
        User::Password { login, password_stdin } => {
            let (typed, shown) = new_password(app, password_stdin)?;
            let hash = password::hash(&typed).await?;
            let user = find(app, &actor, &login).await?;
            let change = app.store.change(&actor, &app.clock.stamp()).await?;
            access::set_password(&change, user.id, &hash, shown).await?;
            change.commit().await?;
            say!("{login}: new password set, sessions ended");
            if shown {
                say!("password: {typed}");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn find(app: &App, actor: &Actor, login: &str) -> anyhow::Result<access::User> {
    access::user_by_login(&app.store.read(actor), login)
        .await?
        .with_context(|| format!("there is no user {login}: `tuntas user list` shows who there is"))
}

async fn set_disabled(app: &App, actor: &Actor, login: &str, disabled: bool) -> anyhow::Result<()> {
    let user = find(app, actor, login).await?;
    let change = app.store.change(actor, &app.clock.stamp()).await?;
    access::set_disabled(&change, user.id, disabled).await?;
    change.commit().await?;
    say!("{login}: {}", if disabled { "disabled, sessions ended" } else { "enabled" });
    Ok(())
}

/// The password, and whether it was made up here and must be shown.
fn new_password(app: &App, from_stdin: bool) -> anyhow::Result<(String, bool)> {
    if !from_stdin {
        return Ok((app.entropy.token()[..14].to_owned(), true));
    }
    let mut typed = String::new();
    std::io::stdin().read_to_string(&mut typed).context("failed to read the password from standard input")?;
    let typed = typed.trim_end_matches(['\r', '\n']).to_owned();
    if typed.chars().count() < password::SHORTEST {
        bail!("the password needs at least {} characters", password::SHORTEST);
    }
    Ok((typed, false))
}
