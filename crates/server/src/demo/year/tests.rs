//! The story is played in a small district and must hold together: every family answered, every rupiah accounted for.

use domain::{AreaCode, targeting::DeterminationState};
use store::{
    Store, delivery, monitoring, programmes, targeting,
    verification::{self, FamilyFilter},
};
use testkit::{both_databases, builders};

use super::*;
use crate::{areas::command::read_list, clock::Entropy, config::Config, demo::accounts};

const FAMILIES: usize = 900;

/// A district with accounts, and two lists of a few hundred poor families each, of whom 360 and 240 are visited.
async fn district(store: &Store, folder: &std::path::Path) -> (App, i64, i64) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let config = Config {
        data: folder.to_owned(),
        database: None,
        listen: ([127, 0, 0, 1], 0).into(),
        office: None,
        language: crate::i18n::Lang::default(),
        zone: chrono::FixedOffset::east_opt(7 * 3600).expect("WIB"),
        https: false,
    };
    let app = App::new(store.clone(), config, begins(today), Entropy::seeded(9901));
    let written = District::generate_as_of(9901, 300, today).write_files(folder).expect("files");
    let program = store::Actor::program("test");
    let change = app.store.change(&program, &app.clock.stamp()).await.expect("begins");
    store::areas::import(&change, &read_list(&written.areas).expect("areas")).await.expect("imports");
    let (own, _) = store::areas::own_district(&change).await.expect("reads").expect("the district");
    let villages = store::areas::within(&change, own, domain::Level::Village).await.expect("villages");
    let codes: Vec<AreaCode> = villages.into_iter().map(|village| village.code).collect();
    let mut lists = Vec::new();
    for (source, version, count) in [("p3ke", "2023", 400), ("dtsen", "2026Q3", 240)] {
        let list = builders::list_version(&change, source, version).await;
        for n in 0..count {
            let village = codes[(n * 7) % codes.len()];
            let desil = 1 + (n % 2) as i64;
            builders::family(&change, list, village, &format!("CONTOH {source} {n}"), desil, 1 + (n % 4) as i64).await;
        }
        lists.push(list);
    }
    change.commit().await.expect("commits");
    accounts::create(&app).await.expect("accounts");
    (app, lists[0], lists[1])
}

both_databases! {
    /// Scenarios B.2 and D in small: exactly the families wanted are verified, ceilings hold, events add up, nobody of
    /// the closed round is left without an answer, and each who should finds something to do.
    async fn a_year_holds_together(store: Store) {
        let folder = tempfile::tempdir().expect("a folder");
        let (app, p3ke, dtsen) = district(&store, folder.path()).await;
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
        let story = Story { app: &app, today, seed: 9901, size: FAMILIES };
        let before = first_half(&story, p3ke).await.expect("the first half");
        second_half(&story, dtsen, &before).await.expect("the second half");
        today_event(&story, &before).await.expect("today's event");

        let rina = story.actor("rina", today).await.expect("rina");
        let reading = store.read(&rina);
        let rounds = verification::rounds(&reading).await.expect("rounds");
        let closed = rounds.iter().find(|round| round.state == "closed").expect("a closed round");
        let open = rounds.iter().find(|round| round.state == "open").expect("an open round");
        assert_eq!(closed.families, 360, "exactly the families wanted");
        assert_eq!(closed.conflicts, 2, "two of six conflicts are left undecided");
        assert!(open.done > 0 && open.done < open.families, "{open:?}");
        let villages = verification::progress(&reading, open.id).await.expect("villages");
        assert!(villages.iter().any(|village| village.is_late("2026-11-21")), "some villages are late");
        let shown = verification::families(&reading, closed.id, villages[0].village, FamilyFilter::All, "", (0, 5)).await;
        assert!(shown.is_ok());

        assert_eq!(targeting::unanswered(&reading, before.answers).await.expect("counts"), 0, "everybody is answered");
        let all = targeting::determinations(&reading).await.expect("determinations");
        let states: Vec<DeterminationState> = all.iter().map(|one| one.state).collect();
        assert_eq!(states.iter().filter(|state| **state == DeterminationState::Signed).count(), 3);
        assert_eq!(states.iter().filter(|state| **state == DeterminationState::Proposed).count(), 1);
        for decree in targeting::decrees(&reading).await.expect("decrees") {
            assert!(targeting::prove(&reading, decree.id).await.expect("proves").holds(), "{}", decree.number);
        }
        for programme in programmes::list(&reading).await.expect("programmes") {
            let cost = programmes::commitment(&reading, programme.id).await.expect("reads").expect("its cost");
            cost.commitment.within(cost.ceiling).expect("within the ceiling");
        }
        let events = delivery::events(&reading, None).await.expect("events");
        for summary in &events {
            let event = delivery::event(&reading, summary.id).await.expect("reads").expect("the event");
            let equation = delivery::equation(&reading, &event).await.expect("the equation");
            assert!(equation.holds(), "{}: {equation:?}", event.name);
        }
        assert!(events.iter().any(|event| event.state == "open"));
        assert!(!targeting::inbox_counts(&reading, None).await.expect("counts").is_empty(), "agencies were asked");
        for (login, key) in [("bahtiar", "task-sign"), ("wahyu", "task-visit")] {
            let actor = story.actor(login, today).await.expect("the actor");
            let tasks = monitoring::tasks(&store.read(&actor)).await.expect("tasks");
            assert!(tasks.iter().any(|task| task.key == key), "{login}: {:?}", tasks.iter().map(|t| t.key).collect::<Vec<_>>());
        }
        assert!(!monitoring::tasks(&reading).await.expect("tasks").is_empty());
    }
}
