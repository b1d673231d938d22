//! The one state all handlers share.

use std::sync::Arc;

use domain::AreaCode;
use store::{Actor, Store, registry::Lexicon};

use crate::{
    areas,
    clock::{Clock, Entropy},
    config::Config,
    documents,
    figures::Figures,
    files::Files,
};

#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

#[derive(Debug)]
pub struct Inner {
    pub store: Store,
    pub config: Config,
    pub clock: Clock,
    pub entropy: Entropy,
    pub files: Files,
    pub worker: tokio::sync::Notify,
    /// Maps drawn from boundaries, kept while the boundaries stay as they are.
    pub maps: areas::Maps,
    pub figures: Figures,
    /// Every word families are found by.
    pub lexicon: Lexicon,
    pub papers: documents::Papers,
}

impl App {
    pub fn new(store: Store, config: Config, clock: Clock, entropy: Entropy) -> Self {
        let files = Files::new(config.data.join("files"));
        Self(Arc::new(Inner {
            store: store.in_zone(config.zone),
            config,
            clock,
            entropy,
            files,
            worker: tokio::sync::Notify::new(),
            maps: areas::Maps::default(),
            figures: Figures::default(),
            lexicon: Lexicon::default(),
            papers: documents::Papers::default(),
        }))
    }

    /// The installation's own district, when areas have been loaded.
    pub async fn district(&self) -> store::Result<Option<(AreaCode, String)>> {
        let actor = Actor::program("tuntas");
        store::areas::own_district(&self.store.read(&actor)).await
    }
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
