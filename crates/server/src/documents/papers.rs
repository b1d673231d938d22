//! Fills the papers from the store. Papers are written in Bahasa Indonesia whatever the language of the screen.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use documents::{
    Basis, BudgetLine, Counts, Delivery, Document, Event as Occasion, FirstParty, Goods, HandoverMinutes, HandoverRow,
    Invitation, Invitations, Letterhead, Payment, PaymentList, PerSheet, Proxy, RealisationLine, RealisationReport,
    Recap, RecapVillage, Receipt, ReceiptSheet, Recipient, SecondParty, Signatory, TreasuryReturn,
};
use domain::{
    AreaCode, Rupiah, codes,
    delivery::Origin,
    programmes::{Aid, Item, OfficialRole},
};
use store::{
    Reading, areas,
    delivery::Event,
    papers::{self, Lines},
    programmes::{self, Programme},
};

use crate::{App, AppError, clock, error::Rule, i18n::Lang};

/// A paper with more lines is printed kecamatan by kecamatan.
pub const MOST_LINES: i64 = 2_000;

/// The papers of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    PaymentList,
    Invitations,
    ReceiptSheet,
    HandoverMinutes,
    Realisation,
    Recap,
}

impl Kind {
    pub const ALL: [Self; 6] = [
        Self::PaymentList,
        Self::Invitations,
        Self::ReceiptSheet,
        Self::HandoverMinutes,
        Self::Realisation,
        Self::Recap,
    ];

    /// As it stands in addresses and file names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PaymentList => "nominatif",
            Self::Invitations => "undangan",
            Self::ReceiptSheet => "tanda-terima",
            Self::HandoverMinutes => "bast",
            Self::Realisation => "realisasi",
            Self::Recap => "rekap",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whose lines it holds; none for totals.
    pub const fn lines(self) -> Option<Lines> {
        match self {
            Self::PaymentList | Self::ReceiptSheet => Some(Lines::Payable),
            Self::Invitations => Some(Lines::Waiting),
            Self::HandoverMinutes => Some(Lines::Served),
            Self::Realisation | Self::Recap => None,
        }
    }

    pub const fn names_families(self) -> bool {
        self.lines().is_some()
    }
}

/// What all papers of an event share.
struct Desk {
    event: Event,
    programme: Programme,
    names: BTreeMap<i64, String>,
    decrees: Vec<Basis>,
    letterhead: Letterhead,
    district: String,
    /// Town of the office, above signatures.
    seat: String,
    today: NaiveDate,
    zone: FixedOffset,
    /// Beginning of the file's address in QR codes.
    base: String,
}

/// A paper of an event, within the actor's scope and, when asked for, one area.
pub async fn make(
    app: &App,
    reading: &Reading<'_>,
    kind: Kind,
    event: Event,
    area: Option<AreaCode>,
    base: &str,
) -> Result<Document, AppError> {
    let rows = match kind.lines() {
        None => Vec::new(),
        Some(lines) => {
            let count = papers::recipients_count(reading, event.id, lines, area).await?;
            if count > MOST_LINES {
                return Err(Rule::new("documents-too-long").n("families", count).n("most", MOST_LINES).into());
            }
            if count == 0 {
                return Err(Rule::new(match kind {
                    Kind::Invitations => "documents-nobody-waits",
                    Kind::HandoverMinutes => "documents-nobody-served",
                    _ => "documents-nobody",
                })
                .into());
            }
            papers::recipients(reading, event.id, lines, area, MOST_LINES).await?
        }
    };
    let desk = desk(app, reading, event, base).await?;
    Ok(match kind {
        Kind::PaymentList => Document::PaymentList(desk.payment_list(&rows)),
        Kind::Invitations => Document::Invitations(desk.invitations(&rows)),
        Kind::ReceiptSheet => Document::ReceiptSheet(desk.receipt_sheet(&rows)),
        Kind::HandoverMinutes => Document::HandoverMinutes(desk.handover_minutes(&rows)),
        Kind::Realisation => Document::RealisationReport(desk.realisation(reading).await?),
        Kind::Recap => Document::Recap(desk.recap(reading, area).await?),
    })
}

async fn desk(app: &App, reading: &Reading<'_>, event: Event, base: &str) -> Result<Desk, AppError> {
    let programme = programmes::find(reading, event.programme_id).await?.ok_or(AppError::NotFound)?;
    let (names, district) = match app.district().await? {
        Some((code, name)) => (areas::names(reading, code).await?, name),
        None => (BTreeMap::new(), String::new()),
    };
    let seat = areas::setting(reading, "seat").await?.unwrap_or_else(|| district.clone());
    let decrees = papers::decrees(reading, event.id).await?.into_iter().map(|decree| Basis {
        kind: format!("Keputusan {}", decree.signer_position),
        number: decree.number,
        date: date(&decree.decided_on),
        about: decree.title,
    });
    Ok(Desk {
        letterhead: Letterhead {
            government: Lang::Id.msg("documents-government").s("district", &district).to_string(),
            agency: programme.agency.clone(),
            ..Letterhead::default()
        },
        decrees: decrees.collect(),
        event,
        programme,
        names,
        district,
        seat,
        today: app.clock.today(app.config.zone),
        zone: app.config.zone,
        base: base.to_owned(),
    })
}

fn date(iso: &str) -> Option<NaiveDate> {
    iso.get(..10)?.parse().ok()
}

impl Desk {
    fn name_of(&self, code: i64) -> String {
        self.names.get(&code).cloned().unwrap_or_default()
    }

    fn begins(&self) -> Option<DateTime<FixedOffset>> {
        clock::local(&self.event.starts_at, self.zone)
    }

    fn day(&self) -> NaiveDate {
        self.begins().map_or(self.today, |at| at.date_naive())
    }

    fn official(&self, role: OfficialRole) -> Signatory {
        let position = Lang::Id.t(&format!("programmes-official-{}", role.as_str().replace('_', "-")));
        let official = self.programme.official(role);
        Signatory {
            position,
            name: official.map(|official| official.name.clone()).unwrap_or_default(),
            nip: official.map(|official| official.nip.clone()).filter(|nip| !nip.is_empty()),
            ..Signatory::default()
        }
    }

    fn recipient(&self, row: &papers::Recipient) -> Recipient {
        let area = AreaCode::from_number(row.village);
        Recipient {
            name: row.name.clone(),
            nik: row.nik.clone(),
            family_card: row.kk.clone(),
            address: row.address.clone(),
            village: area
                .filter(|area| area.level() == domain::area::Level::Village)
                .map(|_| self.name_of(row.village))
                .unwrap_or_default(),
            subdistrict: area.map(|area| self.name_of(area.subdistrict().number())).unwrap_or_default(),
        }
    }

    /// What one family receives: `Rp1.500.000`, `1 paket`.
    fn aid(&self, amount: Rupiah) -> String {
        match self.event.aid {
            Aid::Cash => amount.to_string(),
            Aid::Goods => Lang::Id.t("documents-one-parcel"),
        }
    }

    fn budget(&self) -> BudgetLine {
        let p = &self.programme;
        BudgetLine {
            sub_activity_code: p.sub_activity.as_str().to_owned(),
            sub_activity: p.sub_activity.name(false).unwrap_or_default().to_owned(),
            account_code: p.account.as_str().to_owned(),
            account: p.account.name(false).unwrap_or_default().to_owned(),
            source_of_funds: codes::list("apbd.sumber_dana").label(&p.fund, false).to_string(),
            fiscal_year: i32::try_from(p.year).unwrap_or_default(),
        }
    }

    /// The decree in one line; several are named by their numbers.
    fn decree(&self) -> Option<Basis> {
        let first = self.decrees.first()?.clone();
        if self.decrees.len() == 1 {
            return Some(first);
        }
        let numbers: Vec<&str> = self.decrees.iter().map(|decree| decree.number.as_str()).collect();
        Some(Basis { number: numbers.join(" dan "), date: None, about: String::new(), ..first })
    }

    fn occasion(&self) -> Occasion {
        Occasion {
            name: self.event.name.clone(),
            venue: self.event.place.clone(),
            address: String::new(),
            date: self.day(),
            starts: self.begins().map(|at| at.time()),
            ends: None,
            zone: match self.zone.local_minus_utc() / 3600 {
                7 => "WIB",
                8 => "WITA",
                9 => "WIT",
                _ => "",
            }
            .to_owned(),
        }
    }

    fn payment_list(&self, rows: &[papers::Recipient]) -> PaymentList {
        PaymentList {
            letterhead: self.letterhead.clone(),
            number: String::new(),
            programme: self.programme.name.clone(),
            stage: self.event.stage.clone(),
            budget: self.budget(),
            decree: self.decree(),
            ceiling: Some(self.programme.ceiling),
            rows: rows
                .iter()
                .map(|row| Payment {
                    recipient: self.recipient(row),
                    account: String::new(),
                    amount: row.amount,
                    note: match row.origin {
                        Origin::Replacement => Lang::Id.t("documents-note-replacement"),
                        _ => String::new(),
                    },
                })
                .collect(),
            place: self.seat.clone(),
            date: Some(self.today),
            activity_officer: self.official(OfficialRole::Activity),
            treasurer: self.official(OfficialRole::Treasurer),
            budget_user: self.official(OfficialRole::BudgetUser),
        }
    }

    fn invitations(&self, rows: &[papers::Recipient]) -> Invitations {
        let bring = match self.event.instructions.trim() {
            "" => vec![Lang::Id.t("documents-bring-ktp"), Lang::Id.t("documents-bring-kk")],
            told => vec![told.to_owned()],
        };
        Invitations {
            letterhead: self.letterhead.clone(),
            number: String::new(),
            aid: Lang::Id
                .msg("documents-aid")
                .s("programme", &self.programme.name)
                .s("stage", &self.event.stage)
                .s("aid", self.aid(self.event.unit_amount))
                .to_string(),
            event: self.occasion(),
            bring,
            per_sheet: PerSheet::Three,
            place: self.seat.clone(),
            date: Some(self.today),
            signatory: self.official(OfficialRole::BudgetUser),
            invitations: rows
                .iter()
                .map(|row| Invitation {
                    recipient: self.recipient(row),
                    token: format!("{}/u/{}", self.base, row.token),
                    number: row.number.to_string(),
                    slot: String::new(),
                })
                .collect(),
        }
    }

    fn receipt_sheet(&self, rows: &[papers::Recipient]) -> ReceiptSheet {
        ReceiptSheet {
            letterhead: self.letterhead.clone(),
            programme: format!("{} {}", self.programme.name, self.event.stage),
            event: self.occasion(),
            decree: self.decree(),
            rows: rows
                .iter()
                .map(|row| Receipt {
                    recipient: self.recipient(row),
                    aid: self.aid(row.amount),
                    proxy: row
                        .proxy
                        .as_ref()
                        .map(|(name, relation)| Proxy { name: name.clone(), relation: related(relation) }),
                    recorded: row
                        .served_at
                        .as_deref()
                        .filter(|_| row.state.is_paid() && row.signed_on_device)
                        .and_then(|at| clock::local(at, self.zone))
                        .map(|at| {
                            let time = domain::calendar::clock(at.naive_local());
                            Lang::Id.msg("documents-recorded").s("time", time).to_string()
                        })
                        .unwrap_or_default(),
                })
                .collect(),
            place: self.seat.clone(),
            date: Some(self.day()),
            officer: Signatory { position: Lang::Id.t("documents-officer"), ..Signatory::default() },
            witness: Signatory { position: self.event.witnesses.clone(), ..Signatory::default() },
        }
    }

    fn goods(&self, rows: &[papers::Recipient]) -> Vec<Goods> {
        let families = rows.len() as i64;
        let good = Lang::Id.t("documents-condition");
        match self.event.aid {
            Aid::Cash => vec![Goods {
                name: Lang::Id.t("documents-cash"),
                specification: String::new(),
                quantity: families,
                unit: Lang::Id.t("documents-unit-family"),
                condition: good,
                price: Some(self.event.unit_amount),
                value: rows.iter().map(|row| row.amount).sum(),
            }],
            Aid::Goods => self.programme.items.iter().map(|item| goods_of(item, families, &good)).collect(),
        }
    }

    fn handover_minutes(&self, rows: &[papers::Recipient]) -> HandoverMinutes {
        let blank = ".".repeat(40);
        HandoverMinutes {
            letterhead: self.letterhead.clone(),
            number: String::new(),
            subject: self.programme.name.clone(),
            date: self.day(),
            venue: self.event.place.clone(),
            place: self.seat.clone(),
            bases: self.decrees.clone(),
            first: FirstParty {
                signatory: self.official(OfficialRole::Commitment),
                on_behalf_of: format!("{} {}", self.programme.agency, self.district).trim().to_owned(),
                address: self.seat.clone(),
            },
            // who speaks for the recipients is written in by hand at the place
            second: SecondParty {
                name: blank.clone(),
                nik: blank.clone(),
                position: Lang::Id.t("documents-second-party"),
                address: blank,
                on_behalf_of: Lang::Id.msg("documents-for-recipients").n("families", rows.len()).to_string(),
            },
            goods: self.goods(rows),
            statements: match self.event.aid {
                Aid::Goods => HandoverMinutes::usual_statements(),
                Aid::Cash => vec![Lang::Id.t("documents-cash-statement")],
            },
            acknowledged_by: Some(self.official(OfficialRole::BudgetUser)),
            recipients: rows
                .iter()
                .map(|row| HandoverRow {
                    recipient: self.recipient(row),
                    received: self.aid(row.amount),
                    value: row.amount,
                    note: row
                        .proxy
                        .as_ref()
                        .map(|(name, _)| Lang::Id.msg("documents-note-proxy").s("name", name).to_string())
                        .unwrap_or_default(),
                })
                .collect(),
        }
    }

    async fn realisation(&self, reading: &Reading<'_>) -> Result<RealisationReport, AppError> {
        let p = &self.programme;
        let cost = programmes::commitment(reading, p.id).await?.ok_or(AppError::NotFound)?;
        let deliveries = papers::deliveries(reading, p.id).await?;
        let returns = papers::given_back(reading, p.id).await?;
        let remarks = deliveries
            .iter()
            .filter(|delivery| !delivery.note.trim().is_empty())
            .map(|delivery| format!("{}: {}", delivery.name, delivery.note.trim()));
        Ok(RealisationReport {
            letterhead: self.letterhead.clone(),
            number: String::new(),
            programme: p.name.clone(),
            period: Lang::Id
                .msg("documents-period")
                .s("year", p.year)
                .s("date", Lang::Id.date(&self.today.to_string()))
                .to_string(),
            lines: vec![RealisationLine {
                budget: self.budget(),
                ceiling: cost.ceiling,
                spent: cost.paid,
                target: cost.commitment.places,
                served: cost.served,
                unit: Lang::Id.t("documents-unit-family"),
            }],
            remarks: remarks.collect(),
            deliveries: deliveries
                .iter()
                .map(|delivery| Delivery {
                    name: delivery.name.clone(),
                    date: clock::local(&delivery.starts_at, self.zone).map(|at| at.date_naive()),
                    equation: delivery.equation,
                })
                .collect(),
            returns: returns
                .into_iter()
                .map(|back| TreasuryReturn {
                    number: back.number,
                    date: date(&back.returned_on),
                    amount: Rupiah(back.amount),
                    reason: Lang::Id
                        .msg("documents-return-reason")
                        .n("families", back.lines)
                        .s("event", back.event)
                        .to_string(),
                })
                .collect(),
            place: self.seat.clone(),
            date: Some(self.today),
            activity_officer: self.official(OfficialRole::Activity),
            budget_user: self.official(OfficialRole::BudgetUser),
        })
    }

    async fn recap(&self, reading: &Reading<'_>, area: Option<AreaCode>) -> Result<Recap, AppError> {
        let chain = papers::chain(reading, self.programme.id, area).await?;
        let villages: Vec<RecapVillage> = chain
            .into_iter()
            .filter_map(|row| {
                Some(RecapVillage {
                    code: AreaCode::from_number(row.village)?,
                    name: self.name_of(row.village),
                    counts: Counts {
                        candidate: row.candidate,
                        verified: row.verified,
                        eligible: row.eligible,
                        determined: row.determined,
                        served: row.served,
                        replacements: row.replacements,
                    },
                })
            })
            .collect();
        let mut subdistricts: Vec<(AreaCode, String)> = villages
            .iter()
            .map(|village| village.code.subdistrict())
            .map(|code| (code, self.name_of(code.number())))
            .collect();
        subdistricts.dedup();
        Ok(Recap {
            letterhead: self.letterhead.clone(),
            title: Lang::Id.msg("documents-recap-title").s("programme", &self.programme.name).to_string(),
            source: Lang::Id
                .msg("documents-recap-source")
                .s("date", Lang::Id.date(&self.today.to_string()))
                .to_string(),
            subdistricts,
            villages,
            place: self.seat.clone(),
            date: Some(self.today),
            signatory: self.official(OfficialRole::BudgetUser),
        })
    }
}

/// How a proxy is related, in words: a code of ours, or the letter of attorney as it was written down.
fn related(relation: &str) -> String {
    match domain::lists::Relation::from_code(relation) {
        Some(known) => Lang::Id.t(&format!("delivery-relation-{}", known.as_str().to_lowercase())),
        None => relation.to_owned(),
    }
}

/// One thing of the parcel, for all families. A sum that is no whole number of its unit is counted in portions.
fn goods_of(item: &Item, families: i64, condition: &str) -> Goods {
    let sum = item.quantity.0.saturating_mul(families);
    let whole = sum % 1_000 == 0;
    Goods {
        name: item.name.clone(),
        specification: String::new(),
        quantity: if whole { sum / 1_000 } else { families },
        unit: if whole { item.unit.clone() } else { format!("× {} {}", item.quantity, item.unit) },
        condition: condition.to_owned(),
        price: Some(if whole { item.price } else { item.amount() }),
        value: item.amount().times(families).unwrap_or_default(),
    }
}
