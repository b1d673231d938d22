//! Makes a paper once: the same content on the same sheet gives the same bytes, so what was made a moment ago is kept.
//!
//! A paper of many pages takes seconds. It is finished and kept even when nobody waits for it any more, and two who ask
//! for it at once wait for one. What is kept is found by the digest of everything that is printed: a changed figure is
//! another paper, nothing ever goes stale.

use std::fmt;

use axum::body::Bytes;
use documents::{Document, Print, render, workbook};
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

use crate::{App, AppError};

/// So many papers are kept, the last ones asked for. The longest has some megabytes.
const MOST: usize = 12;

pub struct Papers(Cache<[u8; 32], Bytes>);

impl Papers {
    /// How many papers are kept now.
    pub fn kept(&self) -> usize {
        self.0.len()
    }
}

impl Default for Papers {
    fn default() -> Self {
        Self(Cache::new(MOST))
    }
}

impl fmt::Debug for Papers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Papers({})", self.0.len())
    }
}

/// A paper as a PDF on the sheet named, or as the workbook of the same content.
pub async fn made(app: &App, document: Document, print: Option<Print>) -> Result<Bytes, AppError> {
    let content = serde_json::to_vec(&(&document, &print)).map_err(anyhow::Error::from)?;
    let key: [u8; 32] = Sha256::digest(&content).into();
    let app = app.clone();
    let making = tokio::spawn(async move {
        let make = async {
            tokio::task::spawn_blocking(move || match print {
                Some(print) => render(&document, &print),
                None => workbook(&document),
            })
            .await
            .map_err(anyhow::Error::from)?
            .map_err(anyhow::Error::from)
        };
        app.papers.0.get_or_insert_async(&key, async { make.await.map(Bytes::from) }).await
    });
    Ok(making.await.map_err(anyhow::Error::from)??)
}
