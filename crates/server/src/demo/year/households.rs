//! Changes of families by hand: a birth, a death, a son who founds a family, a number put right, a birth recorded on the
//! wrong family and taken back, and a family that leaves, waiting for a second person. In families that no round and no
//! programme holds, so that the other chapters stay as they are.

use chrono::{Days, NaiveDate};
use domain::{
    Nik, Sex, calendar,
    household::{Asked, Newcomer, Relation, What},
};
use store::{
    Reading,
    registry::{self, Cursor, Family, Member, Search, household},
};

use super::story::Story;

/// Families asked for at once.
const STRIDE: usize = 100;

pub async fn play(story: &Story<'_>) -> anyhow::Result<()> {
    story.tell("Perubahan keluarga");
    let rina = story.actor("rina", story.today).await?;
    let reading = story.app.store.read(&rina);
    let families = untouched(story, &reading, 6).await?;
    let mut families = families.into_iter();
    if let Some((family, _)) = families.next() {
        let born = newcomer("Melati", Sex::Female);
        done(story, &family, 34, "Akta kelahiran", What::Birth { born }).await?;
    }
    if let Some((family, people)) = families.next() {
        let gone = people.iter().find(|one| Some(one.id) != family.head_person_id);
        if let Some(gone) = gone {
            done(story, &family, 27, "Surat kematian dari desa", What::Death { person: gone.id, head: None }).await?;
        }
    }
    if let Some((family, people)) = families.next()
        && let Some(grown) =
            people.iter().find(|one| is_grown(one, story.today) && Some(one.id) != family.head_person_id)
    {
        let members = vec![(grown.id, Relation::Head)];
        let what = What::Split { members, head: None, kk: None, place: None };
        done(story, &family, 20, "Membentuk keluarga sendiri, surat pengantar RT", what).await?;
    }
    if let Some((family, people)) = families.next()
        && let Some((person, nik)) = people.iter().find_map(|one| Some((one.id, another(one.nik.as_deref()?)?)))
    {
        let id = done(story, &family, 13, "NIK di KTP berbeda dari daftar", What::Nik { person, nik }).await?;
        approve(story, id, 12).await?;
    }
    if let Some((family, _)) = families.next() {
        let born = newcomer("Bintang", Sex::Male);
        let id = done(story, &family, 8, "Laporan bidan", What::Birth { born }).await?;
        let day = story.workday_ago(6);
        let rina = story.actor("rina", day).await?;
        let change = story.change(&rina, day, 10).await?;
        household::take_back(&change, id, "Tercatat pada keluarga yang keliru").await?;
        change.commit().await?;
    }
    if let Some((family, _)) = families.next() {
        done(story, &family, 3, "Pindah ke kabupaten lain, surat keterangan pindah", What::MoveOut).await?;
    }
    Ok(())
}

fn newcomer(name: &str, sex: Sex) -> Newcomer {
    Newcomer { name: name.to_owned(), sex, birth_date: None, nik: None, relation: Relation::Child }
}

/// Somebody old enough to found a family of his own.
fn is_grown(one: &Member, today: NaiveDate) -> bool {
    let born = one.birth_date.as_deref().and_then(|date| date.parse().ok());
    one.state == "alive"
        && one.relation.as_deref() != Some("SPOUSE")
        && born.and_then(|born| calendar::age(born, today)).is_some_and(|age| (20..60).contains(&age))
}

/// The same number with another serial.
fn another(nik: &str) -> Option<Nik> {
    Nik::parse(&format!("{}9{}", nik.get(..12)?, nik.get(13..)?)).ok().filter(|other| other.as_str() != nik)
}

/// Families of four and more of whom everything is known, and whom nothing else in the story holds.
async fn untouched(
    story: &Story<'_>,
    reading: &Reading<'_>,
    count: usize,
) -> anyhow::Result<Vec<(Family, Vec<Member>)>> {
    let dictionary = story.app.lexicon.current(reading).await?;
    let mut found = Vec::new();
    let mut at: Option<Cursor> = None;
    loop {
        let page = registry::search(reading, &dictionary, &Search::default(), at.as_ref(), STRIDE).await?;
        for line in &page.lines {
            if line.members < 4 || line.state != "active" {
                continue;
            }
            let people = registry::members(reading, line.id).await?;
            let grown = people.iter().filter(|one| is_grown(one, story.today)).count();
            let named = people.iter().any(|one| one.nik.is_some());
            if people.len() < 4 || grown < 2 || !named || !is_free(reading, line.id).await? {
                continue;
            }
            if let Some(family) = registry::family(reading, line.id).await? {
                found.push((family, people));
            }
            if found.len() == count {
                return Ok(found);
            }
        }
        at = page.after;
        if at.is_none() {
            return Ok(found);
        }
    }
}

/// No round, decree, programme or answer holds the family.
async fn is_free(reading: &Reading<'_>, family: i64) -> anyhow::Result<bool> {
    Ok(registry::due(reading, family).await?.is_none()
        && registry::found(reading, family).await?.is_empty()
        && registry::decided(reading, family).await?.is_empty()
        && registry::aid(reading, family).await?.is_empty()
        && registry::answered(reading, family).await?.is_empty())
}

/// Rina records a change so many days ago; its number.
async fn done(story: &Story<'_>, family: &Family, ago: u64, reason: &str, what: What) -> anyhow::Result<i64> {
    let day = story.workday_ago(ago);
    let rina = story.actor("rina", day).await?;
    let change = story.change(&rina, day, 9).await?;
    let asked = Asked { what, on: day - Days::new(2), reason: reason.to_owned() };
    let recorded =
        household::record(&change, Some(family.id), &asked, &format!("demo-household-{}-{ago}", family.id)).await?;
    change.commit().await?;
    Ok(recorded.id)
}

/// The head of office agrees.
async fn approve(story: &Story<'_>, id: i64, ago: u64) -> anyhow::Result<()> {
    let day = story.workday_ago(ago);
    let head = story.actor("bahtiar", day).await?;
    let change = story.change(&head, day, 14).await?;
    household::approve(&change, id).await?;
    change.commit().await?;
    Ok(())
}
