//! Laporan realisasi: what was planned, spent, served and given back, by sub-activity and account; and for each delivery the
//! equation planned = received + proxy + absent + failed + reassigned, in families and in rupiah, and what became of the rest.

use chrono::NaiveDate;
use domain::{
    Rupiah,
    calendar::long_date,
    delivery::{Equation, Replacements, Share},
    money::grouped,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::Column;

use crate::{
    Error, Printed,
    office::{BudgetLine, Letterhead, Signatory, figure, printed},
    twin::{Leaf, money, number},
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

/// How one delivery came out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// `Tahap I, Balai Desa Sukajaya`.
    pub name: String,
    pub date: Option<NaiveDate>,
    pub equation: Equation,
}

/// A payment back to the treasury (STS).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreasuryReturn {
    pub number: String,
    pub date: Option<NaiveDate>,
    pub amount: Rupiah,
    pub reason: String,
}

/// A share with one decimal: `87,5 %`. A share of nothing is a dash.
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

    fn leaves(&self) -> Vec<Leaf<'_>> {
        let titles = vec![self.title()];
        let lines = self.lines.iter().enumerate().map(|(index, line)| {
            vec![
                number(index),
                line.budget.coded_sub_activity().into(),
                line.budget.coded_account().into(),
                line.budget.source_of_funds.as_str().into(),
                money(line.ceiling),
                money(line.spent),
                money(line.ceiling - line.spent),
                line.target.into(),
                line.served.into(),
                line.unit.as_str().into(),
            ]
        });
        let columns = vec![
            Column::number("No").wide(6.0),
            Column::text("Sub kegiatan").wide(48.0),
            Column::text("Rekening belanja").wide(48.0),
            Column::text("Sumber dana").wide(18.0),
            Column::rupiah("Pagu (Rp)").summed(),
            Column::rupiah("Realisasi (Rp)").summed(),
            Column::rupiah("Belum terealisasi (Rp)").summed(),
            Column::number("Sasaran"),
            Column::number("Terlayani"),
            Column::text("Satuan").wide(12.0),
        ];
        let mut leaves = vec![Leaf::new("Anggaran", titles.clone(), columns, lines.collect())];
        if !self.deliveries.is_empty() {
            leaves.push(deliveries_leaf(titles.clone(), &self.deliveries));
        }
        if !self.returns.is_empty() {
            let rows = self.returns.iter().enumerate().map(|(index, entry)| {
                vec![
                    number(index),
                    entry.number.as_str().into(),
                    entry.date.into(),
                    money(entry.amount),
                    entry.reason.as_str().into(),
                ]
            });
            let columns = vec![
                Column::number("No").wide(6.0),
                Column::text("Nomor STS"),
                Column::date("Tanggal"),
                Column::rupiah("Jumlah (Rp)").summed(),
                Column::text("Sebab").wide(60.0),
            ];
            leaves.push(Leaf::new("Pengembalian", titles, columns, rows.collect()));
        }
        leaves
    }
}

/// One row per delivery and part: what a pivot table wants.
fn deliveries_leaf(titles: Vec<String>, deliveries: &[Delivery]) -> Leaf<'_> {
    const PARTS: [&str; 10] = [
        "Direncanakan",
        "Diterima",
        "Diwakilkan",
        "Tidak hadir",
        "Gagal salur",
        "Dialihkan",
        "Belum dilayani",
        "Dijadwalkan ulang",
        "Dikembalikan",
        "Belum diselesaikan",
    ];
    let columns = vec![
        Column::text("Penyaluran").wide(48.0),
        Column::date("Tanggal"),
        Column::text("Bagian"),
        Column::number("Keluarga"),
        Column::rupiah("Jumlah (Rp)"),
    ];
    let rows = deliveries.iter().flat_map(|delivery| {
        let equation = &delivery.equation;
        let [received, proxy, absent, failed, reassigned] = outcomes(equation);
        let shares = [
            equation.planned,
            received,
            proxy,
            absent,
            failed,
            reassigned,
            equation.waiting,
            equation.rescheduled,
            equation.returned,
            equation.unsettled,
        ];
        PARTS.into_iter().zip(shares).map(|(part, share)| {
            vec![
                delivery.name.as_str().into(),
                delivery.date.into(),
                part.into(),
                share.families.into(),
                money(share.amount),
            ]
        })
    });
    Leaf::new("Penyaluran", titles, columns, rows.collect())
}

fn delivery(delivery: &Delivery) -> Value {
    let equation = &delivery.equation;
    let families = |share: Share| grouped(share.families, '.');
    let amount = |share: Share| figure(share.amount);
    let both = |share: Share| format!("{} keluarga ({})", families(share), share.amount);
    let parts = outcomes(equation);
    let row = |label: &str, value: &dyn Fn(Share) -> String| {
        let mut cells = vec![label.to_owned(), value(equation.planned)];
        cells.extend(parts.map(value));
        cells.push(value(equation.waiting));
        cells.push(value(equation.paid()));
        cells
    };
    let written = |value: &dyn Fn(Share) -> String| {
        let sign = if equation.difference() == Share::default() { "=" } else { "\u{2260}" };
        let waiting = if equation.waiting == Share::default() {
            String::new()
        } else {
            format!(" + {} (belum dilayani)", value(equation.waiting))
        };
        format!("{} {sign} {}{waiting}", value(equation.planned), parts.map(value).join(" + "))
    };
    let mut notes = Vec::new();
    if equation.reassigned != Share::default() {
        let Replacements { paid, unpaid, waiting } = equation.replacements;
        notes.push(format!(
            "Penerima pengganti: {} sudah menerima, {} tidak menerima, {} belum dilayani.",
            both(paid),
            both(unpaid),
            both(waiting)
        ));
    }
    if equation.unpaid() != Share::default() {
        notes.push(format!(
            "Tidak hadir dan gagal salur: {} dijadwalkan ulang, {} dikembalikan ke kas daerah, {} belum diselesaikan.",
            both(equation.rescheduled),
            both(equation.returned),
            both(equation.unsettled)
        ));
    }
    json!({
        "name": delivery.name,
        "date": printed(delivery.date),
        "rows": [row("Keluarga", &families), row("Rupiah", &amount)],
        "families": written(&families),
        "amount": written(&amount),
        "notes": notes,
        "verdict": verdict(equation),
    })
}

/// The parts of the equation, in the order it is read.
fn outcomes(equation: &Equation) -> [Share; 5] {
    [equation.received, equation.proxy, equation.absent, equation.failed, equation.reassigned]
}

fn verdict(equation: &Equation) -> String {
    if equation.holds() {
        return "Seimbang.".to_owned();
    }
    let Share { families, amount } = equation.difference();
    if families == 0 && amount == Rupiah::ZERO {
        return "Selisih: bagian yang dialihkan tidak sama dengan bagian para pengganti. Periksa kembali pencatatannya."
            .to_owned();
    }
    format!("Selisih rencana dan hasil: {} keluarga, {amount}. Periksa kembali pencatatannya.", grouped(families, '.'))
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
    fn a_reassigned_part_nobody_took_over_is_a_difference() {
        let reassigned = Share::new(2, 3_000_000);
        let mut equation = Equation { planned: reassigned, reassigned, ..Equation::default() };
        assert!(verdict(&equation).contains("para pengganti"), "{}", verdict(&equation));
        equation.replacements.waiting = reassigned;
        assert_eq!(verdict(&equation), "Seimbang.");
    }
}
