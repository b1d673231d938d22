//! Figures counted over whole tables, kept until anything is written.
//!
//! Every change of data has its entry in the journal, so a figure holds as long as the journal stands where it stood
//! when it was counted. Fifty people who open the home page at once wait for one count.

use std::{any::Any, fmt, sync::Arc};

use quick_cache::sync::Cache;
use store::{Handle, Reading};

type Kept = Arc<dyn Any + Send + Sync>;

/// So many figures are kept: some kinds, of some areas, for some scopes.
const MOST: usize = 256;

pub struct Figures(Cache<String, Kept>);

impl Default for Figures {
    fn default() -> Self {
        Self(Cache::new(MOST))
    }
}

impl fmt::Debug for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Figures({})", self.0.len())
    }
}

impl Figures {
    /// The figure of this name within the reader's scope; `count` runs where it is not known yet. The name says all the
    /// count depends on besides scope and data: the area, the day.
    pub async fn of<T: Send + Sync + 'static, E: From<store::Error>>(
        &self,
        reading: &Reading<'_>,
        name: &str,
        count: impl Future<Output = Result<T, E>>,
    ) -> Result<Arc<T>, E> {
        let state = store::journal::state(reading).await?;
        let key = format!("{name} {state} {:?}", reading.actor().scope);
        let kept = self.0.get_or_insert_async(&key, async { Ok::<Kept, E>(Arc::new(count.await?)) }).await?;
        kept.downcast().map_err(|_| store::Error::Stored(format!("two figures are named {name}")).into())
    }
}
