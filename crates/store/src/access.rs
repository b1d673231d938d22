//! Users, their dated roles, sessions, and throttled log-in.

use domain::{AreaCode, access::Role};
use sea_orm::FromQueryResult;
use serde_json::json;

use crate::{
    connect::{Actor, Change, Error, Result},
    journal::Entry,
    query::{Handle, Query},
    sql,
};

/// A person who works here.
#[derive(Clone, Debug, FromQueryResult)]
pub struct User {
    pub id: i64,
    pub login: String,
    pub name: String,
    /// argon2id, PHC string.
    pub password: String,
    pub must_change_password: bool,
    pub nip: Option<String>,
    pub position: Option<String>,
    /// Acting head (Plt.).
    pub acting: bool,
    pub agency_id: Option<i64>,
    pub language: String,
    pub disabled_at: Option<String>,
    pub failed_logins: i64,
    pub locked_until: Option<String>,
    pub last_login_at: Option<String>,
}

#[derive(Clone, Debug, FromQueryResult)]
struct RoleRow {
    role: String,
    area: Option<i64>,
}

const COLUMNS: &str = "SELECT id, login, name, password, must_change_password, nip, position, acting, agency_id, language, disabled_at, failed_logins, locked_until, last_login_at FROM app_user";

pub async fn user(handle: &impl Handle, id: i64) -> Result<Option<User>> {
    let mut query = Query::new(sql!(COLUMNS));
    query.push_with(sql!(" WHERE id = $$"), id);
    handle.one(query).await
}

pub async fn user_by_login(handle: &impl Handle, login: &str) -> Result<Option<User>> {
    let mut query = Query::new(sql!(COLUMNS));
    query.push_with(sql!(" WHERE login = $$"), login.trim().to_lowercase());
    handle.one(query).await
}

/// All users by name, for the administrator's page.
pub async fn users(handle: &impl Handle) -> Result<Vec<User>> {
    let mut query = Query::new(sql!(COLUMNS));
    query.push(sql!(" ORDER BY name, id"));
    handle.all(query).await
}

/// The actor a user is on that day: the roles valid then, each where it is held.
pub async fn actor(handle: &impl Handle, user: &User, today: &str) -> Result<Actor> {
    let rows: Vec<RoleRow> = handle
        .all(Query::with(
            sql!(
                "SELECT role, area FROM user_role WHERE user_id = $1 AND valid_from <= $2 AND (valid_until IS NULL OR valid_until >= $2) ORDER BY id"
            ),
            [user.id.into(), today.into()],
        ))
        .await?;
    let mut grants = Vec::new();
    for row in rows {
        let role = Role::from_word(&row.role).ok_or_else(|| Error::Stored(format!("unknown role {}", row.role)))?;
        let area = match row.area {
            None => None,
            Some(code) => {
                Some(AreaCode::from_number(code).ok_or_else(|| Error::Stored(format!("unknown area {code}")))?)
            }
        };
        grants.push((role, area));
    }
    Ok(Actor::granted(user.id, &user.name, &grants, user.agency_id))
}

/// What a new user starts with.
#[derive(Clone, Debug)]
pub struct NewUser<'a> {
    pub login: &'a str,
    pub name: &'a str,
    /// argon2id, PHC string.
    pub password_hash: &'a str,
    pub must_change_password: bool,
    pub nip: Option<&'a str>,
    pub position: Option<&'a str>,
    pub acting: bool,
    pub agency_id: Option<i64>,
}

/// A role to be given: where (`None`: the whole district) and from when until when.
#[derive(Clone, Debug)]
pub struct Grant {
    pub role: Role,
    pub area: Option<AreaCode>,
    pub valid_from: String,
    pub valid_until: Option<String>,
}

/// Creates a user with roles; its id. A login that exists is a conflict of the database.
pub async fn create_user(change: &Change<'_>, new: &NewUser<'_>, grants: &[Grant]) -> Result<i64> {
    let id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO app_user (login, name, password, must_change_password, nip, position, acting, agency_id, language, created_at, failed_logins)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'id', $9, 0) RETURNING id"
            ),
            [
                new.login.trim().to_lowercase().into(),
                new.name.trim().into(),
                new.password_hash.into(),
                new.must_change_password.into(),
                new.nip.into(),
                new.position.into(),
                new.acting.into(),
                new.agency_id.into(),
                change.at().into(),
            ],
        ))
        .await?;
    for grant in grants {
        grant_role(change, id, grant).await?;
    }
    change
        .record(Entry {
            verb: "user.created",
            subject: ("user", id),
            area: None,
            reason: None,
            data: json!({"name": new.name, "roles": grants.iter().map(|g| g.role.as_str()).collect::<Vec<_>>()}),
        })
        .await?;
    Ok(id)
}

pub async fn grant_role(change: &Change<'_>, user: i64, grant: &Grant) -> Result<i64> {
    change
        .insert(Query::with(
            sql!(
                "INSERT INTO user_role (user_id, role, area, valid_from, valid_until, granted_by, granted_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"
            ),
            [
                user.into(),
                grant.role.as_str().into(),
                grant.area.map(AreaCode::number).into(),
                grant.valid_from.as_str().into(),
                grant.valid_until.as_deref().into(),
                change.actor().user.into(),
                change.at().into(),
            ],
        ))
        .await
}

/// Gives a role to a user who is there already, and writes it in the journal.
pub async fn give_role(change: &Change<'_>, user: i64, grant: &Grant) -> Result<i64> {
    let id = grant_role(change, user, grant).await?;
    change
        .record(Entry {
            verb: "user.role_given",
            subject: ("user", user),
            area: grant.area.map(AreaCode::number),
            reason: None,
            data: json!({"role": grant.role.as_str(), "until": grant.valid_until}),
        })
        .await?;
    Ok(id)
}

/// Ends a role on a day; it stays on record.
pub async fn end_role(change: &Change<'_>, user: i64, grant: i64, last_day: &str) -> Result<bool> {
    let changed = change
        .execute(Query::with(
            sql!("UPDATE user_role SET valid_until = $1 WHERE id = $2 AND user_id = $3 AND (valid_until IS NULL OR valid_until > $1)"),
            [last_day.into(), grant.into(), user.into()],
        ))
        .await?;
    if changed > 0 {
        change
            .record(Entry {
                verb: "user.role_ended",
                subject: ("user", user),
                area: None,
                reason: None,
                data: json!({"until": last_day}),
            })
            .await?;
    }
    Ok(changed > 0)
}

/// A role as granted, for the page of a user.
#[derive(Clone, Debug, FromQueryResult)]
pub struct GrantRow {
    pub id: i64,
    pub user_id: i64,
    pub role: String,
    pub area: Option<i64>,
    pub valid_from: String,
    pub valid_until: Option<String>,
}

/// Every role ever granted, newest first; of one user or of all.
pub async fn grants(handle: &impl Handle, user: Option<i64>) -> Result<Vec<GrantRow>> {
    let mut query =
        Query::new(sql!("SELECT id, user_id, role, area, valid_from, valid_until FROM user_role WHERE 1 = 1"));
    if let Some(user) = user {
        query.push_with(sql!(" AND user_id = $$"), user);
    }
    query.push(sql!(" ORDER BY user_id, id DESC"));
    handle.all(query).await
}

/// Lets nobody log in as this user any more (its sessions end), or lets it in again.
pub async fn set_disabled(change: &Change<'_>, user: i64, disabled: bool) -> Result<()> {
    let at = disabled.then(|| change.at().to_owned());
    change
        .execute(Query::with(sql!("UPDATE app_user SET disabled_at = $1 WHERE id = $2"), [at.into(), user.into()]))
        .await?;
    if disabled {
        end_sessions(change, user).await?;
    }
    let verb = if disabled { "user.disabled" } else { "user.enabled" };
    change.record(Entry { verb, subject: ("user", user), area: None, reason: None, data: json!({}) }).await?;
    Ok(())
}

/// Sets a password (its hash) and ends the user's sessions everywhere.
pub async fn set_password(change: &Change<'_>, user: i64, hash: &str, must_change: bool) -> Result<()> {
    change
        .execute(Query::with(
            sql!("UPDATE app_user SET password = $1, must_change_password = $2 WHERE id = $3"),
            [hash.into(), must_change.into(), user.into()],
        ))
        .await?;
    end_sessions(change, user).await?;
    change
        .record(Entry { verb: "user.password_set", subject: ("user", user), area: None, reason: None, data: json!({}) })
        .await?;
    Ok(())
}

/// Failures of this login since a moment, wherever they came from: throttling counts the account, not the browser.
pub async fn failures_since(handle: &impl Handle, login: &str, since: &str) -> Result<i64> {
    handle
        .count(Query::with(
            sql!("SELECT COUNT(*) FROM login_attempt WHERE login = $1 AND at >= $2 AND success = $3"),
            [login.trim().to_lowercase().into(), since.into(), false.into()],
        ))
        .await
}

/// Writes down a try to log in, and in the journal too: failures as well.
pub async fn record_attempt(
    change: &Change<'_>,
    login: &str,
    address: &str,
    user: Option<i64>,
    success: bool,
) -> Result<()> {
    change
        .execute(Query::with(
            sql!("INSERT INTO login_attempt (at, login, address, success) VALUES ($1, $2, $3, $4)"),
            [change.at().into(), login.trim().to_lowercase().into(), address.into(), success.into()],
        ))
        .await?;
    if success {
        change
            .execute(Query::with(
                sql!("UPDATE app_user SET last_login_at = $1 WHERE id = $2"),
                [change.at().into(), user.into()],
            ))
            .await?;
    }
    change
        .record(Entry {
            verb: if success { "session.opened" } else { "session.refused" },
            subject: ("user", user.unwrap_or(0)),
            area: None,
            reason: None,
            data: json!({"address": address}),
        })
        .await?;
    Ok(())
}

/// The user's language of the screen, `id` or `en`.
pub async fn set_language(change: &Change<'_>, user: i64, language: &str) -> Result<()> {
    change
        .execute(Query::with(sql!("UPDATE app_user SET language = $1 WHERE id = $2"), [language.into(), user.into()]))
        .await?;
    Ok(())
}

/// A session as kept: `data` is opaque JSON of the session layer.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SessionRow {
    pub data: String,
    pub expires_at: String,
}

pub async fn load_session(handle: &impl Handle, id: &str) -> Result<Option<SessionRow>> {
    handle.one(Query::with(sql!("SELECT data, expires_at FROM session WHERE id = $1"), [id.into()])).await
}

pub async fn save_session(
    change: &Change<'_>,
    id: &str,
    user: Option<i64>,
    data: &str,
    expires_at: &str,
) -> Result<()> {
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO session (id, user_id, data, expires_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, data = excluded.data, expires_at = excluded.expires_at"
            ),
            [id.into(), user.into(), data.into(), expires_at.into()],
        ))
        .await?;
    Ok(())
}

pub async fn delete_session(change: &Change<'_>, id: &str) -> Result<()> {
    change.execute(Query::with(sql!("DELETE FROM session WHERE id = $1"), [id.into()])).await?;
    Ok(())
}

/// Ends every session of a user, e.g. when disabled or when the password changed.
pub async fn end_sessions(change: &Change<'_>, user: i64) -> Result<u64> {
    change.execute(Query::with(sql!("DELETE FROM session WHERE user_id = $1"), [user.into()])).await
}
