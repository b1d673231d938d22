//! A change as it is shown: each family before and after, with everybody in it and what is told of them.

use std::collections::BTreeMap;

use domain::{
    AreaCode,
    address::Address,
    calendar,
    household::{Family, NEW, Person, PersonState, Situation},
    identity::mask,
    name::display,
};
use store::Scope;

use crate::ui::Ui;

/// One family before and after.
#[derive(Clone, Debug)]
pub struct Side {
    pub title: String,
    /// Where its page is; none: it is not there, or not any more.
    pub href: Option<String>,
    pub before: Vec<Row>,
    pub after: Vec<Row>,
    /// What differs of the family itself: what, before, after.
    pub facts: Vec<(String, String, String)>,
    /// It was not there before.
    pub is_new: bool,
}

/// Somebody of a family.
#[derive(Clone, Debug)]
pub struct Row {
    pub name: String,
    /// Relation and age.
    pub about: String,
    /// "", gone, new, changed
    pub mark: &'static str,
    /// What became of him, in words.
    pub note: String,
}

/// The families of a change, before and after, as far as they lie in the scope.
pub fn sides(
    ui: &Ui,
    scope: &Scope,
    names: &BTreeMap<i64, String>,
    (before, after): (&Situation, &Situation),
    today: chrono::NaiveDate,
) -> Vec<Side> {
    let seen = |family: &&Family| AreaCode::from_number(family.place.village).is_some_and(|code| scope.includes(code));
    after
        .families
        .iter()
        .filter(|family| seen(family) || before.family(family.id).as_ref().is_some_and(seen))
        .map(|now| side(ui, names, (before, after), now, today))
        .collect()
}

fn side(
    ui: &Ui,
    names: &BTreeMap<i64, String>,
    (before, after): (&Situation, &Situation),
    now: &Family,
    today: chrono::NaiveDate,
) -> Side {
    let was = before.family(now.id);
    let head = was.map_or(&now.head_name, |was| &was.head_name);
    let title = match was {
        Some(_) => ui.msg("registry-family-of").s("name", display(head)).to_string(),
        None => ui.msg("household-new-family-of").s("name", display(head)).to_string(),
    };
    let row = |person: &Person, mark: &'static str, note: String| Row {
        name: display(&person.name),
        about: about(ui, person, today),
        mark,
        note,
    };
    let rows_before = before.members(now.id).map(|person| {
        let later = after.person(person.id);
        let stays = later.is_some_and(|later| later.family == Some(now.id));
        if stays { row(person, "", String::new()) } else { row(person, "gone", leaves(ui, after, later)) }
    });
    let rows_after = after.members(now.id).map(|person| match before.person(person.id) {
        None => row(person, "new", ui.t("household-mark-new")),
        Some(was) if was.family != Some(now.id) => row(person, "new", ui.t("household-mark-came")),
        Some(was) if was != person => row(person, "changed", differs(ui, was, person)),
        Some(_) => row(person, "", String::new()),
    });
    Side {
        title,
        href: (now.id != NEW && was.is_some()).then(|| format!("/keluarga/{}", now.id)),
        before: rows_before.collect(),
        after: rows_after.collect(),
        facts: facts(ui, names, (before, after), was, now),
        is_new: was.is_none(),
    }
}

fn relation(ui: &Ui, person: &Person) -> String {
    person.relation.as_deref().map_or_else(String::new, |r| ui.t(&format!("registry-relation-{}", r.to_lowercase())))
}

fn about(ui: &Ui, person: &Person, today: chrono::NaiveDate) -> String {
    let age = person.birth_date.as_deref().and_then(|d| d.parse().ok()).and_then(|born| calendar::age(born, today));
    let age = age.map(|age| ui.msg("household-age").n("age", age).to_string());
    [Some(relation(ui, person)), age].into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn leaves(ui: &Ui, after: &Situation, later: Option<&Person>) -> String {
    match later.map(|later| (later.state, later.family)) {
        Some((PersonState::Deceased, _)) => ui.t("household-mark-died"),
        Some((PersonState::Same, _)) => {
            let kept = later.and_then(|later| after.person(later.merged_into?));
            ui.msg("household-mark-same")
                .s("name", kept.map(|kept| display(&kept.name)).unwrap_or_default())
                .to_string()
        }
        Some((_, Some(family))) => {
            let head = after.family(family).map(|family| display(&family.head_name)).unwrap_or_default();
            ui.msg("household-mark-goes").s("name", head).to_string()
        }
        _ => ui.t("household-mark-left"),
    }
}

fn differs(ui: &Ui, was: &Person, now: &Person) -> String {
    if was.nik != now.nik {
        let shown = |nik: &Option<String>| nik.as_deref().map_or_else(|| "—".to_owned(), mask);
        return ui.msg("household-mark-nik").s("was", shown(&was.nik)).s("now", shown(&now.nik)).to_string();
    }
    if was.relation != now.relation {
        return ui.msg("household-mark-relation").s("was", relation(ui, was)).to_string();
    }
    if was.state != now.state {
        return ui.t(&format!("household-mark-{}", if now.state == PersonState::Alive { "back" } else { "left" }));
    }
    String::new()
}

fn facts(
    ui: &Ui,
    names: &BTreeMap<i64, String>,
    (before, after): (&Situation, &Situation),
    was: Option<&Family>,
    now: &Family,
) -> Vec<(String, String, String)> {
    let lives = |family: &Family| {
        let address = &family.place;
        let place = Address::of(&address.address, address.rt.as_deref(), address.rw.as_deref()).to_string();
        let village = names.get(&address.village).cloned().unwrap_or_default();
        [place, village].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let kk = |family: &Family| family.kk.as_deref().map_or_else(|| "—".to_owned(), mask);
    let state = |family: &Family| ui.t(&format!("household-family-{}", family.state));
    // as the family's page counts: those known by name; where nobody is, what its list states
    let count = |situation: &Situation, family: &Family| match situation.members(family.id).count() {
        0 => family.members.to_string(),
        known => known.to_string(),
    };
    let told: [(&str, &dyn Fn(&Family) -> String); 4] = [
        ("registry-head", &|family| display(&family.head_name)),
        ("registry-address", &lives),
        ("registry-kk", &kk),
        ("household-family-state", &state),
    ];
    let mut facts: Vec<(String, String, String)> =
        told.into_iter().map(|(key, of)| (ui.t(key), was.map(of).unwrap_or_default(), of(now))).collect();
    let members = was.map(|was| count(before, was)).unwrap_or_default();
    facts.insert(3, (ui.t("registry-members"), members, count(after, now)));
    facts.into_iter().filter(|(_, before, after)| before != after && !(before.is_empty() && after == "—")).collect()
}
