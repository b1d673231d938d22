//! From a verified round to a signed decree and an answer for everybody, on both databases.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    AreaCode, Rupiah,
    access::Role,
    programmes::ProgrammeState,
    targeting::{
        Act, Criteria, DecreeFault, DeterminationState, LineState, Livelihood, MemberKind, Points, Quota, ReferralAct,
        Signer, Spread,
    },
};
use store::{
    Actor, Change, Handle, Query, Scope,
    bulk::{self, Type},
    journal, sql,
    targeting::{self, Answer, Error, Filter, Group, Inbox, NewDecree, NewDetermination, Part},
};
use testkit::{both_databases, builders, databases::NOW};

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

fn person(user: i64, role: Role, agency: Option<i64>) -> Actor {
    Actor::granted(user, &format!("user {user}"), &[(role, None)], agency)
}

fn quota(families: Option<u32>, ceiling: Option<i64>, unit: i64) -> Quota {
    Quota {
        families,
        ceiling: ceiling.map(Rupiah),
        unit: Rupiah(unit),
        spread: Spread::Nowhere,
        each_village: None,
        areas: BTreeMap::new(),
    }
}

fn decree(number: &str, command: &str) -> NewDecree<'static> {
    let leak = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
    NewDecree {
        number: leak(number),
        decided_on: day(),
        title: "Penetapan penerima sembako",
        signer: Signer { name: "Drs. Contoh".into(), position: "Kepala Dinas Sosial".into(), nip: None, acting: true },
        unverified_known: true,
        command: leak(command),
    }
}

/// A round of six families in two villages: four eligible (one of them receives Sembako), one not, one deferred.
struct Small {
    staff: Actor,
    head: Actor,
    programme: i64,
    round: i64,
    /// By how they were built: 0 to 5.
    families: Vec<i64>,
    villages: Vec<AreaCode>,
    version: i64,
}

/// Which village, the head, desil, members, outcome, needs.
type Wanted = (usize, &'static str, i64, i64, &'static str, &'static [&'static str]);

async fn small(store: &store::Store) -> Small {
    let program = Actor::program("test");
    let change = store.change(&program, NOW).await.expect("begins");
    let villages = builders::areas(&change).await;
    let version = builders::list_version(&change, "p3ke", "2023").await;
    let programme = builders::programme(&change, "Sembako lokal", 3_000_000, 500_000).await;
    let staff = builders::user(&change, "rina", Role::OfficeStaff, None).await;
    let head = builders::user(&change, "kepala", Role::HeadOfOffice, None).await;
    let round = builders::round(&change, "Verval 2026", version).await;
    let mut families = Vec::new();
    let wanted: [Wanted; 6] = [
        (0, "Rohaya", 1, 5, "LAYAK", &["JAMBAN"]),
        (0, "Suhardi", 1, 2, "PERBAIKAN", &[]),
        (1, "Ngatemi", 2, 3, "LAYAK", &["AIR", "RLH"]),
        (1, "Marsinem", 1, 1, "LAYAK", &[]),
        (0, "Darsono", 1, 4, "TIDAK_LAYAK", &[]),
        (1, "Sukarni", 1, 4, "TUNDA", &[]),
    ];
    for (village, name, desil, members, outcome, needs) in wanted {
        let (family, _) = builders::family(&change, version, villages[village], name, desil, members).await;
        let reason = (outcome == "TIDAK_LAYAK").then_some("MAMPU");
        builders::visited(&change, round, family, outcome, reason, needs).await;
        families.push(family);
    }
    change.commit().await.expect("commits");
    Small {
        staff: person(staff, Role::OfficeStaff, None),
        head: person(head, Role::HeadOfOffice, None),
        programme,
        round,
        families,
        villages,
        version,
    }
}

impl Small {
    async fn receives(&self, store: &store::Store, family: usize, reading: &str) {
        let program = Actor::program("test");
        let change = store.change(&program, NOW).await.expect("begins");
        let row = 1_000 + family as i64;
        change
            .execute(Query::with(
                sql!("INSERT INTO list_raw (row_id, raw, reading) VALUES ($1, '[]', $2) -- {whole_district test}"),
                [row.into(), reading.into()],
            ))
            .await
            .expect("a row");
        change
            .execute(Query::with(
                sql!("UPDATE family_list SET row_id = $1 WHERE family_id = $2 AND version_id = $3 AND {whole_district test}"),
                [row.into(), self.families[family].into(), self.version.into()],
            ))
            .await
            .expect("stands");
        change.commit().await.expect("commits");
    }

    async fn create(&self, store: &store::Store, quota: Quota, command: &str) -> i64 {
        let (criteria, _) =
            targeting::starting_rule(&store.read(&self.staff), Some(self.programme)).await.expect("starts");
        let change = store.change(&self.staff, NOW).await.expect("begins");
        let new = NewDetermination {
            name: "Sembako tahap 1",
            round: self.round,
            programme: Some(self.programme),
            criteria,
            quota,
            command,
        };
        let id = targeting::create(&change, &new).await.expect("creates");
        change.commit().await.expect("commits");
        id
    }

    async fn propose(&self, store: &store::Store, id: i64) {
        let change = store.change(&self.staff, NOW).await.expect("begins");
        targeting::propose(&change, id).await.expect("proposes");
        change.commit().await.expect("commits");
    }

    async fn sign(&self, store: &store::Store, id: i64, number: &str) -> i64 {
        let change = store.change(&self.head, NOW).await.expect("begins");
        let id = targeting::sign(&change, id, &decree(number, number), day()).await.expect("signs");
        change.commit().await.expect("commits");
        id
    }
}

/// `name state why` in the order of the ranking.
async fn standing(store: &store::Store, actor: &Actor, id: i64) -> Vec<String> {
    let lines = targeting::lines(&store.read(actor), id, &Filter::default(), 100).await.expect("reads");
    lines.iter().map(|line| format!("{} {} {}", line.head_name, line.state, line.why)).collect()
}

async fn execute(store: &store::Store, query: Query) {
    let program = Actor::program("test");
    let change = store.change(&program, NOW).await.expect("begins");
    assert!(change.execute(query).await.expect("changes") > 0, "nothing changed");
    change.commit().await.expect("commits");
}

async fn count(change: &Change<'_>, sql: store::Sql) -> i64 {
    change.count(sql).await.expect("counts")
}

both_databases! {
    async fn a_round_is_ranked_with_a_reason_for_everybody(store: Store) {
        let small = small(&store).await;
        small.receives(&store, 3, r#"{"aid_sembako":"YES","occupation":"NELAYAN"}"#).await;
        let id = small.create(&store, quota(Some(2), Some(3_000_000), 500_000), "c1").await;
        assert_eq!(
            standing(&store, &small.staff, id).await,
            [
                "Rohaya selected score",
                "Suhardi selected score",
                "Ngatemi reserve quota_total",
                "Marsinem excluded already_receives",
                "Darsono excluded not_fit",
                "Sukarni excluded not_verified",
            ]
        );
        let read = store.read(&small.staff);
        let found = targeting::determination(&read, id).await.expect("reads").expect("is there");
        assert_eq!((found.candidates, found.eligible, found.selected, found.amount), (6, 3, 2, Rupiah(1_000_000)));
        let line = targeting::line(&read, id, small.families[0]).await.expect("reads").expect("is there");
        // desil 1 = 40, no toilet = 5, four children of 2 each
        assert_eq!(line.score, Some(Points::whole(40 + 5 + 8)));
        assert_eq!(line.parts.iter().map(|part| part.points()).sum::<Points>(), Points::whole(53));
        let fisher = targeting::line(&read, id, small.families[3]).await.expect("reads").expect("is there");
        assert!(fisher.facts.livelihoods.has(Livelihood::Fisher));
        assert_eq!(fisher.detail.aids, [domain::targeting::Aid::Sembako]);
        let spread = targeting::spread(&read, id, None).await.expect("reads");
        assert_eq!((spread.len(), spread[0].name.as_str(), spread[0].selected), (1, "Kota Contoh", 2));
        assert_eq!(small.create(&store, quota(Some(2), None, 500_000), "c1").await, id, "the same command makes one");
    }

    async fn who_moved_is_blocked_or_was_taken_by_another_programme_is_not_ranked(store: Store) {
        let small = small(&store).await;
        execute(&store, Query::with(sql!("UPDATE family SET state = 'moved' WHERE id = $1 AND {whole_district test}"), [small.families[0].into()])).await;
        execute(&store, Query::with(sql!("UPDATE family SET block = 'nik.length' WHERE id = $1 AND {whole_district test}"), [small.families[1].into()])).await;
        execute(&store, Query::with(
            sql!("INSERT INTO enrolment (programme_id, family_id, village, state, since) VALUES ($1, $2, 0, 'enrolled', '2026-01-01') -- {whole_district test}"),
            [small.programme.into(), small.families[2].into()],
        )).await;
        let id = small.create(&store, quota(Some(9), None, 500_000), "c1").await;
        let standing = standing(&store, &small.staff, id).await;
        for line in ["Rohaya excluded moved_or_dead", "Suhardi excluded nik_blocked", "Ngatemi excluded already_receives", "Marsinem selected score"] {
            assert!(standing.iter().any(|said| said == line), "{line}: {standing:?}");
        }
        let read = store.read(&small.staff);
        let blocked = targeting::line(&read, id, small.families[1]).await.expect("reads").expect("is there");
        assert_eq!(blocked.detail.code.as_deref(), Some("nik.length"));
        let enrolled = targeting::line(&read, id, small.families[2]).await.expect("reads").expect("is there");
        assert_eq!(enrolled.detail.programmes, [small.programme]);
    }

    async fn what_the_visit_found_counts_before_the_list(store: Store) {
        let small = small(&store).await;
        let program = Actor::program("test");
        let change = store.change(&program, NOW).await.expect("begins");
        // one child has died, a baby was born, and a member of the list is disabled
        let children: Vec<i64> = change.column(Query::with(
            sql!("SELECT id FROM person WHERE family_id = $1 AND relation = 'CHILD' AND {whole_district test} ORDER BY id"),
            [small.families[0].into()],
        )).await.expect("reads");
        let visit: i64 = change.count(Query::with(
            sql!("SELECT visit_id FROM assignment WHERE family_id = $1 AND {whole_district test}"), [small.families[0].into()],
        )).await.expect("reads");
        for (who, presence, born) in [(Some(children[0]), "2", None), (None, "5", Some("2026-05-01"))] {
            change.execute(Query::with(
                sql!("INSERT INTO visit_member (visit_id, person_id, village, presence, birth_date, corrections) VALUES ($1, $2, 0, $3, $4, '[]') -- {whole_district test}"),
                [visit.into(), who.into(), presence.into(), born.into()],
            )).await.expect("a member");
        }
        for (row, reading) in [(71, r#"{"difficulty_walking":"1","industry":"1"}"#), (72, r#"{"difficulty_walking":"4"}"#)] {
            change.execute(Query::with(sql!("INSERT INTO list_raw (row_id, raw, reading) VALUES ($1, '[]', $2) -- {whole_district test}"), [row.into(), reading.into()])).await.expect("a row");
            change.execute(Query::with(
                sql!("INSERT INTO person_list (person_id, version_id, row_id, linked_by) VALUES ($1, $2, $3, 'nik') -- {whole_district test}"),
                [children[row as usize - 70].into(), small.version.into(), row.into()],
            )).await.expect("a link");
        }
        change.commit().await.expect("commits");
        let id = small.create(&store, quota(Some(2), None, 500_000), "c1").await;
        let line = targeting::line(&store.read(&small.staff), id, small.families[0]).await.expect("reads").expect("is there");
        let counts = [MemberKind::Member, MemberKind::Dependant, MemberKind::UnderFive, MemberKind::Disabled].map(|kind| line.facts.members.of(kind));
        assert_eq!(counts, [5, 4, 1, 1]);
        assert!(line.facts.livelihoods.has(Livelihood::Farmer));
    }

    async fn the_decree_prints_what_the_visit_corrected(store: Store) {
        let small = small(&store).await;
        execute(&store, Query::with(sql!("UPDATE family SET block = 'nik.length' WHERE id = $1 AND {whole_district test}"), [small.families[0].into()])).await;
        let program = Actor::program("test");
        let change = store.change(&program, NOW).await.expect("begins");
        let (visit, head): (i64, i64) = (
            change.count(Query::with(sql!("SELECT visit_id FROM assignment WHERE family_id = $1 AND {whole_district test}"), [small.families[0].into()])).await.expect("reads"),
            change.count(Query::with(sql!("SELECT head_person_id FROM family WHERE id = $1 AND {whole_district test}"), [small.families[0].into()])).await.expect("reads"),
        );
        change.execute(Query::with(
            sql!("INSERT INTO visit_member (visit_id, person_id, village, presence, name, nik, corrections) VALUES ($1, $2, 0, '1', 'Rohayah', '9901015207850009', '[]') -- {whole_district test}"),
            [visit.into(), head.into()],
        )).await.expect("a member");
        change.execute(Query::with(
            sql!(r#"UPDATE visit SET answers = '{"floor":"8","programmes":["b","c"]}', corrections = '[{"field":"kk","source":null,"value":"9901010101260001"},{"field":"rt","source":"001","value":"007"}]' WHERE id = $1 AND {whole_district test}"#),
            [visit.into()],
        )).await.expect("corrected");
        change.commit().await.expect("commits");
        let id = small.create(&store, quota(Some(1), None, 500_000), "c1").await;
        let read = store.read(&small.head);
        let line = targeting::line(&read, id, small.families[0]).await.expect("reads").expect("is there");
        assert_eq!(line.state, LineState::Selected, "the corrected number lifts the block; PKH is not the like of food");
        assert!(line.facts.conditions.has(domain::targeting::Condition::EarthFloor));
        small.propose(&store, id).await;
        let decree_id = small.sign(&store, id, "1").await;
        let annex = targeting::whole_annex(&read, decree_id).await.expect("reads");
        assert_eq!(
            (annex[0].head_name.as_str(), annex[0].nik.as_deref(), annex[0].kk.as_deref(), annex[0].address.as_str()),
            ("Rohayah", Some("9901015207850009"), Some("9901010101260001"), "Dusun Krajan RT 007 RW 002")
        );
    }

    async fn an_address_names_its_neighbourhood_once(store: Store) {
        let small = small(&store).await;
        let change = store.change(&small.staff, NOW).await.expect("begins");
        // the list wrote the neighbourhood into the address, and the registry knows another number besides
        change.execute(Query::with(
            sql!("UPDATE family SET address = 'DUSUN DAMAI RT 003 RW 002', rt = '006', rw = NULL WHERE id = $1 AND {whole_district test}"),
            [small.families[0].into()],
        )).await.expect("moved");
        change.commit().await.expect("commits");
        let id = small.create(&store, quota(Some(1), None, 500_000), "c1").await;
        small.propose(&store, id).await;
        let decree_id = small.sign(&store, id, "1").await;
        let annex = targeting::whole_annex(&store.read(&small.head), decree_id).await.expect("reads");
        assert_eq!(annex[0].address, "DUSUN DAMAI RT 006 RW 002");
    }

    async fn a_person_places_and_takes_out_with_a_reason(store: Store) {
        let small = small(&store).await;
        let id = small.create(&store, quota(Some(2), None, 500_000), "c1").await;
        let change = store.change(&small.staff, NOW).await.expect("begins");
        assert!(matches!(targeting::place_by_hand(&change, id, small.families[2], 1, " ").await, Err(Error::NoReason)));
        targeting::place_by_hand(&change, id, small.families[2], 1, "Rumah roboh kemarin").await.expect("places");
        targeting::exclude_by_hand(&change, id, small.families[1], "Mengundurkan diri").await.expect("takes out");
        change.commit().await.expect("commits");
        let said = standing(&store, &small.staff, id).await;
        assert_eq!(said[..4], ["Ngatemi selected placed", "Rohaya selected score", "Marsinem reserve quota_total", "Suhardi excluded manual"]);
        let read = store.read(&small.staff);
        let timeline = journal::of_family(&read, small.families[2], 5).await.expect("reads");
        assert_eq!((timeline[0].verb.as_str(), timeline[0].reason.as_deref()), ("determination.placed", Some("Rumah roboh kemarin")));
        let change = store.change(&small.staff, NOW).await.expect("begins");
        targeting::undo_choice(&change, id, small.families[2]).await.expect("undoes");
        change.commit().await.expect("commits");
        assert_eq!(standing(&store, &small.staff, id).await[0], "Rohaya selected score");
    }

    async fn a_rule_is_tried_without_writing_and_data_that_changed_are_told(store: Store) {
        let small = small(&store).await;
        let id = small.create(&store, quota(Some(2), None, 500_000), "c1").await;
        let read = store.read(&small.staff);
        let found = targeting::determination(&read, id).await.expect("reads").expect("is there");
        let mut criteria = found.criteria.clone();
        criteria.desil = [(2, Points::whole(50))].into();
        let preview = targeting::preview(&read, id, &criteria, &found.quota, "2026-11-21").await.expect("tries");
        assert_eq!(preview.entering.iter().map(|s| s.head_name.as_str()).collect::<Vec<_>>(), ["Ngatemi"]);
        assert_eq!(preview.leaving.iter().map(|s| s.head_name.as_str()).collect::<Vec<_>>(), ["Suhardi"]);
        assert_eq!(standing(&store, &small.staff, id).await[1], "Suhardi selected score", "nothing was written");
        let same = targeting::preview(&read, id, &found.criteria, &found.quota, "2026-11-21").await.expect("tries");
        assert_eq!((same.changed, same.entering.len()), (0, 0));
        execute(&store, Query::with(sql!("UPDATE family SET state = 'deceased' WHERE id = $1 AND {whole_district test}"), [small.families[0].into()])).await;
        let drift = targeting::preview(&read, id, &found.criteria, &found.quota, "2026-11-21").await.expect("tries");
        assert_eq!((drift.leaving[0].head_name.as_str(), drift.leaving[0].why), ("Rohaya", "moved_or_dead"));
        let change = store.change(&small.staff, NOW).await.expect("begins");
        targeting::rank_again(&change, id).await.expect("ranks");
        change.commit().await.expect("commits");
        assert_eq!(standing(&store, &small.staff, id).await[0], "Suhardi selected score");
    }

    async fn what_is_signed_stays_whatever_is_corrected_later(store: Store) {
        let small = small(&store).await;
        let id = small.create(&store, quota(Some(2), Some(3_000_000), 500_000), "c1").await;
        small.propose(&store, id).await;
        let decree_id = small.sign(&store, id, "400.9/1/2026").await;
        let read = store.read(&small.head);
        let before = targeting::whole_annex(&read, decree_id).await.expect("reads");
        let proof = targeting::prove(&read, decree_id).await.expect("proves");
        assert!(proof.holds(), "{proof:?}");
        assert_eq!((before.len(), before[0].head_name.as_str(), before[0].amount), (2, "Rohaya", 500_000));
        assert!(before[0].nik.is_some() && before[0].address.contains("RT 001 RW 002"));
        let why_not = targeting::line(&read, id, small.families[2]).await.expect("reads").expect("is there");
        assert_eq!((why_not.state, why_not.detail.cut.map(|cut| cut.rank)), (LineState::Reserve, Some(2)));

        execute(&store, Query::with(
            sql!("UPDATE family SET head_name = 'Lain', kk = '9', address = 'Lain', members = 9 WHERE id = $1 AND {whole_district test}"), [small.families[0].into()],
        )).await;
        execute(&store, Query::with(sql!("UPDATE assignment SET outcome = 'TIDAK_LAYAK' WHERE family_id = $1 AND {whole_district test}"), [small.families[0].into()])).await;
        execute(&store, Query::new(sql!("UPDATE area SET name = 'Berganti nama'"))).await;
        assert_eq!(targeting::whole_annex(&read, decree_id).await.expect("reads"), before);
        assert!(targeting::prove(&read, decree_id).await.expect("proves").holds());
        let change = store.change(&small.staff, NOW).await.expect("begins");
        let again = targeting::rank_again(&change, id).await;
        assert!(matches!(again, Err(Error::Step(step)) if step.act == Act::Revise));
        drop(change);

        execute(&store, Query::with(
            sql!("UPDATE determination_line SET head_name = 'Disisipkan' WHERE determination_id = $1 AND rank = 2 AND {whole_district test}"), [id.into()],
        )).await;
        let proof = targeting::prove(&read, decree_id).await.expect("proves");
        assert!(!proof.sealed && proof.different == 0, "a changed name is seen, the ranking still repeats");
        execute(&store, Query::with(
            sql!("UPDATE determination_line SET rank = 3 WHERE determination_id = $1 AND rank = 2 AND {whole_district test}"), [id.into()],
        )).await;
        assert_eq!(targeting::prove(&read, decree_id).await.expect("proves").different, 1);
    }

    async fn signing_twice_signs_once_and_who_drafts_does_not_sign(store: Store) {
        let small = small(&store).await;
        let id = small.create(&store, quota(Some(2), None, 500_000), "c1").await;
        let change = store.change(&small.head, NOW).await.expect("begins");
        let early = targeting::sign(&change, id, &decree("1", "s0"), day()).await;
        assert!(matches!(early, Err(Error::Step(step)) if step.state == DeterminationState::Draft));
        drop(change);
        small.propose(&store, id).await;
        let change = store.change(&small.staff, NOW).await.expect("begins");
        let own = targeting::sign(&change, id, &decree("1", "s1"), day()).await;
        assert!(matches!(own, Err(Error::Decree(faults)) if faults == [DecreeFault::SamePerson]));
        drop(change);
        let first = small.sign(&store, id, "400.9/2/2026").await;
        assert_eq!(small.sign(&store, id, "400.9/2/2026").await, first, "the same command");
        let change = store.change(&small.head, NOW).await.expect("begins");
        assert!(matches!(targeting::sign(&change, id, &decree("3", "other"), day()).await, Err(Error::Step(_))));
        assert_eq!(count(&change, sql!("SELECT COUNT(*) FROM decree")).await, 1);
        assert_eq!(count(&change, sql!("SELECT COUNT(*) FROM journal WHERE verb = 'decree.signed'")).await, 1);
        drop(change);
        let other = small.create(&store, quota(Some(1), None, 500_000), "c2").await;
        small.propose(&store, other).await;
        let change = store.change(&small.head, NOW).await.expect("begins");
        let taken = targeting::sign(&change, other, &decree("400.9/2/2026", "s2"), day()).await;
        assert!(matches!(taken, Err(Error::NumberTaken(_))));
    }

    async fn a_draft_programme_is_neither_proposed_nor_signed(store: Store) {
        let small = small(&store).await;
        let id = small.create(&store, quota(Some(2), None, 500_000), "c1").await;
        let state = async |word: &'static str| execute(&store, Query::with(sql!("UPDATE programme SET state = $1"), [word.into()])).await;
        state("draft").await;
        let change = store.change(&small.staff, NOW).await.expect("begins");
        assert!(matches!(targeting::propose(&change, id).await, Err(Error::ProgrammeNotActive(ProgrammeState::Draft))));
        drop(change);
        state("active").await;
        small.propose(&store, id).await;
        state("closed").await;
        let change = store.change(&small.head, NOW).await.expect("begins");
        assert!(matches!(targeting::sign(&change, id, &decree("1", "s1"), day()).await, Err(Error::ProgrammeNotActive(ProgrammeState::Closed))));
        drop(change);
        state("active").await;
        // one of the six was deferred: the head of office is told so before he signs
        let change = store.change(&small.head, NOW).await.expect("begins");
        let unasked = targeting::sign(&change, id, &NewDecree { unverified_known: false, ..decree("1", "s1") }, day()).await;
        assert!(matches!(unasked, Err(Error::Decree(faults)) if faults == [DecreeFault::Unverified]));
        targeting::sign(&change, id, &decree("1", "s1"), day()).await.expect("signs");
        let told = journal::page(&change, &journal::Filter::default(), 1).await.expect("reads");
        assert!(told[0].data.contains("\"unverified\":1"), "{}", told[0].data);
    }

    async fn what_the_village_takes_off_counts_once_its_minutes_are_final(store: Store) {
        let small = small(&store).await;
        let program = Actor::program("test");
        let change = store.change(&program, NOW).await.expect("begins");
        change.execute(Query::with(sql!("UPDATE assignment SET removed_reason = 'MAMPU' WHERE family_id = $1 AND {whole_district test}"), [small.families[0].into()])).await.expect("takes off");
        change
            .execute(Query::with(
                sql!("INSERT INTO deliberation (round_id, village, held_on, place, participants, families_before, families_removed, families_added, families_after, state, created_at) VALUES ($1, $2, '2026-11-01', 'Balai desa', 20, 2, 1, 0, 1, 'recorded', '2026-11-01T00:00:00Z')"),
                [small.round.into(), small.villages[0].number().into()],
            ))
            .await
            .expect("minutes");
        change.commit().await.expect("commits");
        let before = small.create(&store, quota(Some(4), None, 500_000), "c1").await;
        assert_eq!(standing(&store, &small.staff, before).await[0], "Rohaya selected score", "the minutes are not final");
        execute(&store, Query::new(sql!("UPDATE deliberation SET state = 'final'"))).await;
        let after = small.create(&store, quota(Some(4), None, 500_000), "c2").await;
        assert!(standing(&store, &small.staff, after).await.contains(&"Rohaya excluded village_removed".to_owned()));
    }

    async fn what_comes_back_is_revised_and_proposed_again(store: Store) {
        let small = small(&store).await;
        let id = small.create(&store, quota(Some(2), None, 500_000), "c1").await;
        small.propose(&store, id).await;
        let change = store.change(&small.head, NOW).await.expect("begins");
        assert!(matches!(targeting::return_(&change, id, "").await, Err(Error::NoReason)));
        targeting::return_(&change, id, "Kurangi menjadi satu").await.expect("returns");
        change.commit().await.expect("commits");
        let read = store.read(&small.staff);
        let found = targeting::determination(&read, id).await.expect("reads").expect("is there");
        assert_eq!((found.state, found.returned_reason.as_deref()), (DeterminationState::Returned, Some("Kurangi menjadi satu")));
        let change = store.change(&small.staff, NOW).await.expect("begins");
        assert!(matches!(targeting::propose(&change, id).await, Err(Error::Step(_))));
        targeting::revise(&change, id, "Sembako", &found.criteria, &quota(Some(1), None, 500_000)).await.expect("revises");
        targeting::propose(&change, id).await.expect("proposes");
        change.commit().await.expect("commits");
        let found = targeting::determination(&read, id).await.expect("reads").expect("is there");
        assert_eq!((found.state, found.selected, found.revision), (DeterminationState::Proposed, 1, 2));
    }

    async fn a_rule_that_makes_no_sense_is_refused(store: Store) {
        let small = small(&store).await;
        let change = store.change(&small.staff, NOW).await.expect("begins");
        let mut new = NewDetermination {
            name: "X", round: small.round, programme: Some(small.programme), criteria: Criteria::default(), quota: quota(Some(1), None, 1), command: "c",
        };
        assert!(matches!(targeting::create(&change, &new).await, Err(Error::Criteria(_))));
        new.criteria = Criteria::starting_point();
        new.quota = quota(None, Some(3_000_001), 500_000);
        assert!(matches!(targeting::create(&change, &new).await, Err(Error::Quota(_))), "beyond the programme's ceiling");
        new.round = 99;
        assert!(matches!(targeting::create(&change, &new).await, Err(Error::Missing)));
    }

    async fn everybody_verified_gets_an_answer(store: Store) {
        let small = small(&store).await;
        small.receives(&store, 2, r#"{"occupation":"NELAYAN"}"#).await;
        let id = small.create(&store, quota(Some(1), None, 500_000), "c1").await;
        let refuse = Answer::Refuse { reason: "Hasil verval" };
        let change = store.change(&small.staff, NOW).await.expect("begins");
        assert!(matches!(targeting::answer(&change, id, &Group::default(), &refuse).await, Err(Error::Step(_))), "not before the signing");
        drop(change);
        small.propose(&store, id).await;
        small.sign(&store, id, "1").await;
        let read = store.read(&small.staff);
        // two in reserve behind Rohaya, one not fit; the one deferred was not verified
        assert_eq!(targeting::unanswered(&read, id).await.expect("counts"), 4);
        let before = targeting::accounted(&read, id).await.expect("counts");
        assert_eq!((before.families, before.verified, before.selected, before.unanswered), (6, 5, 1, Part { families: 4, reserves: 3 }));
        let groups = targeting::groups(&read, id).await.expect("groups");
        assert_eq!(groups.by_why, [("reserve".to_owned(), 3), ("not_fit".to_owned(), 1)]);
        assert_eq!(groups.by_livelihood, [(Livelihood::Fisher, 1)]);
        let program = Actor::program("test");
        let change = store.change(&program, NOW).await.expect("begins");
        let fishery = builders::agency(&change, "DISKAN").await;
        let farming = builders::agency(&change, "DISTAN").await;
        change.commit().await.expect("commits");

        let change = store.change(&small.staff, NOW).await.expect("begins");
        let fishers = Group { livelihood: Some(Livelihood::Fisher), ..Group::default() };
        let refer = Answer::Refer { agency: fishery, need: "Subsidi alat tangkap", reason: "Nelayan" };
        assert_eq!(targeting::answer(&change, id, &fishers, &refer).await.expect("answers"), 1);
        assert!(matches!(targeting::answer(&change, id, &fishers, &refer).await, Err(Error::NobodyToAnswer)));
        assert_eq!(targeting::answer(&change, id, &Group::default(), &refuse).await.expect("answers"), 3);
        change.commit().await.expect("commits");
        assert_eq!(targeting::unanswered(&read, id).await.expect("counts"), 0);
        let told = targeting::accounted(&read, id).await.expect("counts");
        assert_eq!((told.referred, told.refused), (Part { families: 1, reserves: 1 }, Part { families: 3, reserves: 2 }));
        assert_eq!(targeting::determinations(&read).await.expect("lists")[0].unanswered, 0);

        let fisher = person(small.staff.user.expect("a user"), Role::AgencyStaff, Some(fishery));
        let mine = targeting::inbox(&store.read(&fisher), &Inbox { agency: Some(fishery), ..Inbox::default() }, 10).await.expect("reads");
        assert_eq!(mine.iter().map(|r| r.head_name.as_str()).collect::<Vec<_>>(), ["Ngatemi"]);
        let others = targeting::inbox(&store.read(&fisher), &Inbox { agency: Some(farming), ..Inbox::default() }, 10).await.expect("reads");
        assert!(others.is_empty());
        let change = store.change(&fisher, NOW).await.expect("begins");
        assert!(matches!(targeting::reply(&change, farming, &[mine[0].id], ReferralAct::Accept, "").await, Err(Error::Missing)));
        assert!(matches!(targeting::reply(&change, fishery, &[mine[0].id], ReferralAct::Decline, "").await, Err(Error::NoReason)));
        assert_eq!(targeting::reply(&change, fishery, &[mine[0].id], ReferralAct::Decline, "Tidak punya perahu").await.expect("declines"), 1);
        assert_eq!(targeting::reply(&change, fishery, &[mine[0].id], ReferralAct::Decline, "Tidak punya perahu").await.expect("once"), 0);
        change.commit().await.expect("commits");
        assert_eq!(targeting::unanswered(&read, id).await.expect("counts"), 1, "declined is no answer");
        let open = targeting::unanswered_page(&read, id, &Group::default(), 0, 10).await.expect("reads");
        assert_eq!(open[0].declined.as_deref(), Some("Tidak punya perahu"));
        let verbs: Vec<String> = journal::of_family(&read, small.families[2], 10).await.expect("reads").into_iter().map(|line| line.verb).collect();
        assert_eq!(verbs, ["referral.declined", "referral.sent", "decree.signed", "determination.proposed"]);
        // a second decree of the same round accounts for the same families, by whatever decree they were chosen or answered
        let second = small.create(&store, quota(Some(2), None, 500_000), "c2").await;
        small.propose(&store, second).await;
        small.sign(&store, second, "2").await;
        let again = targeting::accounted(&read, second).await.expect("counts");
        assert_eq!((again.families, again.verified, again.selected), (6, 5, 2));
        let first = targeting::accounted(&read, id).await.expect("counts");
        assert!(first.selected == 1 && first.elsewhere.families > 0, "{first:?}");
        for all in [before, told, again, first] {
            let parts = all.selected + all.elsewhere.families + all.referred.families + all.refused.families + all.unanswered.families + all.unverified();
            assert_eq!(parts, all.families, "{all:?}");
        }
    }

    async fn an_area_sees_its_own_families_only(store: Store) {
        let small = small(&store).await;
        let id = small.create(&store, quota(Some(1), None, 500_000), "c1").await;
        small.propose(&store, id).await;
        let decree_id = small.sign(&store, id, "1").await;
        let kulon = Actor { scope: Scope::areas([small.villages[0]]), ..small.staff.clone() };
        let read = store.read(&kulon);
        let lines = targeting::lines(&read, id, &Filter::default(), 10).await.expect("reads");
        assert_eq!(lines.len(), 3);
        assert!(targeting::line(&read, id, small.families[2]).await.expect("reads").is_none());
        assert_eq!(targeting::whole_annex(&read, decree_id).await.expect("reads").len(), 1);
        let change = store.change(&kulon, NOW).await.expect("begins");
        let answered = targeting::answer(&change, id, &Group::default(), &Answer::Refuse { reason: "Kuota penuh" }).await.expect("answers");
        assert_eq!(answered, 2, "those of the village");
        change.commit().await.expect("commits");
        assert_eq!(targeting::unanswered(&store.read(&small.staff), id).await.expect("counts"), 2);
        let wetan = Actor { scope: Scope::areas([small.villages[1]]), ..small.staff.clone() };
        assert!(targeting::whole_annex(&store.read(&wetan), decree_id).await.expect("reads").is_empty());
    }

    /// Scenario D: 6,000 verified, 1,000 served from Rp3,000,000,000, nobody verified left without an answer.
    async fn six_thousand_are_verified_and_a_thousand_served_from_three_billion(store: Store) {
        let program = Actor::program("test");
        let change = store.change(&program, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "p3ke", "2023").await;
        let programme = builders::programme(&change, "Sembako", 3_000_000_000, 2_940_000).await;
        let round = builders::round(&change, "Verval P3KE", version).await;
        many(&change, 6_000, version, round, &villages).await;
        let staff = builders::user(&change, "rina", Role::OfficeStaff, None).await;
        let head = builders::user(&change, "kepala", Role::HeadOfOffice, None).await;
        let fishery = builders::agency(&change, "DISKAN").await;
        let farming = builders::agency(&change, "DISTAN").await;
        change.commit().await.expect("commits");
        let staff = person(staff, Role::OfficeStaff, None);
        let head = person(head, Role::HeadOfOffice, None);

        let read = store.read(&staff);
        let (criteria, by_money) = targeting::starting_rule(&read, Some(programme)).await.expect("starts");
        assert_eq!((by_money.unit, by_money.ceiling), (Rupiah(2_940_000), Some(Rupiah(3_000_000_000))));
        let change = store.change(&staff, NOW).await.expect("begins");
        let quota = Quota { families: Some(1_000), ..by_money.clone() };
        let new = NewDetermination { name: "Sembako", round, programme: Some(programme), criteria, quota, command: "c1" };
        let id = targeting::create(&change, &new).await.expect("creates");
        change.commit().await.expect("commits");
        let found = targeting::determination(&read, id).await.expect("reads").expect("is there");
        assert_eq!((found.candidates, found.selected, found.amount), (6_000, 1_000, Rupiah(2_940_000_000)));
        let tally: BTreeMap<(String, String), i64> =
            targeting::tally(&read, id).await.expect("counts").into_iter().map(|t| ((t.state, t.why), t.families)).collect();
        let of = |state: &str, why: &str| tally.get(&(state.to_owned(), why.to_owned())).copied().unwrap_or(0);
        assert_eq!((of("excluded", "already_receives"), of("excluded", "nik_blocked"), of("excluded", "not_fit")), (400, 100, 300));
        assert_eq!(found.eligible, 6_000 - 400 - 100 - 300);
        // the money alone would pay for twenty more
        let preview = targeting::preview(&read, id, &found.criteria, &by_money, "2026-11-21").await.expect("tries");
        assert_eq!((preview.selected, preview.amount, preview.entering.len(), preview.leaving.len()), (1_020, Rupiah(2_998_800_000), 20, 0));

        let change = store.change(&staff, NOW).await.expect("begins");
        targeting::propose(&change, id).await.expect("proposes");
        change.commit().await.expect("commits");
        let change = store.change(&head, NOW).await.expect("begins");
        let decree_id = targeting::sign(&change, id, &decree("400.9/123/2026", "s1"), day()).await.expect("signs");
        change.commit().await.expect("commits");
        let annex = targeting::whole_annex(&read, decree_id).await.expect("reads");
        assert_eq!((annex.len(), annex.iter().map(|line| line.amount).sum::<i64>()), (1_000, 2_940_000_000));
        assert_eq!(targeting::programme(&read, programme).await.expect("reads").expect("is there").left(), Rupiah(60_000_000));
        assert!(targeting::prove(&read, decree_id).await.expect("proves").holds());

        assert_eq!(targeting::unanswered(&read, id).await.expect("counts"), 5_000);
        let change = store.change(&staff, NOW).await.expect("begins");
        let mut told = 0;
        for (livelihood, agency, need) in [(Livelihood::Fisher, fishery, "Subsidi perikanan"), (Livelihood::Farmer, farming, "Pupuk")] {
            let group = Group { livelihood: Some(livelihood), ..Group::default() };
            told += targeting::answer(&change, id, &group, &Answer::Refer { agency, need, reason: "Kuota sembako penuh" }).await.expect("hands over");
        }
        let rest = targeting::answer(&change, id, &Group::default(), &Answer::Refuse { reason: "Kuota penuh" }).await.expect("refuses");
        change.commit().await.expect("commits");
        assert!(told > 1_000, "{told} fishers and farmers");
        assert_eq!(1_000 + told + rest, 6_000, "chosen, handed over and refused are all that were verified");
        assert_eq!(targeting::unanswered(&read, id).await.expect("counts"), 0);
    }
}

/// Families made in bulk: a third fishers, a third farmers; 400 with Sembako, 100 with a blocked NIK, 300 not fit.
async fn many(change: &Change<'_>, families: i64, version: i64, round: i64, villages: &[AreaCode]) {
    let village = |n: i64| villages[(n % villages.len() as i64) as usize].number();
    let rows = (1..=families).map(|n| {
        let block = if (500..600).contains(&n) { "nik.length" } else { "" };
        vec![
            n.into(),
            format!("99010101{n:08}").into(),
            n.into(),
            format!("Kepala {n}").into(),
            format!("KEPALA {n}").into(),
            village(n).into(),
            "Dusun".into(),
            4_i64.into(),
            (n % 4 + 1).into(),
            block.into(),
            "active".into(),
            NOW.into(),
        ]
    });
    let columns = [
        ("id", Type::Int),
        ("kk", Type::Text),
        ("head_person_id", Type::Int),
        ("head_name", Type::Text),
        ("name_key", Type::Text),
        ("village", Type::Int),
        ("address", Type::Text),
        ("members", Type::Int),
        ("desil", Type::Int),
        ("block", Type::Text),
        ("state", Type::Text),
        ("created_at", Type::Text),
    ];
    bulk::insert(change, "family", &columns, rows).await.expect("families");
    let rows = (1..=families).map(|n| {
        vec![
            n.into(),
            format!("99010101{n:08}").into(),
            "X".into(),
            "X".into(),
            (if n % 5 == 0 { "P" } else { "L" }).into(),
            "1980-01-01".into(),
            village(n).into(),
            n.into(),
            "HEAD".into(),
            "alive".into(),
            NOW.into(),
        ]
    });
    let columns = [
        ("id", Type::Int),
        ("nik", Type::Text),
        ("name", Type::Text),
        ("name_key", Type::Text),
        ("sex", Type::Text),
        ("birth_date", Type::Text),
        ("village", Type::Int),
        ("family_id", Type::Int),
        ("relation", Type::Text),
        ("state", Type::Text),
        ("created_at", Type::Text),
    ];
    bulk::insert(change, "person", &columns, rows).await.expect("people");
    let rows = (1..=families).map(|n| {
        let occupation = ["NELAYAN", "PETANI", "PEDAGANG"][(n % 3) as usize];
        let sembako = if n <= 400 { "YES" } else { "NO" };
        vec![n.into(), "[]".into(), format!(r#"{{"aid_sembako":"{sembako}","occupation":"{occupation}"}}"#).into()]
    });
    bulk::insert(change, "list_raw", &[("row_id", Type::Int), ("raw", Type::Text), ("reading", Type::Text)], rows)
        .await
        .expect("rows");
    let rows = (1..=families)
        .map(|n| vec![n.into(), version.into(), n.into(), (n % 4 + 1).into(), village(n).into(), "new".into()]);
    let columns = [
        ("family_id", Type::Int),
        ("version_id", Type::Int),
        ("row_id", Type::Int),
        ("desil_national", Type::Int),
        ("village", Type::Int),
        ("linked_by", Type::Text),
    ];
    bulk::insert(change, "family_list", &columns, rows).await.expect("links");
    let outcome = |n: i64| if (700..1_000).contains(&n) { "TIDAK_LAYAK" } else { "LAYAK" };
    let rows = (1..=families).map(|n| {
        vec![n.into(), round.into(), n.into(), village(n).into(), "visited".into(), outcome(n).into(), n.into()]
    });
    let columns = [
        ("id", Type::Int),
        ("round_id", Type::Int),
        ("family_id", Type::Int),
        ("village", Type::Int),
        ("state", Type::Text),
        ("outcome", Type::Text),
        ("visit_id", Type::Int),
    ];
    bulk::insert(change, "assignment", &columns, rows).await.expect("assignments");
    let rows = (1..=families).map(|n| {
        let needs = ["[]", "[\"AIR\"]", "[\"JAMBAN\",\"RLH\"]"][(n / 7 % 3) as usize];
        vec![
            n.into(),
            format!("v{n}").into(),
            n.into(),
            round.into(),
            n.into(),
            village(n).into(),
            "Petugas".into(),
            "2026-11-02T03:00:00Z".into(),
            "2026-11-02T03:00:00Z".into(),
            "verval.2026".into(),
            "web".into(),
            "DITEMUKAN".into(),
            outcome(n).into(),
            "{}".into(),
            needs.into(),
            "[]".into(),
            true.into(),
        ]
    });
    let columns = [
        ("id", Type::Int),
        ("command_id", Type::Text),
        ("assignment_id", Type::Int),
        ("round_id", Type::Int),
        ("family_id", Type::Int),
        ("village", Type::Int),
        ("visitor", Type::Text),
        ("visited_at", Type::Text),
        ("recorded_at", Type::Text),
        ("form", Type::Text),
        ("came_by", Type::Text),
        ("found", Type::Text),
        ("outcome", Type::Text),
        ("answers", Type::Text),
        ("needs", Type::Text),
        ("corrections", Type::Text),
        ("standing", Type::Bool),
    ];
    bulk::insert(change, "visit", &columns, rows).await.expect("visits");
}
