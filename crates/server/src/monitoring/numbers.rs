//! The four numbers of the regent and the sentence above them, from the same counts as the map and the tables.

use std::sync::Arc;

use chrono::{Datelike, Months, NaiveDate};
use domain::AreaCode;
use store::{
    Reading, areas, monitoring,
    registry::{self, AreaCounts},
};

use crate::{
    App, AppError,
    ui::{
        Ui,
        charts::{Bar, BarSize, Figure, Path, Row, Spec, Tone, bars, line_to_zero},
    },
};

/// Everything the regent's pages say.
pub struct District {
    pub code: AreaCode,
    pub name: String,
    pub counts: Vec<AreaCounts>,
    pub desil1: i64,
    pub untouched: i64,
    pub paid: i64,
    pub ceiling: i64,
    pub stuck: i64,
    /// Untouched families at the end of each of the last twelve months, oldest first.
    pub months: Vec<(String, i64)>,
    /// Kecamatan by untouched families, most first.
    pub subdistricts: Vec<(AreaCode, String, i64)>,
    /// The three stages with most stuck families.
    pub decisions: Vec<monitoring::Waiting>,
}

impl District {
    /// The district as it stands today; `None` before areas were loaded.
    pub async fn load(app: &App, reading: &Reading<'_>, today: NaiveDate) -> Result<Option<Arc<Self>>, AppError> {
        let Some((code, name)) = app.district().await? else { return Ok(None) };
        let count = Self::count(reading, today, code, name);
        Ok(Some(app.figures.of(reading, &format!("district {today}"), count).await?))
    }

    async fn count(handle: &Reading<'_>, today: NaiveDate, code: AreaCode, name: String) -> store::Result<Self> {
        let counts = registry::counts_by_village(handle, code).await?;
        let programmes = monitoring::programmes(handle).await?;
        let pipeline = monitoring::pipeline(handle, &today.to_string()).await?;
        let months = monitoring::untouched_by_month(handle, &last_months(today)).await?;
        let mut subdistricts = Vec::new();
        for area in areas::children(handle, code).await? {
            let sum = counts.iter().filter(|c| area.code.range().contains(&c.code)).map(|c| c.untouched).sum();
            subdistricts.push((area.code, area.name, sum));
        }
        subdistricts.sort_by_key(|(_, _, untouched)| std::cmp::Reverse(*untouched));
        let mut decisions: Vec<_> = pipeline.iter().filter(|w| w.families > 0).cloned().collect();
        decisions.sort_by_key(|w| std::cmp::Reverse((w.stuck, w.families)));
        decisions.truncate(3);
        Ok(Self {
            desil1: counts.iter().map(|c| c.desil1).sum(),
            untouched: counts.iter().map(|c| c.untouched).sum(),
            paid: programmes.iter().map(|p| p.paid).sum(),
            ceiling: programmes.iter().map(|p| p.ceiling).sum(),
            stuck: pipeline.iter().map(|w| w.stuck).sum(),
            code,
            name,
            counts,
            months,
            subdistricts,
            decisions,
        })
    }

    /// The share of desil 1 that has received something, percent.
    pub fn touched_share(&self) -> f64 {
        if self.desil1 == 0 { 0.0 } else { (self.desil1 - self.untouched) as f64 * 100.0 / self.desil1 as f64 }
    }

    pub fn paid_share(&self) -> f64 {
        if self.ceiling == 0 { 0.0 } else { self.paid as f64 * 100.0 / self.ceiling as f64 }
    }

    /// How many fewer are untouched than a month ago; negative when more.
    pub fn fewer(&self) -> i64 {
        match self.months.as_slice() {
            [.., before, now] => before.1 - now.1,
            _ => 0,
        }
    }

    /// Before the part to stress, the part, and what follows: "8 dari 10 ...; | 2.314 keluarga belum tersentuh | , terbanyak di ...".
    pub fn sentence(&self, ui: &Ui) -> [String; 3] {
        if self.desil1 == 0 {
            return [ui.t("monitoring-sentence-none"), String::new(), String::new()];
        }
        // rounded, but never all where one is left, nor none where one was reached
        let nearest = (self.touched_share() / 10.0).round() as i64;
        let tenths = nearest.clamp(i64::from(self.untouched < self.desil1), if self.untouched > 0 { 9 } else { 10 });
        let most = self.subdistricts.first().filter(|(_, _, n)| *n > 0);
        [
            ui.msg("monitoring-sentence-touched").n("tenths", tenths).to_string(),
            ui.msg("monitoring-sentence-untouched").s("count", ui.few(self.untouched)).to_string(),
            most.map_or_else(
                || ".".to_owned(),
                |(_, name, _)| ui.msg("monitoring-sentence-most").s("name", name).to_string(),
            ),
        ]
    }

    /// Most and least untouched kecamatan, ranked.
    pub fn ranking(&self, ui: &Ui, size: BarSize) -> Figure {
        let title = ui.t("monitoring-ranking");
        let spec = Spec { id: "kecamatan", title: &title, description: &title };
        let narrow = Spec { id: "kecamatan-hp", ..spec };
        let ends = self.subdistricts.len();
        let texts = ui.few_parts(&self.subdistricts.iter().map(|(_, _, count)| *count).collect::<Vec<_>>());
        let rows: Vec<Bar> = self
            .subdistricts
            .iter()
            .enumerate()
            .filter(|(at, _)| *at < 3 || *at + 3 >= ends)
            .map(|(at, (code, name, count))| Bar {
                label: name.clone(),
                value: ui.drawn(*count) as f64,
                text: texts[at].clone(),
                note: None,
                tone: if at < 3 && *count > 0 { Tone::Late } else { Tone::Data },
                strong: at < 3,
                href: Some(format!("/wilayah/{code}")),
            })
            .collect();
        let table = self
            .subdistricts
            .iter()
            .zip(&texts)
            .map(|((code, name, _), text)| {
                Row::new([name.clone(), text.clone()]).link(Some(format!("/wilayah/{code}")))
            })
            .collect();
        Figure::new(&spec, title.clone(), bars(&spec, &rows, size))
            .narrow(bars(&narrow, &rows, BarSize::NARROW))
            .table(&[&ui.t("areas-subdistrict"), &ui.t("areas-untouched")], table)
            .source(ui.msg("areas-source").s("date", &ui.today).to_string())
    }

    /// The path so far beside the path needed to reach zero on the day the office has set.
    pub fn path(
        &self,
        ui: &Ui,
        zero_on: NaiveDate,
        today: NaiveDate,
        (width, height, font): (f64, f64, f64),
    ) -> Figure {
        let actual: Vec<f64> = self.months.iter().map(|(_, n)| ui.drawn(*n) as f64).collect();
        let start = actual.first().copied().unwrap_or(0.0);
        let months_left = (i64::from(zero_on.year() - today.year()) * 12 + i64::from(zero_on.month())
            - i64::from(today.month()))
        .max(0);
        let steps = actual.len() as f64 - 1.0 + months_left as f64;
        let plan: Vec<f64> =
            (0..=steps as usize).map(|at| if steps > 0.0 { start * (1.0 - at as f64 / steps) } else { 0.0 }).collect();
        let now = actual.last().copied().unwrap_or(0.0);
        let needed = plan.get(actual.len().saturating_sub(1)).copied().unwrap_or(0.0);
        let gap = (now - needed).round() as i64;
        let names: Vec<String> = (0..plan.len())
            .map(|at| {
                let first =
                    today.with_day(1).unwrap_or(today) - Months::new(self.months.len().saturating_sub(1) as u32);
                ui.date(&(first + Months::new(at as u32)).to_string())
                    .split(' ')
                    .nth(1)
                    .map(|m| m.chars().take(3).collect())
                    .unwrap_or_default()
            })
            .collect();
        let finding = if gap > 0 {
            ui.msg("monitoring-path-above").n("gap", gap).s("date", ui.date(&zero_on.to_string())).to_string()
        } else {
            ui.msg("monitoring-path-below").s("date", ui.date(&zero_on.to_string())).to_string()
        };
        let title = ui.t("monitoring-path");
        let spec = Spec { id: "jalur", title: &title, description: &finding };
        let narrow = Spec { id: "jalur-hp", ..spec };
        let now_text = ui.few(now as i64);
        let gap_text = if gap > 0 { format!("+{}", ui.num(&gap)) } else { ui.num(&gap) };
        let label = ui.t("monitoring-path-needed");
        let path = Path {
            actual: &actual,
            plan: &plan,
            months: &names,
            now: &now_text,
            gap: &gap_text,
            plan_label: &label,
            width,
            height,
            font,
        };
        let ticks = |tick: f64| ui.num(&(tick as i64));
        let svg = line_to_zero(&spec, &path, ticks);
        let phone = line_to_zero(&narrow, &Path { width: 320.0, height: 240.0, font: 13.0, ..path }, ticks);
        let rows = self
            .months
            .iter()
            .zip(&plan)
            .map(|((month, n), plan)| Row::new([month.clone(), ui.few(*n), ui.num(&(plan.round() as i64))]))
            .collect();
        Figure::new(&spec, finding.clone(), svg)
            .narrow(phone)
            .table(&[&ui.t("monitoring-month"), &ui.t("areas-untouched"), &ui.t("monitoring-path-needed")], rows)
            .source(ui.msg("areas-source").s("date", &ui.today).to_string())
    }
}

/// The last twelve months as `YYYY-MM`, oldest first, the current one last.
fn last_months(today: NaiveDate) -> Vec<String> {
    let first = today.with_day(1).unwrap_or(today);
    (0..12).rev().map(|back| (first - Months::new(back)).format("%Y-%m").to_string()).collect()
}

/// Rupiah short enough for a tile: `Rp28,4 miliar`.
pub fn short_rupiah(ui: &Ui, amount: i64) -> String {
    let (value, unit) = match amount {
        1_000_000_000.. => (amount as f64 / 1e9, "monitoring-billion"),
        1_000_000.. => (amount as f64 / 1e6, "monitoring-million"),
        _ => return ui.rp(&amount),
    };
    let places = usize::from(value.fract() != 0.0);
    ui.msg(unit).s("amount", ui.lang.decimal(value, places)).to_string()
}
