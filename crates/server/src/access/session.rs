//! Sessions: an opaque random id in a cookie, everything else in the database, under the id's digest.

use std::collections::HashMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Actor, access};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};
use tower_sessions::{
    Expiry, Session, SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Id, Record},
    session_store::{Error, Result},
};

use crate::App;

/// After this long without a change of the session one logs in again.
const HOURS: i64 = 10;

pub const USER: &str = "user";
pub const LANGUAGE: &str = "language";
const FLASH: &str = "flash";

/// The layer that loads and keeps sessions.
pub fn session_layer(app: &App) -> SessionManagerLayer<Sessions> {
    SessionManagerLayer::new(Sessions(app.clone()))
        .with_name("tuntas")
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(app.config.https)
        .with_expiry(Expiry::OnInactivity(Duration::hours(HOURS)))
}

/// A sentence shown once on the next page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Flash {
    pub text: String,
}

/// Leaves a sentence for the next page this session opens.
pub async fn flash(session: &Session, text: impl ToString) {
    let flash = Flash { text: text.to_string() };
    if let Err(error) = session.insert(FLASH, flash).await {
        tracing::warn!(%error, "a message could not be kept for the next page");
    }
}

/// Takes the sentence left for this page.
pub async fn take_flash(session: &Session) -> Option<Flash> {
    // reading first: removing marks the session as changed, and most pages have no message
    session.get::<Flash>(FLASH).await.ok().flatten()?;
    session.remove::<Flash>(FLASH).await.ok().flatten()
}

#[derive(Clone, Debug)]
pub struct Sessions(App);

impl Sessions {
    async fn write(&self, record: &Record) -> Result<()> {
        let actor = Actor::program("session");
        let data = serde_json::to_string(&record.data).map_err(|e| Error::Encode(e.to_string()))?;
        let user = record.data.get(USER).and_then(serde_json::Value::as_i64);
        let expires = record.expiry_date.format(&Rfc3339).map_err(|e| Error::Encode(e.to_string()))?;
        let change = self.0.store.change(&actor, &self.0.clock.stamp()).await.map_err(backend)?;
        access::save_session(&change, &digest(&record.id), user, &data, &expires).await.map_err(backend)?;
        change.commit().await.map_err(backend)
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits do not meet twice
        self.write(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.write(record).await
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let actor = Actor::program("session");
        let Some(row) = access::load_session(&self.0.store.read(&actor), &digest(id)).await.map_err(backend)? else {
            return Ok(None);
        };
        let expiry_date = OffsetDateTime::parse(&row.expires_at, &Rfc3339).map_err(|e| Error::Decode(e.to_string()))?;
        let now = OffsetDateTime::from_unix_timestamp(self.0.clock.now().timestamp())
            .map_err(|e| Error::Decode(e.to_string()))?;
        if expiry_date <= now {
            return Ok(None);
        }
        let data: HashMap<String, serde_json::Value> =
            serde_json::from_str(&row.data).map_err(|e| Error::Decode(e.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let actor = Actor::program("session");
        let change = self.0.store.change(&actor, &self.0.clock.stamp()).await.map_err(backend)?;
        access::delete_session(&change, &digest(id)).await.map_err(backend)?;
        change.commit().await.map_err(backend)
    }
}

/// What is kept of the id: who reads the table cannot take over a session.
fn digest(id: &Id) -> String {
    hex::encode(Sha256::digest(id.to_string().as_bytes()))
}

#[expect(clippy::needless_pass_by_value, reason = "fits map_err")]
fn backend(error: store::Error) -> Error {
    Error::Backend(error.to_string())
}
