//! The first page after log-in and the journal: an auditor has nothing to do and much to look at, who works in an area or
//! an agency sees what concerns it, an entry about a family names it.

use domain::access::Role;
use serde_json::json;
use store::{Actor, journal::Entry};
use testkit::{both_databases, builders, databases::NOW};

use crate::app::TestApp;

both_databases! {
    async fn an_auditor_is_told_what_can_be_examined(store: Store) {
        let app = TestApp::new(&store);
        let mut auditor = app.visitor(Role::Auditor, None).await;
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        let version = builders::list_version(&change, "dtsen", "2026Q3").await;
        let (family, _) = builders::family(&change, version, villages[0], "ROHAYA BT AMIN", 1, 4).await;
        let entry = Entry { verb: "number.revealed", subject: ("family", family), area: Some(villages[0].number()), reason: None, data: json!({}) };
        change.record_for_family(family, entry).await.expect("records");
        change.commit().await.expect("commits");
        let body = auditor.get("/").await.body;
        assert!(body.contains("dapat Anda periksa") && !body.contains("menunggu Anda"), "{body}");
        assert!(body.contains("1 kali NIK dan KK dibuka") && body.contains("/jejak?apa=number"), "{body}");
        // the entry says which family it is about, to whoever may see families
        let journal = auditor.get("/jejak?apa=number").await.body;
        assert!(journal.contains("Keluarga Rohaya Bt Amin") && journal.contains(&format!("/keluarga/{family}")), "{journal}");
        let mut administrator = app.visitor(Role::Administrator, None).await;
        assert!(!administrator.get("/jejak?apa=number").await.body.contains("Rohaya"));
    }

    async fn news_are_those_of_ones_own_area_or_agency(store: Store) {
        let app = TestApp::new(&store);
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let villages = builders::areas(&change).await;
        for (n, village) in [villages[0], villages[3]].iter().enumerate() {
            let data = json!({"before": 40 + n, "removed": 0, "added": 0, "after": 40 + n});
            let entry = Entry { verb: "deliberation.recorded", subject: ("deliberation", n as i64 + 1), area: Some(village.number()), reason: None, data };
            change.record(entry).await.expect("records");
        }
        let listed = json!({"list": "DTSEN 2026Q3", "families": 777, "persons": 999});
        change.record(Entry { verb: "list.committed", subject: ("list_version", 1), area: None, reason: None, data: listed }).await.expect("records");
        change.commit().await.expect("commits");
        let mut operator = app.visitor(Role::VillageOperator, Some(villages[0])).await;
        let own = operator.get("/").await.body;
        assert!(own.contains("= 40 keluarga") && !own.contains("= 41 keluarga") && !own.contains("777"), "{own}");
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        let all = staff.get("/").await.body;
        assert!(all.contains("= 40 keluarga") && all.contains("= 41 keluarga") && all.contains("777"), "{all}");
        let mut agency = app.visitor(Role::AgencyStaff, None).await;
        let agencys = agency.get("/").await.body;
        assert!(!agencys.contains("= 40 keluarga") && !agencys.contains("777"), "{agencys}");
    }

    async fn whoever_sees_totals_only_is_not_told_of_a_few(store: Store) {
        let app = TestApp::new(&store);
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        let listed = json!({"list": "DTSEN 2026Q3", "families": 3, "persons": 11});
        change.record(Entry { verb: "list.committed", subject: ("list_version", 1), area: None, reason: None, data: listed }).await.expect("records");
        change.commit().await.expect("commits");
        let news = "DTSEN 2026Q3 masuk: ";
        let mut staff = app.visitor(Role::OfficeStaff, None).await;
        assert!(staff.get("/").await.body.contains(&[news, "3 keluarga, 11 orang"].concat()));
        let mut administrator = app.visitor(Role::Administrator, None).await;
        let told = administrator.get("/").await.body;
        assert!(told.contains(&[news, "&#60; 5 keluarga, 11 orang"].concat()), "{told}");
    }
}
