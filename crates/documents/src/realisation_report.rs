//! Laporan realisasi: what was planned, spent, served and given back, by sub-activity and account; and for each delivery the
//! equation planned = received + proxy + absent + failed + reassigned + returned, in families and in rupiah.

use chrono::NaiveDate;
use domain::{Rupiah, calendar::long_date, money::grouped};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    Error, Printed,
    office::{BudgetLine, Letterhead, Signatory, figure, printed},
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RealisationReport {
    pub letterhead: Letterhead,
    pub number: String,
    /// `Bantuan Pangan Keluarga Miskin Ekstrem`.
    pub programme: String,
    /// `Januari s.d. Desember 2026`.
    pub period: String,
    pub lines: Vec<RealisationLine>,
    pub deliveries: Vec<Delivery>,
    /// Money given back to the treasury.
    pub returns: Vec<TreasuryReturn>,
    /// Problems and what was done: a paragraph each.
    pub remarks: Vec<String>,
    pub place: String,
    pub date: Option<NaiveDate>,
    /// PPTK.
    pub activity_officer: Signatory,
    /// Pengguna anggaran.
    pub budget_user: Signatory,
}

/// One sub-activity and account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RealisationLine {
    pub budget: BudgetLine,
    pub ceiling: Rupiah,
    /// Spent, less what was returned.
    pub spent: Rupiah,
    /// Families to be served and served.
    pub target: i64,
    pub served: i64,
    /// `keluarga`, `paket`.
    pub unit: String,
}

/// Families and their money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub families: i64,
    pub amount: Rupiah,
}

/// How one delivery came out. A family is in exactly one of the outcomes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// `Tahap I, Balai Desa Sukajaya`.
    pub name: String,
    pub date: Option<NaiveDate>,
    pub planned: Tally,
    pub received: Tally,
    pub proxy: Tally,
    pub absent: Tally,
    pub failed: Tally,
    pub reassigned: Tally,
    pub returned: Tally,
}

/// A payment back to the treasury (STS).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreasuryReturn {
    pub number: String,
    pub date: Option<NaiveDate>,
    pub amount: Rupiah,
    pub reason: String,
}

impl Delivery {
    fn outcomes(&self) -> [Tally; 6] {
        [self.received, self.proxy, self.absent, self.failed, self.reassigned, self.returned]
    }

    /// What is planned and has no outcome yet; below zero when there are more outcomes than planned.
    pub fn open(&self) -> Tally {
        self.outcomes().into_iter().fold(self.planned, |left, outcome| Tally {
            families: left.families - outcome.families,
            amount: left.amount - outcome.amount,
        })
    }
}

/// Hundredths of a share with a comma: `87,5 %`. A share of nothing is a dash.
pub(crate) fn percent(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let tenths = (i128::from(part) * 2000 / i128::from(whole) + 1).div_euclid(2);
    format!("{},{} %", tenths / 10, tenths % 10)
}

impl Printed for RealisationReport {
    fn template(&self) -> &'static str {
        "realisation_report"
    }

    fn title(&self) -> String {
        format!("Laporan Realisasi {} {}", self.programme, self.period).trim().to_owned()
    }

    fn view(&self) -> Result<Value, Error> {
        let ceiling: Rupiah = self.lines.iter().map(|line| line.ceiling).sum();
        let spent: Rupiah = self.lines.iter().map(|line| line.spent).sum();
        let lines: Vec<Value> = self
            .lines
            .iter()
            .enumerate()
            .map(|(index, line)| {
                json!([
                    (index + 1).to_string(),
                    line.budget.coded_sub_activity(),
                    line.budget.coded_account(),
                    line.budget.source_of_funds,
                    figure(line.ceiling),
                    figure(line.spent),
                    percent(line.spent.0, line.ceiling.0),
                    figure(line.ceiling - line.spent),
                    format!("{} {}", grouped(line.target, '.'), line.unit),
                    format!("{} {}", grouped(line.served, '.'), line.unit),
                    percent(line.served, line.target),
                ])
            })
            .collect();
        let returned: Rupiah = self.returns.iter().map(|entry| entry.amount).sum();
        let returns: Vec<Value> = self
            .returns
            .iter()
            .enumerate()
            .map(|(index, entry)| {
                json!([
                    (index + 1).to_string(),
                    entry.number,
                    entry.date.map(long_date).unwrap_or_default(),
                    figure(entry.amount),
                    entry.reason
                ])
            })
            .collect();
        Ok(json!({
            "letterhead": self.letterhead,
            "number": self.number,
            "programme": self.programme,
            "period": self.period,
            "lines": lines,
            "ceiling": figure(ceiling),
            "spent": figure(spent),
            "share": percent(spent.0, ceiling.0),
            "left": figure(ceiling - spent),
            "deliveries": self.deliveries.iter().map(delivery).collect::<Vec<_>>(),
            "returns": returns,
            "returned": figure(returned),
            "remarks": self.remarks,
            "place": self.place,
            "date": printed(self.date),
            "activity_officer": self.activity_officer.view(),
            "budget_user": self.budget_user.view_under(&["Mengetahui,"]),
        }))
    }
}

fn delivery(delivery: &Delivery) -> Value {
    let open = delivery.open();
    let row = |label: &str, value: &dyn Fn(Tally) -> String| {
        let mut cells = vec![label.to_owned(), value(delivery.planned)];
        cells.extend(delivery.outcomes().into_iter().map(value));
        cells.push(value(open));
        cells
    };
    let families = |tally: Tally| grouped(tally.families, '.');
    let amount = |tally: Tally| figure(tally.amount);
    let over = open.families < 0 || open.amount < Rupiah::ZERO;
    let balanced = open == Tally::default();
    let equation = |value: &dyn Fn(Tally) -> String| {
        let outcomes = delivery.outcomes().map(value).join(" + ");
        let sign = if over { "\u{2260}" } else { "=" };
        let rest = if over || balanced { String::new() } else { format!(" + {} (belum ada hasil)", value(open)) };
        format!("{} {sign} {outcomes}{rest}", value(delivery.planned))
    };
    json!({
        "name": delivery.name,
        "date": printed(delivery.date),
        "rows": [row("Keluarga", &families), row("Rupiah", &amount)],
        "families": equation(&families),
        "amount": equation(&amount),
        "balanced": balanced,
        "open_families": grouped(open.families, '.'),
        "open_amount": open.amount.to_string(),
        "over": over,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_a_tenth_of_a_percent() {
        for (part, whole, text) in
            [(0, 5, "0,0 %"), (5, 5, "100,0 %"), (1, 3, "33,3 %"), (2, 3, "66,7 %"), (1, 0, "–"), (7, 8, "87,5 %")]
        {
            assert_eq!(percent(part, whole), text);
        }
    }

    #[test]
    fn what_has_no_outcome_yet_is_open() {
        let each = |families: i64| Tally { families, amount: Rupiah(families * 1_500_000) };
        let mut delivery = Delivery {
            planned: each(1160),
            received: each(1100),
            proxy: each(40),
            absent: each(12),
            ..Delivery::default()
        };
        assert_eq!(delivery.open(), each(8));
        delivery.failed = each(3);
        delivery.reassigned = each(4);
        delivery.returned = each(1);
        assert_eq!(delivery.open(), Tally::default());
    }
}
