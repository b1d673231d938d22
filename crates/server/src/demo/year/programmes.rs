//! The programmes of the story, as the office enters them.

use chrono::{Datelike, NaiveDate};
use domain::{
    Rupiah,
    programmes::{
        Account, Aid, AidKind, Draft, Item, ListedAid, Official, OfficialRole, ProgrammeState, Quantity, Stage,
        Strategy, SubActivity,
    },
};
use store::programmes;

use super::story::Story;

/// Rupiah of one family at each of the three stages: 2,940,000 together.
const PARCEL: [(&str, i64, &str, i64); 4] = [
    ("Minyak goreng", 10_000, "liter", 19_000),
    ("Telur ayam", 6_000, "kg", 30_000),
    ("Beras medium", 30_000, "kg", 15_000),
    ("Gula pasir", 8_000, "kg", 20_000),
];

fn officials() -> Vec<Official> {
    let official = |role, name: &str, nip: &str| Official { role, name: name.to_owned(), nip: nip.to_owned() };
    vec![
        official(OfficialRole::BudgetUser, "Drs. H. Bahtiar, M.Si.", "197003121995031004"),
        official(OfficialRole::Commitment, "Nani Suryani, S.Sos.", "197811052005012009"),
        official(OfficialRole::Activity, "Rudi Hartanto, S.E.", "198204172009011006"),
        official(OfficialRole::Treasurer, "Wati Kusuma", "198509232010012011"),
    ]
}

/// Enters a programme and opens it; its id.
async fn enter(story: &Story<'_>, day: NaiveDate, draft: Draft) -> anyhow::Result<i64> {
    let rina = story.actor("rina", day).await?;
    let change = story.change(&rina, day, 10).await?;
    let id = programmes::create(&change, &draft, &story.app.entropy.token()).await?;
    programmes::set_state(&change, id, ProgrammeState::Active, None).await?;
    change.commit().await?;
    Ok(id)
}

async fn agency(story: &Story<'_>, code: &str) -> anyhow::Result<i64> {
    super::answering::agency(story, code).await
}

fn stages(stages: &[(&str, NaiveDate)]) -> Vec<Stage> {
    stages.iter().map(|(name, day)| Stage { name: (*name).to_owned(), planned_on: Some(day.to_string()) }).collect()
}

/// Food parcels in three stages, Rp3,000,000 of budget for each family.
pub async fn parcels(story: &Story<'_>, day: NaiveDate, families: i64, planned: [NaiveDate; 3]) -> anyhow::Result<i64> {
    let items = PARCEL.iter().map(|(name, quantity, unit, price)| Item {
        name: (*name).to_owned(),
        quantity: Quantity(*quantity),
        unit: (*unit).to_owned(),
        price: Rupiah(*price),
    });
    let [first, second, third] = planned;
    let draft = Draft {
        agency: agency(story, "DINSOS").await?,
        name: "Paket sembako keluarga miskin ekstrem".to_owned(),
        year: i64::from(day.year()),
        strategy: Strategy::S1,
        sub_activity: SubActivity::parse("1.06.05.2.02.0003").map_err(|_| anyhow::anyhow!("no sub-activity"))?,
        account: Account::parse("5.1.06.02.02.0001").map_err(|_| anyhow::anyhow!("no account"))?,
        fund: "APBD_KAB".to_owned(),
        ceiling: Rupiah(3_000_000 * families),
        aid: Aid::Goods,
        aid_kind: AidKind::Food,
        cash: Rupiah::ZERO,
        items: items.collect(),
        stages: stages(&[("Tahap I", first), ("Tahap II", second), ("Tahap III", third)]),
        excludes: Vec::new(),
        officials: officials(),
    };
    enter(story, day, draft).await
}

/// Cash handed over once.
pub async fn cash(
    story: &Story<'_>,
    day: NaiveDate,
    name: &str,
    each: i64,
    families: i64,
    planned: NaiveDate,
) -> anyhow::Result<i64> {
    let draft = Draft {
        agency: agency(story, "DINSOS").await?,
        name: name.to_owned(),
        year: i64::from(day.year()),
        strategy: Strategy::S1,
        sub_activity: SubActivity::parse("1.06.05.2.02.0003").map_err(|_| anyhow::anyhow!("no sub-activity"))?,
        account: Account::parse("5.1.06.02.01.0001").map_err(|_| anyhow::anyhow!("no account"))?,
        fund: "DAU".to_owned(),
        ceiling: Rupiah(each * families),
        aid: Aid::Cash,
        aid_kind: AidKind::Cash,
        cash: Rupiah(each),
        items: Vec::new(),
        stages: stages(&[("Penyaluran", planned)]),
        excludes: Vec::<ListedAid>::new(),
        officials: officials(),
    };
    enter(story, day, draft).await
}

/// Business capital, whose families are chosen now.
pub async fn capital(story: &Story<'_>, day: NaiveDate, families: i64) -> anyhow::Result<i64> {
    let draft = Draft {
        agency: agency(story, "DINSOS").await?,
        name: "Modal usaha ekonomi produktif".to_owned(),
        year: i64::from(day.year()),
        strategy: Strategy::S2,
        sub_activity: SubActivity::parse("1.06.05.2.02.0004").map_err(|_| anyhow::anyhow!("no sub-activity"))?,
        account: Account::parse("5.1.06.02.01.0001").map_err(|_| anyhow::anyhow!("no account"))?,
        fund: "APBD_KAB".to_owned(),
        ceiling: Rupiah(2_500_000 * families),
        aid: Aid::Cash,
        aid_kind: AidKind::Livelihood,
        cash: Rupiah(2_500_000),
        items: Vec::new(),
        stages: stages(&[("Penyaluran modal", story.today + chrono::Days::new(30))]),
        excludes: Vec::new(),
        officials: officials(),
    };
    enter(story, day, draft).await
}
