//! The answer for everybody verified and not chosen, and what the agencies do with those handed to them.

use anyhow::Context;
use chrono::NaiveDate;
use domain::targeting::{Livelihood, Need, ReferralAct, ReferralState};
use store::{
    Actor,
    targeting::{self, Answer, Error, Group, Inbox},
};

use super::story::Story;

pub async fn agency(story: &Story<'_>, code: &str) -> anyhow::Result<i64> {
    let program = Actor::program("tuntas demo");
    let agencies = store::programmes::agencies(&story.app.store.read(&program)).await?;
    let agency = agencies.into_iter().find(|agency| agency.code == code);
    Ok(agency.with_context(|| format!("no agency {code}"))?.id)
}

/// Handed over because of what the family lives from, or what it lacks: agency, need in its words, why.
const LIVELIHOODS: [(Livelihood, &str, &str, &str); 2] = [
    (
        Livelihood::Fisher,
        "DISKAN",
        "Bantuan dan subsidi perikanan",
        "Nelayan atau pembudi daya ikan: sarana tangkap dan subsidi perikanan",
    ),
    (Livelihood::Farmer, "DISTAN", "Bantuan dan subsidi pertanian", "Petani: pupuk bersubsidi dan bibit"),
];

const NEEDS: [(Need, &str, &str, &str); 6] = [
    (Need::House, "DISPERKIM", "Perbaikan rumah", "Rumah belum layak huni"),
    (Need::Water, "DPUPR", "Akses air bersih", "Belum ada air bersih"),
    (Need::Toilet, "DPUPR", "Jamban dan sanitasi", "Belum ada jamban sendiri"),
    (Need::Stunting, "DP3AP2KB", "Penanganan gizi dan stunting", "Anak berisiko stunting"),
    (Need::School, "DISDIK", "Beasiswa atau kembali bersekolah", "Ada anak usia sekolah yang tidak bersekolah"),
    (Need::Work, "DISNAKER", "Pelatihan dan penempatan kerja", "Tidak ada anggota usia kerja yang bekerja"),
];

const REFUSALS: [(&str, &str); 4] = [
    ("not_fit", "Hasil kunjungan: tidak memenuhi syarat miskin ekstrem."),
    ("moved_or_dead", "Keluarga pindah atau kepala keluarga tunggal meninggal."),
    ("village_removed", "Dikeluarkan oleh musyawarah desa."),
    ("already_receives", "Sudah menerima bantuan sejenis tahun ini."),
];

/// Answers everybody a signed determination did not choose, and leaves the last `left` without an answer.
pub async fn answer_all(story: &Story<'_>, determination: i64, day: NaiveDate, left: i64) -> anyhow::Result<()> {
    let rina = story.actor("rina", day).await?;
    for (why, reason) in REFUSALS {
        tell(
            story,
            &rina,
            determination,
            day,
            &Group { why: Some(why.to_owned()), ..Group::default() },
            &Answer::Refuse { reason },
        )
        .await?;
    }
    let blocked = Group { why: Some("nik_blocked".to_owned()), ..Group::default() };
    hand(
        story,
        &rina,
        determination,
        day,
        &blocked,
        ("DISDUKCAPIL", "Perbaikan NIK dan kartu keluarga", "NIK perlu dipadankan"),
    )
    .await?;
    for (livelihood, code, need, reason) in LIVELIHOODS {
        let group = Group { livelihood: Some(livelihood), ..Group::default() };
        hand(story, &rina, determination, day, &group, (code, need, reason)).await?;
    }
    for (need, code, service, reason) in NEEDS {
        let group = Group { need: Some(need), ..Group::default() };
        hand(story, &rina, determination, day, &group, (code, service, reason)).await?;
    }
    refuse_rest(story, determination, day, left).await
}

/// Refuses whoever has no answer yet, all but the last `left`.
pub async fn refuse_rest(story: &Story<'_>, determination: i64, day: NaiveDate, left: i64) -> anyhow::Result<()> {
    let rina = story.actor("rina", day).await?;
    let open = targeting::unanswered(&story.app.store.read(&rina), determination).await?;
    let rest = open - left;
    if rest > 0 {
        let reading = story.app.store.read(&rina);
        let open = targeting::unanswered_page(&reading, determination, &Group::default(), 0, rest).await?;
        let families: Vec<i64> = open.into_iter().map(|family| family.family_id).collect();
        for families in families.chunks(2_000) {
            let group = Group { families: families.to_vec(), ..Group::default() };
            let reason = "Tempat dan anggaran tahun ini habis; tetap dalam daftar cadangan.";
            tell(story, &rina, determination, day, &group, &Answer::Refuse { reason }).await?;
        }
    }
    Ok(())
}

async fn hand(
    story: &Story<'_>,
    rina: &Actor,
    determination: i64,
    day: NaiveDate,
    group: &Group,
    (code, need, reason): (&str, &str, &str),
) -> anyhow::Result<()> {
    let agency = agency(story, code).await?;
    tell(story, rina, determination, day, group, &Answer::Refer { agency, need, reason }).await
}

/// Answers a group; that nobody of it is left to answer is no fault.
async fn tell(
    story: &Story<'_>,
    rina: &Actor,
    determination: i64,
    day: NaiveDate,
    group: &Group,
    answer: &Answer<'_>,
) -> anyhow::Result<()> {
    let change = story.change(rina, day, 15).await?;
    match targeting::answer(&change, determination, group, answer).await {
        Ok(_) => Ok(change.commit().await?),
        Err(Error::NobodyToAnswer) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn inbox(
    story: &Story<'_>,
    actor: &Actor,
    agency: i64,
    state: ReferralState,
    most: i64,
) -> anyhow::Result<Vec<i64>> {
    let asked = Inbox { agency: Some(agency), state: Some(state), ..Inbox::default() };
    let inbox = targeting::inbox(&story.app.store.read(actor), &asked, most).await?;
    Ok(inbox.into_iter().map(|referral| referral.id).collect())
}

/// An agency takes up most of what was handed to it, declines a few, and leaves some lying.
pub async fn reply(story: &Story<'_>, login: &str, code: &str, day: NaiveDate, most: i64) -> anyhow::Result<()> {
    let agency = agency(story, code).await?;
    let actor = story.actor(login, day).await?;
    let sent = inbox(story, &actor, agency, ReferralState::Sent, most).await?;
    let (taken, kept) = sent.split_at(sent.len() * 7 / 10);
    let declined: Vec<i64> = kept.iter().copied().take(sent.len() / 40).collect();
    let change = story.change(&actor, day, 10).await?;
    targeting::reply(&change, agency, taken, ReferralAct::Accept, "Masuk rencana tahun ini").await?;
    let why = "Bukan pelaku usaha di bidang kami menurut hasil kunjungan penyuluh";
    targeting::reply(&change, agency, &declined, ReferralAct::Decline, why).await?;
    change.commit().await?;
    Ok(())
}

/// An agency has served half of those it took up.
pub async fn serve(story: &Story<'_>, login: &str, code: &str, day: NaiveDate) -> anyhow::Result<()> {
    let agency = agency(story, code).await?;
    let actor = story.actor(login, day).await?;
    let accepted = inbox(story, &actor, agency, ReferralState::Accepted, 1_000).await?;
    let change = story.change(&actor, day, 14).await?;
    let half = &accepted[..accepted.len() / 2];
    targeting::reply(&change, agency, half, ReferralAct::Serve, "Sarana sudah diserahkan").await?;
    change.commit().await?;
    Ok(())
}
