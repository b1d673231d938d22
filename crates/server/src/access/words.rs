//! Words looked for. Somebody's name or number must not stand in an address (it would stay in the history of the browser
//! and in logs), so a search keeps them in the session and its address holds a key: `/keluarga?cari=k7x...`.
//!
//! Every form that looks for people posts here with the page it belongs to (`di`).

use axum::{extract::State, response::Response};
use tower_sessions::Session;

use super::{Me, guard::own_path};
use crate::{App, AppError, error::see, forms::Form, ui::url};

const WORDS: &str = "words";
/// So many searches of a session can be gone back to.
const KEPT: usize = 40;

/// What stands behind the key in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub key: String,
    pub text: String,
    /// The key belongs to a search of another session, or of long ago; or somebody wrote words where the key belongs.
    pub lost: bool,
}

/// Keeps words and gives their key; `fresh` is the key of words not kept yet.
async fn keep(session: &Session, fresh: String, text: &str) -> Result<String, AppError> {
    let mut kept = all(session).await;
    if let Some(at) = kept.iter().position(|(_, words)| words == text) {
        return Ok(kept.swap_remove(at).0);
    }
    if kept.len() >= KEPT {
        kept.drain(..=kept.len() - KEPT);
    }
    kept.push((fresh.clone(), text.to_owned()));
    session.insert(WORDS, kept).await.map_err(anyhow::Error::from)?;
    Ok(fresh)
}

async fn all(session: &Session) -> Vec<(String, String)> {
    session.get(WORDS).await.ok().flatten().unwrap_or_default()
}

/// The words behind a key.
pub(super) async fn kept(session: &Session, key: &str) -> Words {
    if key.is_empty() {
        return Words::default();
    }
    match all(session).await.into_iter().find(|(kept, _)| kept == key) {
        Some((key, text)) => Words { key, text, lost: false },
        None => Words { lost: true, ..Words::default() },
    }
}

/// On to the page the search belongs to, with the words kept and every other filter in the address.
pub async fn look_for(State(app): State<App>, me: Me, form: Form) -> Result<Response, AppError> {
    let text = form.text("cari").trim();
    let mut query = Vec::new();
    if !text.is_empty() {
        query.push(format!("cari={}", keep(&me.session, app.entropy.token(), text).await?));
    }
    for (name, values) in form.fields().filter(|(name, _)| !matches!(*name, "di" | "cari")) {
        query.extend(
            values.iter().filter(|value| !value.is_empty()).map(|value| format!("{}={}", url(name), url(value))),
        );
    }
    let page = own_path(form.text("di"));
    Ok(see(&if query.is_empty() { page.to_owned() } else { format!("{page}?{}", query.join("&")) }))
}
