//! Rounds of the story: villages to their visitors, visits day by day, two people who disagree, minutes of the villages.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use domain::{
    AreaCode, Level,
    verification::{Answers, Channel, Found, Visitor, conclude, form::CURRENT, form::form, round::Filter},
};
use store::{
    Actor, Change,
    attachments::{self, NewAttachment},
    verification::{
        FamilyContext, NewAdded, NewMinutes, NewRound, NewVisit, VillageProgress, addable, assign_villages,
        attach_scan, close_round, contexts, count_candidates, create_round, decide, eligible_of, finalise_minutes,
        minutes_of, open_round, progress, record_minutes, record_visits, round_readings, versions,
    },
};

use super::{
    answers::{PHOTO, Verdict, fill},
    house_photo,
    story::{Story, at},
};

/// Whom the villages of a kecamatan are given to.
const fn visitor_of(village: i64) -> &'static str {
    match village / 10_000 {
        990_106 => "wahyu",
        990_109 => "dewi",
        990_110 => "joko",
        _ => "mega",
    }
}

const VISITORS: [&str; 4] = ["wahyu", "dewi", "joko", "mega"];

/// The people of the villages whose results Mega enters, by kecamatan.
const ENUMERATORS: [&str; 8] = [
    "Suci Ramadhani",
    "Agus Priyono",
    "Fitri Handayani",
    "Rahmat Hidayat",
    "Lina Marlina",
    "Dedi Kurniawan",
    "Sri Wahyuni",
    "Taufik Rahman",
];

/// The round over P3KE, from the first plan to its closing; its id.
pub async fn closed_round(story: &Story<'_>, version: i64) -> anyhow::Result<i64> {
    let day = story.workday_ago(350);
    let rina = story.actor("rina", day).await?;
    let filter = filter(story, &rina, version, story.scaled(6_000)).await?;
    let (starts, ends) = (story.workday_ago(345), story.workday_ago(285));
    let change = story.change(&rina, day, 10).await?;
    let new = NewRound {
        name: "Verval P3KE",
        version_id: version,
        filter,
        starts_on: &starts.to_string(),
        ends_on: &ends.to_string(),
    };
    let round = create_round(&change, &new).await?;
    change.commit().await?;
    assign(story, &rina, round, story.workday_ago(349), |_| ends).await?;
    let change = story.change(&rina, starts, 8).await?;
    open_round(&change, round).await?;
    change.commit().await?;

    let reading = story.app.store.read(&rina);
    let families = contexts(&reading, round).await?;
    let said = round_readings(&reading, round).await?;
    visit(story, round, &families, &said, (starts, story.ago(290))).await?;
    disagree(story, &rina, round).await?;
    hold_deliberations(story, &rina, round).await?;
    let change = story.change(&rina, story.workday_ago(272), 15).await?;
    close_round(&change, round).await?;
    change.commit().await?;
    Ok(round)
}

/// The round that is going on: part of the villages are done, part half, part not begun, and some are late.
pub async fn open_now(story: &Story<'_>, version: i64) -> anyhow::Result<i64> {
    let day = story.workday_ago(58);
    let rina = story.actor("rina", day).await?;
    let starts = story.workday_ago(52);
    let ends = story.today + Days::new(21);
    let change = story.change(&rina, day, 10).await?;
    let new = NewRound {
        name: "Verval DTSEN desil 1-2",
        version_id: version,
        filter: Filter { desil_at_most: Some(2), ..Filter::default() },
        starts_on: &starts.to_string(),
        ends_on: &ends.to_string(),
    };
    let round = create_round(&change, &new).await?;
    change.commit().await?;
    let late = story.ago(9);
    assign(story, &rina, round, story.workday_ago(56), |village| if village % 3 == 0 { late } else { ends }).await?;
    let change = story.change(&rina, starts, 8).await?;
    open_round(&change, round).await?;
    change.commit().await?;

    let reading = story.app.store.read(&rina);
    let mut families = contexts(&reading, round).await?;
    let said = round_readings(&reading, round).await?;
    // the share of a village that has been visited
    families.retain(|family| {
        let share = match family.village % 7 {
            0..3 => 1.0,
            3 | 4 => 0.5,
            5 => 0.25,
            _ => 0.0,
        };
        story.dice("visited by now", family.family).chance(share)
    });
    visit(story, round, &families, &said, (starts, story.ago(1))).await?;
    contradict(story, round, 2, story.workday_ago(2)).await?;
    Ok(round)
}

/// A filter that takes in exactly so many families where it can: the poorest deciles that hold enough, without as few
/// villages as make the number come out.
async fn filter(story: &Story<'_>, rina: &Actor, version: i64, wanted: i64) -> anyhow::Result<Filter> {
    let reading = story.app.store.read(rina);
    let mut filter = Filter::default();
    for desil in 2..=10 {
        filter.desil_at_most = Some(desil);
        let offers = count_candidates(&reading, version, &filter).await?;
        if offers.iter().map(|offer| offer.families).sum::<i64>() >= wanted {
            break;
        }
    }
    let mut counts: Vec<(AreaCode, i64)> = Vec::new();
    let (district, _) = store::areas::own_district(&reading).await?.context("no areas were loaded")?;
    for area in store::areas::within(&reading, district, Level::Village).await? {
        let village = area.code;
        let one = Filter { areas: vec![village], ..filter.clone() };
        let families = count_candidates(&reading, version, &one).await?.iter().map(|offer| offer.families).sum();
        counts.push((village, families));
    }
    let all: i64 = counts.iter().map(|(_, families)| families).sum();
    let Some(left_out) = sum_up_to(&counts, all - wanted).filter(|left_out| !left_out.is_empty()) else {
        return Ok(filter);
    };
    let mut by_subdistrict: BTreeMap<AreaCode, Vec<AreaCode>> = BTreeMap::new();
    let mut split: Vec<AreaCode> = Vec::new();
    for (village, _) in &counts {
        let subdistrict = village.parent().context("a village lies in a kecamatan")?;
        by_subdistrict.entry(subdistrict).or_default().push(*village);
        if left_out.contains(village) {
            split.push(subdistrict);
        }
    }
    for (subdistrict, villages) in by_subdistrict {
        if split.contains(&subdistrict) {
            filter.areas.extend(villages.into_iter().filter(|village| !left_out.contains(village)));
        } else {
            filter.areas.push(subdistrict);
        }
    }
    Ok(filter)
}

/// Villages that together have exactly so many families, of those far from the verifiers' first; `None` when none do.
fn sum_up_to(counts: &[(AreaCode, i64)], wanted: i64) -> Option<Vec<AreaCode>> {
    let wanted = usize::try_from(wanted).ok()?;
    // for every sum the village that reached it, and the sum before
    let mut reached: Vec<Option<(usize, usize)>> = vec![None; wanted + 1];
    for (at, (village, families)) in counts.iter().enumerate().rev() {
        let families = usize::try_from(*families).ok()?;
        if families == 0 || visitor_of(village.number()) != "mega" {
            continue;
        }
        for sum in (families..=wanted).rev() {
            let before = sum - families;
            if reached[sum].is_none() && (before == 0 || reached[before].is_some_and(|(last, _)| last > at)) {
                reached[sum] = Some((at, before));
            }
        }
    }
    let mut sum = wanted;
    let mut chosen = Vec::new();
    while sum > 0 {
        let (at, before) = reached[sum]?;
        chosen.push(counts[at].0);
        sum = before;
    }
    Some(chosen)
}

async fn assign(
    story: &Story<'_>,
    rina: &Actor,
    round: i64,
    day: NaiveDate,
    due: impl Fn(i64) -> NaiveDate,
) -> anyhow::Result<()> {
    let villages = progress(&story.app.store.read(rina), round).await?;
    let mut given: BTreeMap<(&str, NaiveDate), Vec<AreaCode>> = BTreeMap::new();
    for village in villages {
        let Some(code) = AreaCode::from_number(village.village).filter(|code| code.level() == Level::Village) else {
            continue;
        };
        given.entry((visitor_of(village.village), due(village.village))).or_default().push(code);
    }
    let change = story.change(rina, day, 11).await?;
    for ((login, due), villages) in given {
        let user = story.actor(login, day).await?.user;
        assign_villages(&change, round, &villages, user, Some(&due.to_string())).await?;
    }
    change.commit().await?;
    Ok(())
}

/// Records a visit to each of these families: every visitor goes through the villages in turn, some each day.
async fn visit(
    story: &Story<'_>,
    round: i64,
    families: &[FamilyContext],
    said: &HashMap<i64, String>,
    (from, until): (NaiveDate, NaiveDate),
) -> anyhow::Result<()> {
    let form = form(CURRENT).context("the form of visits")?;
    let photographed = PHOTOS / families.len().max(1) as f64;
    let days: Vec<NaiveDate> =
        from.iter_days().take_while(|day| *day <= until).filter(|day| day.weekday() != Weekday::Sun).collect();
    let mut teams: Vec<(Actor, Vec<&FamilyContext>)> = Vec::new();
    for login in VISITORS {
        let mine = families
            .iter()
            .filter(|family| visitor_of(family.village) == login)
            .filter(|family| AreaCode::from_number(family.village).is_some_and(|c| c.level() == Level::Village));
        teams.push((story.actor(login, from).await?, mine.collect()));
    }
    for (nth, day) in days.iter().enumerate() {
        for (actor, mine) in &teams {
            let a_day = mine.len().div_ceil(days.len()).max(1);
            let Some(families) = mine.chunks(a_day).nth(nth) else { continue };
            let change = story.change(actor, *day, 17).await?;
            let mut visits = Vec::with_capacity(families.len());
            for (nth, family) in families.iter().enumerate() {
                let (visitor, channel) = visitor(actor, family.village);
                let mut dice = story.dice("visit", family.family * 100 + round);
                let said = said.get(&family.assignment).map(|text| values(text)).unwrap_or_default();
                let mut verdict = Verdict::draw(&mut dice);
                if family.known.members.is_empty() {
                    verdict = Verdict::Deferred(Found::NotHome, "TIDAK_DI_RUMAH");
                }
                let with_photo =
                    channel == Channel::Web && story.dice("photo", family.family * 100 + round).chance(photographed);
                let mut answers = fill(form, &family.known, &said, *day, verdict, with_photo, &mut dice);
                if answers.photos.contains_key(PHOTO) {
                    photograph(story, &change, family, &mut answers).await?;
                }
                let finding = conclude(form, &answers, &family.known, *day, Channel::Web)
                    .map_err(|faults| anyhow::anyhow!("a visit of the story is refused: {faults:?}"))?;
                let minute = (nth * 480 / families.len()) as u32;
                visits.push(NewVisit {
                    command_id: story.app.entropy.token(),
                    assignment: family.assignment,
                    visitor,
                    visited_at: at(*day, 8 + minute / 60, minute % 60),
                    channel,
                    finding,
                });
            }
            record_visits(&change, visits).await?;
            change.commit().await?;
        }
    }
    Ok(())
}

/// Keeps a drawn house as the photo of a visit.
async fn photograph(
    story: &Story<'_>,
    change: &Change<'_>,
    family: &FamilyContext,
    answers: &mut Answers,
) -> anyhow::Result<()> {
    let stored = story.app.files.store_bytes(&house_photo::picture(answers)?, &story.app.entropy.token()).await?;
    let new = NewAttachment {
        sha256: &stored.sha256,
        name: "foto.jpg",
        media_type: "image/jpeg",
        size: stored.size,
        kind: PHOTO,
        subject: ("assignment", family.assignment),
        area: Some(family.village),
    };
    answers.photos.insert(PHOTO.to_owned(), attachments::add(change, &new).await?);
    Ok(())
}

/// A verifier visits; in the kecamatan that have none somebody of the village did, and Mega enters the sheet.
fn visitor(actor: &Actor, village: i64) -> (Visitor, Channel) {
    let subdistrict = (village / 10_000 % 100) as usize;
    match actor.user {
        Some(user) if visitor_of(village) != "mega" || subdistrict <= 2 => {
            (Visitor::User(user, actor.name.clone()), Channel::Web)
        }
        _ => (Visitor::Named(ENUMERATORS[subdistrict % ENUMERATORS.len()].to_owned()), Channel::Workbook),
    }
}

/// The reading's values by field.
fn values(reading: &str) -> BTreeMap<String, String> {
    let values: BTreeMap<String, serde_json::Value> = serde_json::from_str(reading).unwrap_or_default();
    values
        .into_iter()
        .filter_map(|(field, value)| match value {
            serde_json::Value::String(text) => Some((field, text)),
            serde_json::Value::Number(number) => Some((field, number.to_string())),
            _ => None,
        })
        .collect()
}

/// Six families are visited by a second person who finds otherwise; four are decided.
async fn disagree(story: &Story<'_>, rina: &Actor, round: i64) -> anyhow::Result<()> {
    let conflicts = contradict(story, round, 6, story.workday_ago(288)).await?;
    let day = story.workday_ago(280);
    let undecided = (conflicts.len() / 3).max(1);
    for (nth, assignment) in conflicts.iter().skip(undecided).enumerate() {
        let change = story.change(rina, day, 9).await?;
        let found = versions(&change, *assignment).await?;
        let stands = if nth % 2 == 0 { found.last() } else { found.first() };
        let stands = stands.context("a conflict has versions")?;
        decide(
            &change,
            *assignment,
            stands.id,
            "Dicek ulang bersama ketua RT; foto rumah dan keterangan tetangga sesuai.",
        )
        .await?;
        change.commit().await?;
    }
    Ok(())
}

/// Mega visits families that others found eligible and finds them well off; the assignments now in conflict.
async fn contradict(story: &Story<'_>, round: i64, count: usize, day: NaiveDate) -> anyhow::Result<Vec<i64>> {
    let form = form(CURRENT).context("the form of visits")?;
    let mega = story.actor("mega", day).await?;
    let families = contexts(&story.app.store.read(&mega), round).await?;
    let mut eligible: Vec<&FamilyContext> = families
        .iter()
        .filter(|family| family.outcome.as_deref() == Some("LAYAK") && !family.known.members.is_empty())
        .filter(|family| visitor_of(family.village) != "mega" || family.village / 10_000 % 100 > 2)
        .collect();
    eligible.sort_by_key(|family| {
        (visitor_of(family.village) == "mega", story.dice("again", family.family).below(1 << 30))
    });
    let mut visits = Vec::new();
    for family in eligible.iter().take(count) {
        let mut dice = story.dice("second visit", family.family);
        let verdict = Verdict::NotEligible(Found::Met, "MAMPU");
        let answers = fill(form, &family.known, &BTreeMap::new(), day, verdict, false, &mut dice);
        let finding = conclude(form, &answers, &family.known, day, Channel::Web)
            .map_err(|faults| anyhow::anyhow!("a second visit of the story is refused: {faults:?}"))?;
        visits.push(NewVisit {
            command_id: story.app.entropy.token(),
            assignment: family.assignment,
            visitor: Visitor::User(mega.user.unwrap_or_default(), mega.name.clone()),
            visited_at: at(day, 10, 0),
            channel: Channel::Web,
            finding,
        });
    }
    let assignments = visits.iter().map(|visit| visit.assignment).collect();
    let change = story.change(&mega, day, 17).await?;
    record_visits(&change, visits).await?;
    change.commit().await?;
    Ok(assignments)
}

/// About so many visits of a round have their photo: enough to be seen, few enough to be drawn quickly.
const PHOTOS: f64 = 60.0;
const REMOVED: [&str; 3] = ["MAMPU", "PINDAH", "MENINGGAL"];

/// Most villages deliberate: the list is read out, some families are taken off, some added, and the minutes say so.
async fn hold_deliberations(story: &Story<'_>, rina: &Actor, round: i64) -> anyhow::Result<()> {
    let villages: Vec<VillageProgress> = progress(&story.app.store.read(rina), round).await?;
    for (nth, village) in villages.iter().enumerate() {
        let mut dice = story.dice("deliberation", village.village);
        let Some(code) = AreaCode::from_number(village.village) else { continue };
        if code.level() != Level::Village || dice.chance(0.1) {
            continue;
        }
        let held = story.workday_ago(287 - (nth * 9 / villages.len()) as u64);
        let change = story.change(rina, held, 16).await?;
        let eligible = eligible_of(&change, round, village.village).await?;
        let removed = dice.below(3).min(eligible.len() / 8);
        let first = dice.below(eligible.len());
        let marked: Vec<(i64, String)> = (0..removed)
            .map(|n| (eligible[(first + n * 3) % eligible.len()].id, REMOVED[dice.below(REMOVED.len())].to_owned()))
            .collect::<BTreeMap<i64, String>>()
            .into_iter()
            .collect();
        let added: Vec<NewAdded> = addable(&change, round, village.village, dice.below(3) as i64)
            .await?
            .into_iter()
            .map(|family| NewAdded::Known(family.id))
            .collect();
        let (before, removed, more) = (eligible.len() as i64, marked.len() as i64, added.len() as i64);
        let new = NewMinutes {
            held_on: &held.to_string(),
            place: "Balai desa",
            number: Some(&format!("BA/{:03}/{}", nth + 1, held.year())),
            participants: 18 + dice.below(27) as i64,
            before,
            removed,
            after: before - removed + more,
            note: (more > 0).then_some("Keluarga tambahan diusulkan melalui pemutakhiran DTSEN."),
            marked,
            added,
        };
        record_minutes(&change, round, code, &new).await?;
        // the signed scan makes the minutes final; here and there it has not come yet
        if !dice.chance(0.1) {
            lock_minutes(story, &change, round, village.village).await?;
        }
        change.commit().await?;
    }
    Ok(())
}

/// Attaches a scan to the minutes of a village and locks them.
async fn lock_minutes(story: &Story<'_>, change: &Change<'_>, round: i64, village: i64) -> anyhow::Result<()> {
    let minutes = minutes_of(change, round, village).await?.context("the minutes were just written down")?;
    let stored = story.app.files.store_bytes(&scan(minutes.id), &story.app.entropy.token()).await?;
    let new = NewAttachment {
        sha256: &stored.sha256,
        name: "berita-acara.pdf",
        media_type: "application/pdf",
        size: stored.size,
        kind: "minutes",
        subject: ("deliberation", minutes.id),
        area: Some(village),
    };
    let attachment = attachments::add(change, &new).await?;
    attach_scan(change, &minutes, attachment).await?;
    let minutes = minutes_of(change, round, village).await?.context("the minutes were just written down")?;
    finalise_minutes(change, &minutes).await?;
    Ok(())
}

/// One page of PDF that says it stands for signed minutes.
fn scan(number: i64) -> Vec<u8> {
    let words = format!("BT /F 16 Tf 72 760 Td (Berita acara musdes, contoh {number}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{words}\nendstream", words.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (at, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj{object}endobj\n", at + 1);
    }
    let table = file.len();
    file +=
        &format!("xref\n0 6\n0000000000 65535 f \n{places}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
    file.into_bytes()
}
