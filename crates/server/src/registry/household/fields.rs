//! The forms: what is asked for each kind, and what was typed as a change.

use domain::{
    FamilyCard, Nik, Sex,
    household::{Asked, Fault, Kind, Newcomer, Place, Relation, What},
    identity::NumberFault,
};
use store::registry::{Member, household::Refused};

use super::fault_key;
use crate::{
    AppError,
    error::Rule,
    forms::Form,
    i18n::Lang,
    ui::{Ui, fault_key as number_fault, parts::Choice},
};

/// Which parts a form of this kind has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts {
    /// As what each member goes along.
    pub going: bool,
    /// Which members.
    pub several: bool,
    /// Which member.
    pub one: bool,
    /// Who heads those who stay.
    pub heir: bool,
    pub newcomer: bool,
    /// The newcomer's birth date is asked apart from the day of the change.
    pub birth_date: bool,
    pub relation: bool,
    pub nik: bool,
    pub kk: bool,
    pub place: bool,
    pub other: bool,
}

impl Parts {
    pub const fn of(kind: Kind) -> Self {
        let none = Self {
            going: false,
            several: false,
            one: false,
            heir: false,
            newcomer: false,
            birth_date: false,
            relation: false,
            nik: false,
            kk: false,
            place: false,
            other: false,
        };
        match kind {
            Kind::Split => Self { going: true, heir: true, kk: true, place: true, ..none },
            Kind::Merge => Self { other: true, ..none },
            Kind::Head => Self { one: true, relation: true, ..none },
            Kind::Birth => Self { newcomer: true, nik: true, relation: true, ..none },
            Kind::Death => Self { one: true, heir: true, ..none },
            Kind::Arrival => Self { newcomer: true, birth_date: true, nik: true, relation: true, ..none },
            Kind::Departure => Self { several: true, heir: true, ..none },
            Kind::Move | Kind::MoveIn => Self { place: true, ..none },
            Kind::MoveOut | Kind::Same => none,
            Kind::NewFamily => Self { newcomer: true, birth_date: true, nik: true, kk: true, place: true, ..none },
            Kind::Nik => Self { one: true, nik: true, ..none },
        }
    }
}

/// The relations one may have to the head, as choices; a head only where there may be one.
pub fn relations(ui: &Ui, with_head: bool) -> Vec<Choice> {
    Relation::ALL
        .into_iter()
        .filter(|relation| with_head || *relation != Relation::Head)
        .map(|relation| {
            let word = relation.as_str();
            Choice::new(word, ui.t(&format!("registry-relation-{}", word.to_lowercase())))
        })
        .collect()
}

/// The field of a member's relation.
pub fn member_field(id: i64) -> String {
    format!("m-{id}")
}

/// The change a form asks for; nothing, and faults at its fields, where something is missing. `others`: the members of
/// the family to be taken in.
pub fn asked(form: &mut Form, kind: Kind, members: &[Member], others: &[Member], lang: Lang) -> Option<Asked> {
    let on = form.date("on", lang);
    if on.is_none() && form.fault_of("on").is_none() {
        form.fault("on", lang.t("form-required"));
    }
    let reason = form.required("reason", lang);
    let what = what(form, kind, members, others, lang);
    match (on, what) {
        (Some(on), Some(what)) if form.is_sound() => Some(Asked { what, on, reason }),
        _ => None,
    }
}

fn what(form: &mut Form, kind: Kind, members: &[Member], others: &[Member], lang: Lang) -> Option<What> {
    let chosen = |form: &Form, of: &[Member]| -> Vec<(i64, Relation)> {
        of.iter().filter_map(|m| Some((m.id, Relation::from_code(form.text(&member_field(m.id)))?))).collect()
    };
    let heir = form.text("head").parse().ok();
    match kind {
        Kind::Split => {
            let members = chosen(form, members);
            let kk = kk(form, lang);
            let place = if form.has("elsewhere", "1") { Some(place(form, lang)?) } else { None };
            Some(What::Split { members, head: heir, kk, place })
        }
        Kind::Merge => {
            let with = one(form, "with", lang)?;
            Some(What::Merge { with, members: chosen(form, others) })
        }
        Kind::Head => {
            let person = one(form, "person", lang);
            let relation = relation(form, lang);
            Some(What::Head { person: person?, relation: relation? })
        }
        Kind::Birth => Some(What::Birth { born: newcomer(form, false, true, lang)? }),
        Kind::Arrival => Some(What::Arrival { person: newcomer(form, true, true, lang)? }),
        Kind::Death => Some(What::Death { person: one(form, "person", lang)?, head: heir }),
        Kind::Departure => {
            let members = form.all("members").iter().filter_map(|id| id.parse().ok()).collect();
            Some(What::Departure { members, head: heir })
        }
        Kind::Move => Some(What::Move { place: place(form, lang)? }),
        Kind::MoveIn => Some(What::MoveIn { place: place(form, lang)? }),
        Kind::MoveOut => Some(What::MoveOut),
        // asked on the page of a person
        Kind::Same => None,
        Kind::NewFamily => {
            let head = newcomer(form, true, false, lang);
            let kk = kk(form, lang);
            let place = place(form, lang);
            Some(What::NewFamily { head: head?, kk, place: place? })
        }
        Kind::Nik => {
            let person = one(form, "person", lang);
            if form.required("nik", lang).is_empty() {
                return None;
            }
            let nik = nik(form, lang)?;
            Some(What::Nik { person: person?, nik })
        }
    }
}

fn one(form: &mut Form, field: &str, lang: Lang) -> Option<i64> {
    let id = form.text(field).parse().ok();
    if id.is_none() {
        form.fault(field, lang.t("household-choose-one"));
    }
    id
}

fn relation(form: &mut Form, lang: Lang) -> Option<Relation> {
    let relation = Relation::from_code(form.text("relation"));
    if relation.is_none() {
        form.fault("relation", lang.t("household-choose-one"));
    }
    relation
}

fn number(form: &mut Form, field: &'static str, fault: NumberFault, lang: Lang) {
    form.fault(field, lang.t(&number_fault(&format!("{field}.{}", fault.as_str()))));
}

fn nik(form: &mut Form, lang: Lang) -> Option<Nik> {
    let text = form.some("nik")?.to_owned();
    Nik::parse(&text).map_err(|fault| number(form, "nik", fault, lang)).ok()
}

fn kk(form: &mut Form, lang: Lang) -> Option<FamilyCard> {
    let text = form.some("kk")?.to_owned();
    FamilyCard::parse(&text).map_err(|fault| number(form, "kk", fault, lang)).ok()
}

fn newcomer(form: &mut Form, dated: bool, related: bool, lang: Lang) -> Option<Newcomer> {
    let name = form.required("name", lang);
    let sex = Sex::from_code(form.text("sex"));
    if sex.is_none() {
        form.fault("sex", lang.t("household-choose-one"));
    }
    let birth_date = if dated { form.date("birth_date", lang) } else { None };
    let nik = nik(form, lang);
    let relation = if related { relation(form, lang) } else { Some(Relation::Head) };
    Some(Newcomer { name, sex: sex?, birth_date, nik, relation: relation? })
}

fn place(form: &mut Form, lang: Lang) -> Option<Place> {
    let village: Option<domain::AreaCode> = form.text("village").parse().ok();
    if village.is_none() {
        form.fault("village", lang.t("household-choose-one"));
    }
    let address = form.required("address", lang);
    let unit = |text: &str| -> Option<String> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        (!digits.is_empty()).then(|| format!("{digits:0>3}"))
    };
    let (rt, rw) = (unit(form.text("rt")), unit(form.text("rw")));
    Some(Place { village: village?.number(), address, rt, rw })
}

/// What refuses a change, at its field; whoever holds the number, where he may be seen. `Err`: no field of the form.
pub fn fault(form: &mut Form, error: Refused, lang: Lang) -> Result<Option<(&'static str, i64)>, AppError> {
    let (field, rule, held) = match error {
        Refused::Fault(fault @ (Fault::NotActive | Fault::NotAway)) => return Err(Rule::new(fault_key(fault)).into()),
        Refused::Fault(fault) => (fault.field(), Rule::new(fault_key(fault)), None),
        Refused::NikHeld { person } => {
            let key = if person.is_some() { "household-nik-held" } else { "household-nik-held-elsewhere" };
            ("nik", Rule::new(key), person.map(|id| ("/orang", id)))
        }
        Refused::KkHeld { family } => {
            let key = if family.is_some() { "household-kk-held" } else { "household-kk-held-elsewhere" };
            ("kk", Rule::new(key), family.map(|id| ("/keluarga", id)))
        }
        Refused::NoSuchVillage => ("village", Rule::new("household-no-such-village"), None),
        Refused::NotFound => return Err(AppError::NotFound),
        Refused::Store(error) => return Err(error.into()),
        other => return Err(anyhow::anyhow!("{other}").into()),
    };
    let text = format!("{}. {}", rule.message(lang).to_string().trim_end_matches('.'), rule.next(lang));
    form.fault(field, text);
    Ok(held)
}
