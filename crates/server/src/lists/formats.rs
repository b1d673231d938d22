//! The layouts this office knows: the built-in ones, and those made here by hand.

use domain::lists::{Format, format, mapped};
use store::{
    Handle,
    lists::{
        self,
        formats::{self, Saved},
    },
};

/// Every layout known. Those made by hand are read from the database each time, so that another program's are known too.
#[derive(Clone, Debug)]
pub struct Known {
    made: Vec<(Saved, &'static Format)>,
}

pub async fn known(handle: &impl Handle) -> lists::Result<Known> {
    let mut made = Vec::new();
    for saved in formats::all(handle).await? {
        match mapped::load(&saved.text) {
            Ok(format) => made.push((saved, format)),
            // an older program saved what this one cannot read: what was read by it stays, nothing new is
            Err(fault) => tracing::warn!(format = saved.id, %fault, "a layout made by hand cannot be read"),
        }
    }
    Ok(Known { made })
}

impl Known {
    /// The layout of that id, switched off or not: lists were read by it.
    pub fn find(&self, id: &str) -> Option<&'static Format> {
        format::format(id).or_else(|| self.made.iter().find(|(saved, _)| saved.id == id).map(|(_, format)| *format))
    }

    /// Those that files are recognised by, the built-in ones first.
    pub fn active(&self) -> impl Iterator<Item = &'static Format> + Clone {
        let made = self.made.iter().filter(|(saved, _)| saved.off_at.is_none()).map(|(_, format)| *format);
        format::formats().iter().chain(made)
    }

    /// Those made by hand, with what is known of their making.
    pub fn made(&self) -> &[(Saved, &'static Format)] {
        &self.made
    }

    pub fn made_by(&self, id: &str) -> Option<&Saved> {
        self.made.iter().find(|(saved, _)| saved.id == id).map(|(saved, _)| saved)
    }
}
