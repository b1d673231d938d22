//! The area a page looks at (`?wilayah=99.01.02`), within what the actor may see; for pages that add villages up.

use std::collections::BTreeMap;

use domain::{AreaCode, Level};
use store::{Scope, areas};

use crate::{App, AppError, access::Me};

/// The area looked at, and the part of it that the actor sees.
pub struct Place {
    /// `None`: all that the actor sees.
    pub area: Option<AreaCode>,
    pub district: Option<AreaCode>,
    pub names: BTreeMap<i64, String>,
    scope: Scope,
}

impl Place {
    pub async fn find(app: &App, me: &Me, asked: &str) -> Result<Self, AppError> {
        let area: Option<AreaCode> = match asked {
            "" => None,
            code => Some(code.parse().map_err(|_| AppError::NotFound)?),
        };
        let district = app.district().await?.map(|(code, _)| code);
        let names = match district {
            Some(code) => areas::names(&me.reading(app), code).await?,
            None => BTreeMap::new(),
        };
        let scope = me.actor.scope.clone();
        if area.is_some_and(|area| !names.contains_key(&area.number()) || !scope.touches(area)) {
            return Err(AppError::NotFound);
        }
        Ok(Self { area: area.filter(|area| Some(*area) != district), district, names, scope })
    }

    pub fn has(&self, village: i64) -> bool {
        AreaCode::from_number(village)
            .is_some_and(|at| self.scope.includes(at) && self.area.is_none_or(|area| area.contains(at)))
    }

    /// Whether a village lies in an area below this one.
    pub fn has_in(&self, part: AreaCode, village: i64) -> bool {
        self.has(village) && part.range().contains(&village)
    }

    pub fn name_of(&self, code: AreaCode) -> String {
        self.names.get(&code.number()).cloned().unwrap_or_else(|| code.to_string())
    }

    /// The areas of a level within this one that the actor sees something of.
    pub fn parts(&self, level: Level) -> Vec<AreaCode> {
        let within = |code: AreaCode| self.area.is_none_or(|area| area.contains(code)) && self.scope.touches(code);
        self.names
            .keys()
            .filter_map(|code| AreaCode::from_number(*code))
            .filter(|code| code.level() == level && within(*code))
            .collect()
    }

    /// What an address carries to stay in this area.
    pub fn query(&self) -> String {
        self.area.map_or_else(String::new, |area| format!("?wilayah={area}"))
    }

    /// The kecamatan and the area itself as steps of a trail, with their addresses below `path`: what stands above this area.
    pub fn above(&self, path: &str) -> Vec<(String, String)> {
        let above = self.area.and_then(AreaCode::parent).filter(|above| above.level() == Level::Subdistrict);
        above.map(|above| (self.name_of(above), format!("{path}?wilayah={above}"))).into_iter().collect()
    }
}
