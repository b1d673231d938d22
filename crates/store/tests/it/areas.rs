//! Areas that change: their former names and codes go on meaning them, and boundaries are told of both ways.

use domain::{
    AreaCode,
    area_list::{FormerLayout, FormerLine, Layout},
    lists::{
        AreaIndex, Fault,
        areas::{Coding, Found, Place},
    },
};
use store::{Actor, Query, areas, sql};
use testkit::{both_databases, databases::NOW};

fn code(text: &str) -> AreaCode {
    text.parse().expect("a code")
}

/// Lines of the own layout: province, district, two kecamatan and their villages by name.
fn lines(villages: &[(&str, &str)]) -> Vec<domain::area_list::AreaLine> {
    let layout = Layout::of_header(&["kemendagri_code", "bps_code", "level", "name", "parent"]).expect("the layout");
    let above = [
        ("99", "provinsi", "Contoh"),
        ("99.01", "kabupaten", "Contoh"),
        ("99.01.01", "kecamatan", "Karangasri"),
        ("99.01.02", "kecamatan", "Muara"),
    ];
    let villages = villages.iter().map(|(code, name)| (*code, "desa", *name));
    above
        .into_iter()
        .chain(villages)
        .map(|(code, kind, name)| layout.read(&[code, "", kind, name, ""]).expect("a line"))
        .collect()
}

fn former(code: &str, now: &str, name: &str) -> FormerLine {
    let layout = FormerLayout::of_header(&["former_code", "code", "former_name"]).expect("the layout");
    layout.read(&[code, now, name]).expect("a line")
}

fn named(index: &AreaIndex, subdistrict: &str, village: &str) -> Found {
    index.resolve(&Place { subdistrict, village, ..Place::default() }, Coding::Kemendagri, false)
}

both_databases! {
    async fn a_village_is_found_by_the_names_and_codes_it_once_had(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        areas::import(&change, &lines(&[("99.01.01.2001", "Lama"), ("99.01.01.2002", "Tetap"), ("99.01.02.2001", "Seberang")])).await.expect("loads");
        // one village gets another name, and another the name it had; a third takes the place of two former ones
        let renamed = areas::import(&change, &lines(&[("99.01.01.2001", "Baru"), ("99.01.02.2001", "Lama")])).await.expect("loads");
        assert_eq!((renamed.new, renamed.changed), (0, 2));
        let lines = [
            former("99.01.02.2009", "99.01.01.2002", "Hilir"),
            former("99.01.02.2008", "99.01.02.2009", "Hulu"),
            former("99.01.02.2007", "99.01.09.2001", ""),
        ];
        let done = areas::retire(&change, &lines[..1]).await.expect("retires");
        assert_eq!((done.retired, done.unchanged), (1, 0));
        let done = areas::retire(&change, &lines).await.expect("retires");
        assert_eq!((done.retired, done.unchanged, done.unknown.len()), (0, 1, 2), "what it became must be an area in use");
        let index = areas::index(&change).await.expect("reads").expect("areas");

        let baru = Some(code("99.01.01.2001"));
        assert_eq!(named(&index, "Karangasri", "Baru").village, baru);
        assert_eq!(named(&index, "Karangasri", "Lama").village, baru, "its former name, in its kecamatan");
        assert_eq!(named(&index, "Muara", "Lama").village, Some(code("99.01.02.2001")));
        assert_eq!(named(&index, "", "Lama").village, Some(code("99.01.02.2001")), "who is called so now comes first");
        assert_eq!(named(&index, "Karangasri", "Hilir").village, Some(code("99.01.01.2002")));
        assert_eq!(named(&index, "Muara", "Entah").fault, Some(Fault::AreaUnknown));
        let by_code = |village_code: &str| index.resolve(&Place { village_code, ..Place::default() }, Coding::Kemendagri, true).village;
        assert_eq!(by_code("99.01.02.2009"), Some(code("99.01.01.2002")));
        assert_eq!(by_code("99.01.02.2001"), Some(code("99.01.02.2001")));
        // a former code stands on no page
        let villages = areas::within(&change, code("99.01"), domain::Level::Village).await.expect("reads");
        assert_eq!(villages.iter().map(|v| v.code).collect::<Vec<_>>(), ["99.01.01.2001", "99.01.01.2002", "99.01.02.2001"].map(code));
    }

    async fn a_code_whose_families_would_be_nowhere_stays_in_use(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        areas::import(&change, &lines(&[("99.01.01.2001", "Lama"), ("99.01.01.2002", "Baru")])).await.expect("loads");
        change.execute(Query::with(
            sql!("INSERT INTO family (id, head_name, name_key, village, address, members, block, state, created_at) VALUES (1, 'X', 'X', $1, '', 1, '', 'active', $2) -- {whole_district test}"),
            [code("99.01.01.2001").number().into(), NOW.into()],
        )).await.expect("inserts");
        let line = former("99.01.01.2001", "99.01.01.2002", "");
        let done = areas::retire(&change, std::slice::from_ref(&line)).await.expect("looks");
        assert_eq!((done.retired, done.inhabited), (0, vec![(line, 1)]));
    }

    async fn boundaries_without_an_area_and_villages_without_a_boundary_are_told(store: Store) {
        let actor = Actor::program("test");
        let change = store.change(&actor, NOW).await.expect("begins");
        areas::import(&change, &lines(&[("99.01.01.2001", "Satu"), ("99.01.01.2002", "Dua"), ("99.01.01.2003", "Tiga")])).await.expect("loads");
        areas::retire(&change, &[former("99.01.01.2003", "99.01.01.2002", "")]).await.expect("retires");
        let ring = || "[[[117.0,0.0],[117.1,0.0],[117.1,0.1],[117.0,0.0]]]".to_owned();
        let read = ["99.01.01.2001", "99.01.01.2003", "99.01.07.2001"].map(|text| (code(text), ring()));
        let unknown = areas::set_boundaries(&change, &read, "batas.geojson").await.expect("keeps");
        assert_eq!(unknown, [code("99.01.01.2003"), code("99.01.07.2001")]);
        let bare = areas::without_boundary(&change, code("99.01")).await.expect("reads");
        assert_eq!(bare.iter().map(|area| area.name.as_str()).collect::<Vec<_>>(), ["Dua"]);
    }
}
