//! Berita acara verifikasi dan validasi: how many were visited and found, what came out, why not, and who went.

use chrono::NaiveDate;
use domain::{
    calendar::{date_in_words, long_date},
    money::grouped,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::Column;

use crate::{
    Error, Printed,
    office::{Letterhead, Signatory},
    realisation_report::percent,
    twin::{Leaf, number},
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationMinutes {
    pub letterhead: Letterhead,
    pub number: String,
    /// `Verifikasi dan Validasi Triwulan I 2026`.
    pub round: String,
    /// The list the round went out with.
    pub list: String,
    /// `5 Januari s.d. 14 Februari 2026`.
    pub period: String,
    pub date: NaiveDate,
    pub venue: String,
    pub place: String,
    /// Rules, letters of assignment.
    pub bases: Vec<String>,
    /// By kecamatan or by village, in the order given.
    pub areas: Vec<VerifiedArea>,
    /// Why families were found not eligible, and how many.
    pub reasons: Vec<(String, i64)>,
    pub enumerators: Vec<Enumerator>,
    /// Findings and agreed next steps: a paragraph each.
    pub conclusions: Vec<String>,
    /// Who led the field work.
    pub team_leader: Signatory,
    pub head: Signatory,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedArea {
    pub name: String,
    pub figures: VisitFigures,
}

/// Families in a round. Visited = found + not found; found = eligible + to correct + not eligible + put off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitFigures {
    pub assigned: i64,
    pub visited: i64,
    pub found: i64,
    /// LAYAK.
    pub eligible: i64,
    /// PERBAIKAN: eligible with corrected data.
    pub corrected: i64,
    /// TIDAK_LAYAK.
    pub ineligible: i64,
    /// TUNDA.
    pub deferred: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enumerator {
    pub name: String,
    /// Where he went.
    pub area: String,
    pub visits: i64,
}

impl VisitFigures {
    fn array(self) -> [i64; 7] {
        [self.assigned, self.visited, self.found, self.eligible, self.corrected, self.ineligible, self.deferred]
    }

    fn cells(self) -> Vec<String> {
        let mut cells: Vec<String> = self.array().into_iter().map(|figure| grouped(figure, '.')).collect();
        cells.push(percent(self.visited, self.assigned));
        cells
    }
}

impl VerificationMinutes {
    pub fn total(&self) -> VisitFigures {
        self.areas.iter().fold(VisitFigures::default(), |sum, area| VisitFigures {
            assigned: sum.assigned + area.figures.assigned,
            visited: sum.visited + area.figures.visited,
            found: sum.found + area.figures.found,
            eligible: sum.eligible + area.figures.eligible,
            corrected: sum.corrected + area.figures.corrected,
            ineligible: sum.ineligible + area.figures.ineligible,
            deferred: sum.deferred + area.figures.deferred,
        })
    }
}

impl Printed for VerificationMinutes {
    fn template(&self) -> &'static str {
        "verification_minutes"
    }

    fn title(&self) -> String {
        format!("Berita Acara {}", self.round)
    }

    fn view(&self) -> Result<Value, Error> {
        let total = self.total();
        let numbered = |index: usize, mut cells: Vec<String>| {
            cells.insert(0, (index + 1).to_string());
            cells
        };
        let areas = self.areas.iter().enumerate().map(|(index, area)| {
            let mut cells = vec![area.name.clone()];
            cells.extend(area.figures.cells());
            numbered(index, cells)
        });
        let enumerators = self.enumerators.iter().enumerate().map(|(index, person)| {
            numbered(index, vec![person.name.clone(), person.area.clone(), grouped(person.visits, '.')])
        });
        let reasons: i64 = self.reasons.iter().map(|(_, count)| count).sum();
        Ok(json!({
            "letterhead": self.letterhead,
            "number": self.number,
            "round": self.round,
            "list": self.list,
            "period": self.period,
            "day": date_in_words(self.date),
            "day_short": self.date.format("%d-%m-%Y").to_string(),
            "date": long_date(self.date),
            "venue": self.venue,
            "place": self.place,
            "bases": self.bases,
            "areas": areas.collect::<Vec<_>>(),
            "total": total.cells(),
            "figures": total.array().map(|figure| grouped(figure, '.')),
            "reasons": self.reasons.iter().map(|(reason, count)| (reason, grouped(*count, '.'))).collect::<Vec<_>>(),
            "reasons_total": grouped(reasons, '.'),
            "enumerators": enumerators.collect::<Vec<_>>(),
            "conclusions": self.conclusions,
            "team_leader": self.team_leader.view(),
            "head": self.head.view_under(&["Mengetahui,"]),
        }))
    }

    fn leaves(&self) -> Vec<Leaf<'_>> {
        let titles = vec![self.title(), self.list.clone(), self.period.clone()];
        let mut columns = vec![Column::number("No").wide(6.0), Column::text("Wilayah").wide(36.0)];
        columns.extend(
            ["Ditugaskan", "Dikunjungi", "Ditemukan", "Layak", "Perbaikan", "Tidak layak", "Tunda"]
                .map(|header| Column::number(header).summed()),
        );
        let areas = self.areas.iter().enumerate().map(|(index, area)| {
            let mut values = vec![number(index), area.name.as_str().into()];
            values.extend(area.figures.array().map(sheets::Value::from));
            values
        });
        let counted = |header: &str| vec![Column::text(header).wide(48.0), Column::number("Keluarga").summed()];
        let reasons = self.reasons.iter().map(|(reason, count)| vec![reason.as_str().into(), (*count).into()]);
        let people = vec![
            Column::number("No").wide(6.0),
            Column::text("Nama").wide(30.0),
            Column::text("Wilayah").wide(36.0),
            Column::number("Kunjungan").summed(),
        ];
        let enumerators = self.enumerators.iter().enumerate().map(|(index, person)| {
            vec![number(index), person.name.as_str().into(), person.area.as_str().into(), person.visits.into()]
        });
        vec![
            Leaf::new("Wilayah", titles.clone(), columns, areas.collect()),
            Leaf::new("Alasan", titles.clone(), counted("Alasan tidak layak"), reasons.collect()),
            Leaf::new("Petugas", titles, people, enumerators.collect()),
        ]
    }
}
