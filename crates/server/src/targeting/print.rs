//! The decree as a document. Decrees are written in Bahasa Indonesia whatever the language of the screen.

use documents::{
    Capacity, Criteria, Criterion, Decree as Paper, DecreeRow, Document, Letterhead, Recipient, Signatory,
};
use domain::{Rupiah, targeting::Points};
use store::{
    areas,
    targeting::{self, AnnexLine, Decree},
};

use super::{pages::area_names, words};
use crate::{App, AppError, access::Me, i18n::Lang};

/// A signed decree with its annex as it was frozen; only the families within the actor's area.
pub async fn decree(app: &App, me: &Me, decree: &Decree) -> Result<Document, AppError> {
    let lang = Lang::Id;
    let reading = me.reading(app);
    let annex = targeting::whole_annex(&reading, decree.id).await?;
    let names = area_names(app, &reading).await?;
    let district = areas::own_district(&reading).await?.map(|(_, name)| name).unwrap_or_default();
    let seat = areas::setting(&reading, "seat").await?.unwrap_or_else(|| district.clone());
    let office =
        app.config.office.clone().unwrap_or_else(|| lang.msg("ui-office-of").s("district", &district).to_string());
    let rule = &decree.rule;
    let said = words::rule(lang, &rule.criteria, &rule.quota, &names);
    let aid = match rule.aid.as_deref() {
        Some("goods") => lang.t("targeting-print-goods"),
        _ => String::new(),
    };
    let mut facts = vec![
        (lang.t("targeting-list"), rule.list.clone()),
        (lang.t("targeting-round"), rule.round.clone()),
        (
            lang.t("targeting-considered"),
            lang.msg("targeting-adds-up")
                .n("candidates", rule.candidates)
                .n("eligible", rule.eligible)
                .n("excluded", rule.candidates - rule.eligible)
                .to_string(),
        ),
    ];
    facts.extend(said.quota);
    let criteria = Criteria {
        facts,
        rules: said
            .criteria
            .into_iter()
            .map(|one| Criterion { name: one.name, measure: one.measure, weight: one.points })
            .collect(),
        notes: vec![said.ties, said.receiving, lang.t("targeting-print-limits")],
    };
    Ok(Document::Decree(Paper {
        letterhead: Letterhead {
            government: lang.msg("targeting-print-government").s("district", &district).to_string(),
            agency: lang.t("ui-office"),
            ..Letterhead::default()
        },
        office: lang.msg("targeting-print-office").s("office", &office).to_string(),
        number: decree.number.clone(),
        subject: decree.title.clone(),
        considerations: considerations(lang, decree),
        // by rank of the rule, within a rank by its date
        legal_bases: ["law", "inpres-4", "inpres-8"].map(|key| lang.t(&format!("targeting-print-basis-{key}"))).into(),
        noted: vec![lang.msg("targeting-print-noted").s("round", &rule.round).to_string()],
        decisions: decisions(lang, decree),
        place: seat,
        date: decree.decided_on.parse().ok(),
        signatory: Signatory {
            position: decree.signer_position.clone(),
            capacity: if decree.acting { Capacity::Acting } else { Capacity::InOffice },
            name: decree.signer_name.clone(),
            nip: decree.signer_nip.clone(),
            ..Signatory::default()
        },
        copies: Vec::new(),
        annex_title: lang.msg("targeting-print-annex").s("title", &decree.title).to_string(),
        rows: annex.into_iter().map(|line| row(lang, line, &aid)).collect(),
        criteria: Some(criteria),
        seal: decree.digest.clone(),
    }))
}

fn row(lang: Lang, line: AnnexLine, aid: &str) -> DecreeRow {
    DecreeRow {
        recipient: Recipient {
            name: line.head_name,
            nik: line.nik.unwrap_or_default(),
            family_card: line.kk.unwrap_or_default(),
            address: line.address,
            village: line.village_name,
            subdistrict: line.subdistrict_name,
        },
        aid: aid.to_owned(),
        amount: Some(Rupiah(line.amount)),
        rank: u32::try_from(line.rank).ok(),
        score: words::points(lang, Points(line.score)),
    }
}

fn considerations(lang: Lang, decree: &Decree) -> Vec<String> {
    let about = decree.rule.programme.clone().unwrap_or_else(|| decree.title.clone());
    ["poor", "verified", "therefore"]
        .map(|key| {
            lang.msg(format!("targeting-print-considering-{key}"))
                .s("round", &decree.rule.round)
                .s("list", &decree.rule.list)
                .s("about", &about)
                .to_string()
        })
        .into()
}

fn decisions(lang: Lang, decree: &Decree) -> Vec<String> {
    let rule = &decree.rule;
    let mut all = vec![
        lang.msg("targeting-print-decides-list")
            .n("families", decree.families)
            .s("amount", decree.amount)
            .s("words", decree.amount.in_words())
            .to_string(),
        lang.t("targeting-print-decides-rule"),
    ];
    if let Some(year) = rule.year {
        all.push(
            lang.msg("targeting-print-decides-stages")
                .n("stages", rule.stages.unwrap_or(1))
                .s("unit", rule.quota.unit)
                .s("year", year)
                .to_string(),
        );
    }
    if let (Some(fund), Some(sub_activity), Some(account)) = (&rule.fund, &rule.sub_activity, &rule.account) {
        let fund = domain::codes::list("apbd.sumber_dana").label(fund, false);
        all.push(
            lang.msg("targeting-print-decides-fund")
                .s("fund", fund)
                .s("sub_activity", sub_activity)
                .s("account", account)
                .s("year", rule.year.unwrap_or_default())
                .to_string(),
        );
    }
    all.push(lang.t("targeting-print-decides-change"));
    all.push(lang.t("targeting-print-decides-effect"));
    all
}
