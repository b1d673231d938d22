//! Determinations of the story: ranked by the office, returned where the head of office asks, signed, enrolled.

use anyhow::Context;
use chrono::NaiveDate;
use domain::targeting::{Signer, TieBreak, Treatment};
use store::{
    access, programmes,
    targeting::{self, NewDecree, NewDetermination},
};

use super::story::Story;

/// A determination to be made.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    pub name: &'a str,
    pub round: i64,
    pub programme: i64,
    pub families: i64,
    pub drafted: NaiveDate,
    pub proposed: NaiveDate,
}

/// Ranks and proposes; the determination's id. Families that already receive the like are left out as long as enough
/// others remain, else ranked with a warning.
pub async fn propose(story: &Story<'_>, plan: &Plan<'_>) -> anyhow::Result<i64> {
    let rina = story.actor("rina", plan.drafted).await?;
    let change = story.change(&rina, plan.drafted, 10).await?;
    let (criteria, mut quota) = targeting::starting_rule(&change, Some(plan.programme)).await?;
    quota.families = u32::try_from(plan.families).ok();
    let new = NewDetermination {
        name: plan.name,
        round: plan.round,
        programme: Some(plan.programme),
        criteria: criteria.clone(),
        quota: quota.clone(),
        command: &story.app.entropy.token(),
    };
    let id = targeting::create(&change, &new).await?;
    let made = targeting::determination(&change, id).await?.context("just made")?;
    if made.selected < plan.families {
        let mut criteria = criteria;
        criteria.receiving.treatment = Treatment::Warn;
        targeting::revise(&change, id, plan.name, &criteria, &quota).await?;
    }
    change.commit().await?;
    let change = story.change(&rina, plan.proposed, 14).await?;
    targeting::propose(&change, id).await?;
    change.commit().await?;
    Ok(id)
}

/// The head of office sends it back with a reason; the office changes the tie-break and proposes again.
pub async fn send_back(story: &Story<'_>, id: i64, returned: NaiveDate, again: NaiveDate) -> anyhow::Result<()> {
    let bahtiar = story.actor("bahtiar", returned).await?;
    let change = story.change(&bahtiar, returned, 9).await?;
    let why = "Dahulukan keluarga dengan lansia dan penyandang disabilitas bila skornya sama, lalu ajukan kembali.";
    targeting::return_(&change, id, why).await?;
    change.commit().await?;
    let rina = story.actor("rina", again).await?;
    let change = story.change(&rina, again, 11).await?;
    let current = targeting::determination(&change, id).await?.context("no such determination")?;
    let mut criteria = current.criteria.clone();
    if !criteria.ties.contains(&TieBreak::MoreElderly) {
        criteria.ties.insert(0, TieBreak::MoreElderly);
    }
    targeting::revise(&change, id, &current.name, &criteria, &current.quota).await?;
    targeting::propose(&change, id).await?;
    change.commit().await?;
    Ok(())
}

/// The head of office signs; the decree's id.
pub async fn sign(story: &Story<'_>, id: i64, day: NaiveDate, number: &str, title: &str) -> anyhow::Result<i64> {
    let bahtiar = story.actor("bahtiar", day).await?;
    let change = story.change(&bahtiar, day, 13).await?;
    let user = access::user(&change, bahtiar.user.unwrap_or_default()).await?.context("no head of office")?;
    let signer =
        Signer { name: user.name, position: user.position.unwrap_or_default(), nip: user.nip, acting: user.acting };
    let new = NewDecree {
        number,
        decided_on: day,
        title,
        signer,
        unverified_known: true,
        command: &story.app.entropy.token(),
    };
    let decree = targeting::sign(&change, id, &new, day).await?;
    change.commit().await?;
    Ok(decree)
}

/// Enrols everybody the decree names.
pub async fn enrol(story: &Story<'_>, programme: i64, decree: i64, day: NaiveDate) -> anyhow::Result<()> {
    let rina = story.actor("rina", day).await?;
    let change = story.change(&rina, day, 10).await?;
    let decision = programmes::Decision {
        leave_out: Vec::new(),
        reason: Some("Bantuan yang sudah diterima belum mencukupi; sudah dibahas bersama pendamping PKH.".to_owned()),
        command: story.app.entropy.token(),
    };
    programmes::enrol(&change, programme, decree, &decision).await?;
    change.commit().await?;
    Ok(())
}
