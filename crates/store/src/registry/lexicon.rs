//! The dictionary of all words of the registry, kept in memory and brought up to date before each search.

use std::sync::Arc;

use domain::search::Dictionary;
use sea_orm::FromQueryResult;
use tokio::sync::Mutex;

use crate::{
    connect::{Reading, Result},
    query::{Handle, Query},
    sql,
};

/// One for each running program.
#[derive(Debug, Default)]
pub struct Lexicon(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    words: Arc<Dictionary>,
    /// Which list came in last; the counts are of that moment.
    state: Option<String>,
    /// The highest number of a word taken over.
    last: i64,
}

#[derive(FromQueryResult)]
struct Word {
    id: i64,
    text: String,
    people: i64,
}

impl Lexicon {
    /// The dictionary as committed. Two small reads when nothing is new; whole only after a list came in.
    pub async fn current(&self, reading: &Reading<'_>) -> Result<Arc<Dictionary>> {
        let mut kept = self.0.lock().await;
        let state: Option<String> =
            reading.scalar(sql!("SELECT value FROM setting WHERE name = 'search_lexicon'")).await?;
        if state != kept.state {
            *kept = Kept { state, ..Kept::default() };
        }
        let new: Vec<Word> = reading
            .all(Query::with(
                sql!("SELECT id, word AS text, people FROM search_lexicon WHERE id > $1 ORDER BY id"),
                [kept.last.into()],
            ))
            .await?;
        if let Some(last) = new.last() {
            kept.last = last.id;
            let words = Arc::make_mut(&mut kept.words);
            for word in &new {
                words.add(&word.text, word.people);
            }
        }
        Ok(Arc::clone(&kept.words))
    }
}
