//! A map of counts: which number an area carries, the choropleth or tiles, and the table under it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use domain::{AreaCode, Level};
use store::{Handle, areas, registry::AreaCounts};
use tokio::sync::RwLock;

use crate::{
    App, AppError,
    ui::{
        Ui,
        charts::{
            AreaValue, Choropleth, Classes, Figure, Label, Row, Spec, Tile, choropleth,
            map::{Drawing, Shape},
            no_data, tile_map,
        },
    },
};

/// Drawings by area and by the state of the boundaries they were drawn from.
pub type Maps = RwLock<HashMap<(AreaCode, String), Arc<Drawing>>>;

/// Which count a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Desil1,
    Untouched,
    Families,
    Unverified,
}

impl Measure {
    pub const ALL: [Self; 4] = [Self::Untouched, Self::Desil1, Self::Families, Self::Unverified];

    /// The word in the page's address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Desil1 => "desil1",
            Self::Untouched => "belum-tersentuh",
            Self::Families => "keluarga",
            Self::Unverified => "belum-diverval",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.word() == word)
    }

    pub const fn key(self) -> &'static str {
        match self {
            Self::Desil1 => "areas-measure-desil1",
            Self::Untouched => "areas-measure-untouched",
            Self::Families => "areas-measure-families",
            Self::Unverified => "areas-measure-unverified",
        }
    }

    pub const fn of(self, counts: &AreaCounts) -> i64 {
        match self {
            Self::Desil1 => counts.desil1,
            Self::Untouched => counts.untouched,
            Self::Families => counts.families,
            Self::Unverified => counts.families - counts.verified,
        }
    }
}

/// The map of one measure over the villages of an area, with legend and table.
pub async fn counted_map(
    app: &App,
    ui: &Ui,
    handle: &impl Handle,
    area: AreaCode,
    counts: &[AreaCounts],
    measure: Measure,
) -> Result<Figure, AppError> {
    let names = areas::names(handle, area).await?;
    let by_code: BTreeMap<i64, &AreaCounts> = counts.iter().map(|c| (c.code, c)).collect();
    let villages: Vec<(AreaCode, &String)> = names
        .iter()
        .filter_map(|(code, name)| AreaCode::from_number(*code).map(|code| (code, name)))
        .filter(|(code, _)| code.level() == Level::Village)
        .collect();
    let counted: Vec<(AreaCode, i64)> =
        villages.iter().filter_map(|(code, _)| Some((*code, measure.of(by_code.get(&code.number())?)))).collect();
    let texts = ui.few_parts(&counted.iter().map(|(_, count)| *count).collect::<Vec<_>>());
    let text: BTreeMap<AreaCode, String> = counted.iter().map(|(code, _)| *code).zip(texts).collect();
    let text = |code: AreaCode| text.get(&code).cloned().unwrap_or_else(|| "—".to_owned());
    let value = |code: AreaCode| by_code.get(&code.number()).map(|c| ui.drawn(measure.of(c)));
    let words = |code: AreaCode, name: &str| match value(code) {
        Some(_) => ui
            .msg("areas-map-words")
            .s("name", name)
            .s("count", text(code))
            .s("measure", ui.t(measure.key()))
            .to_string(),
        None => ui.msg("areas-map-no-data").s("name", name).to_string(),
    };
    let href = |code: AreaCode| Some(format!("/wilayah/{code}"));
    let values: Vec<f64> = villages.iter().filter_map(|(code, _)| value(*code)).map(|v| v as f64).collect();
    let classes = Classes::quantiles(&values);
    let title = ui.t(measure.key());
    let description = ui.msg("areas-map-text").n("villages", villages.len() as i64).to_string();
    let spec = Spec { id: "peta", title: &title, description: &description };
    let drawing = drawing(app, handle, area).await?;
    let svg = if let Some(drawing) = &drawing {
        let values: Vec<AreaValue> = villages
            .iter()
            .map(|(code, name)| AreaValue {
                code: code.to_string(),
                value: value(*code).map(|v| v as f64),
                words: words(*code, name),
                href: href(*code),
            })
            .collect();
        let labels = label(area, drawing, &names, &by_code, measure);
        let group = |code: &str| code.get(..8).unwrap_or(code).to_owned();
        choropleth(
            &spec,
            &Choropleth { drawing, values: &values, classes: &classes, group: &group, labels: &labels, font: 22.0 },
        )
    } else {
        let tiles: Vec<Tile> = villages
            .iter()
            .map(|(code, name)| Tile {
                name: (*name).clone(),
                value: value(*code).map(|v| v as f64),
                text: text(*code),
                words: words(*code, name),
                href: href(*code),
            })
            .collect();
        tile_map(&spec, &tiles, &classes)
    };
    let mut rows: Vec<(i64, Row)> = villages
        .iter()
        .map(|(code, name)| {
            let count = value(*code);
            let kec = names.get(&code.subdistrict().number()).cloned().unwrap_or_default();
            (count.unwrap_or(-1), Row::new([(*name).clone(), kec, text(*code)]).link(href(*code)))
        })
        .collect();
    rows.sort_by_key(|(count, _)| -count);
    let mut legend = classes.legend(&values, |low, high| {
        let (low, high) = (low as i64, high as i64);
        let (from, to) = (ui.few(low), ui.few(high));
        if from == to { from } else { format!("{from}–{to}") }
    });
    if values.len() < villages.len() {
        legend.push(no_data(ui.t("areas-no-data")));
    }
    let head = [ui.t("areas-village"), ui.t("areas-subdistrict"), title.clone()];
    Ok(Figure::new(&spec, title.clone(), svg)
        .legend(legend)
        .table(&[&head[0], &head[1], &head[2]], rows.into_iter().map(|(_, row)| row).collect())
        .source(ui.msg("areas-source").s("date", &ui.today).to_string()))
}

/// The name of the kecamatan with the most, written on the map of a district.
fn label(
    area: AreaCode,
    drawing: &Drawing,
    names: &BTreeMap<i64, String>,
    counts: &BTreeMap<i64, &AreaCounts>,
    measure: Measure,
) -> Vec<Label> {
    if area.level() != Level::District {
        return Vec::new();
    }
    let mut sums: BTreeMap<i64, i64> = BTreeMap::new();
    for (code, count) in counts {
        *sums.entry(code / 10_000 * 10_000).or_default() += measure.of(count);
    }
    let Some((code, _)) = sums.into_iter().filter(|(_, sum)| *sum > 0).max_by_key(|(_, sum)| *sum) else {
        return Vec::new();
    };
    let (Some(code), Some(name)) = (AreaCode::from_number(code), names.get(&code)) else { return Vec::new() };
    let prefix = format!("{code}.");
    drawing
        .middle_of(|village| village.starts_with(&prefix))
        .map(|(x, y)| Label { x, y, text: name.clone() })
        .into_iter()
        .collect()
}

/// The drawing of an area's villages, from the cache when the boundaries have not changed.
pub async fn drawing(app: &App, handle: &impl Handle, area: AreaCode) -> Result<Option<Arc<Drawing>>, AppError> {
    let Some(stamp) = areas::boundary_stamp(handle, area).await? else { return Ok(None) };
    let key = (area, stamp);
    if let Some(drawing) = app.maps.read().await.get(&key) {
        return Ok(Some(drawing.clone()));
    }
    let mut shapes = Vec::new();
    for boundary in areas::boundaries(handle, area).await? {
        let rings = serde_json::from_str(&boundary.rings).map_err(anyhow::Error::from)?;
        if let Some(code) = AreaCode::from_number(boundary.area).filter(|code| code.level() == Level::Village) {
            shapes.push(Shape { code: code.to_string(), rings });
        }
    }
    if shapes.is_empty() {
        return Ok(None);
    }
    let drawn = Arc::new(Drawing::new(&shapes, 800.0, 1.2));
    let mut maps = app.maps.write().await;
    // one map an area: the one drawn from former boundaries goes
    maps.retain(|(known, _), _| *known != area);
    maps.insert(key, drawn.clone());
    Ok(Some(drawn))
}
