//! Whoever works in one village reaches nothing of another. In a district with a year of work every route is tried by
//! every role held in one village, with the numbers of things elsewhere: those are not found, nothing is changed, and no
//! answer names anybody from elsewhere. A route that is not classified here fails.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use axum::http::{Method, StatusCode};
use domain::{AreaCode, access::Role, name};
use server::router::{Route, routes};
use store::{
    Actor, Handle, Query, Reading,
    attachments::{self, NewAttachment},
    sql,
};
use testkit::both_databases;

use crate::app::{Answer, TestApp, Visitor};

/// What a route shows or changes, for somebody of one village.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Nobody's data: log-in, one's own account, files of the program.
    Open,
    /// A thing of the whole district, of which only what lies in one's area is shown.
    Narrowed,
    /// One thing of one village: it is not found from another.
    Elsewhere,
    /// Acts on the whole district: a role in one village does not give the right.
    Refused,
}

fn reach(route: &Route) -> Option<Reach> {
    let reach = match route.path {
        "/aset/{*path}"
        | "/masuk"
        | "/keluar"
        | "/bahasa"
        | "/sandi"
        | "/daftar/contoh"
        | "/daftar/contoh/{name}"
        | "/daftar/format"
        | "/daftar/format/{format}"
        | "/daftar/format/{format}/unduh" => Reach::Open,
        "/"
        | "/daftar"
        | "/daftar/{id}"
        | "/daftar/{id}/kemajuan"
        | "/daftar/{id}/beda/{part}"
        | "/cari"
        | "/daftar/banding"
        | "/daftar/{id}/banding/{other}"
        | "/daftar/{id}/banding/{other}/{group}"
        | "/daftar/{id}/banding/{other}/unduh"
        | "/daftar/{id}/banding/{other}/unduh.csv"
        | "/keluarga"
        | "/keluarga/mutu"
        | "/keluarga/rangkap"
        | "/keluarga/rangkap/unduh"
        | "/orang/serupa"
        | "/keluarga/perubahan"
        | "/keluarga/padan"
        | "/keluarga/padan/ambil"
        | "/keluarga/padan/banyak"
        | "/keluarga/padan/bobot"
        | "/keluarga/baru"
        | "/keluarga/unduh"
        | "/keluarga/simpan"
        | "/wilayah"
        | "/verval"
        | "/verval/{id}"
        | "/verval/{id}/dua-hasil"
        | "/verval/{id}/hasil.xlsx"
        | "/verval/{id}/hasil.csv"
        | "/verval/{id}/musdes"
        | "/program"
        | "/program/{id}"
        | "/program/{id}/peserta"
        | "/opd"
        | "/penetapan"
        | "/penetapan/{id}"
        | "/penetapan/{id}/unduh"
        | "/penetapan/{id}/jawaban"
        | "/sk/{id}"
        | "/sk/{id}/periksa"
        | "/rujukan"
        | "/penyaluran"
        | "/penyaluran/{id}"
        | "/penyaluran/{id}/daftar"
        | "/penyaluran/{id}/cari"
        | "/penyaluran/{id}/bayar"
        | "/penyaluran/{id}/dokumen"
        | "/penyaluran/{id}/dokumen/{kind}"
        | "/bupati"
        | "/bupati/layar"
        | "/pantauan/pipa.csv" => Reach::Narrowed,
        "/keluarga/{id}"
        | "/keluarga/{id}/buka"
        | "/keluarga/{id}/ubah"
        | "/keluarga/{id}/ubah/{kind}"
        | "/keluarga/perubahan/{change}"
        | "/keluarga/perubahan/{change}/setujui"
        | "/keluarga/perubahan/{change}/kembalikan"
        | "/keluarga/perubahan/{change}/tarik"
        | "/keluarga/padan/{pair}"
        | "/keluarga/padan/{pair}/tarik"
        | "/orang/{id}"
        | "/orang/{id}/sama"
        | "/orang/{id}/buka"
        | "/orang/{id}/data"
        | "/keluarga/simpan/{search}/hapus"
        | "/wilayah/{code}"
        | "/verval/kunjungan/{assignment}"
        | "/verval/kunjungan/{assignment}/periksa"
        | "/verval/kunjungan/{assignment}/kirim"
        | "/verval/kunjungan/{assignment}/{screen}"
        | "/verval/catatan/{visit}"
        | "/verval/berkas/{attachment}"
        | "/verval/dua-hasil/{assignment}"
        | "/verval/{id}/desa/{village}"
        | "/verval/{id}/desa/{village}/cetak"
        | "/verval/{id}/musdes/{village}"
        | "/program/{id}/peserta/{enrolment}"
        | "/penetapan/{id}/keluarga/{family}"
        | "/rujukan/{id}"
        | "/penyaluran/{id}/bukti/{attachment}"
        | "/u/{token}"
        | "/u/{token}/batal" => Reach::Elsewhere,
        "/daftar/{id}/temuan"
        | "/daftar/{id}/baris/{row}"
        | "/daftar/{id}/perbaikan"
        | "/daftar/{id}/perbaikan/{correction}"
        | "/daftar/{id}/perbaikan/{correction}/kemajuan"
        | "/daftar/berkas/{id}"
        | "/daftar/berkas/{id}/perbaikan"
        | "/sk/{id}/unduh"
        | "/kepala-dinas"
        | "/jejak" => Reach::Refused,
        _ => return None,
    };
    Some(reach)
}

/// The district-wide rights refuse of themselves; every other route has to be named above.
fn reach_of(route: &Route) -> Reach {
    let district_wide = route.need.rights().iter().any(|right| right.is_district_wide());
    match reach(route) {
        Some(reach) => reach,
        None if district_wide => Reach::Refused,
        None => {
            panic!("{} {} is not classified: say what somebody of another village reaches", route.method, route.path)
        }
    }
}

/// A number of each kind of thing that does not lie in the village, by the routes' names for it.
struct Things(BTreeMap<&'static str, String>);

impl Things {
    async fn elsewhere(reading: &Reading<'_>, own: AreaCode, photo: i64, pair: i64) -> Self {
        let here = own.number();
        let id = async |query: store::Sql| {
            let found: Option<i64> = reading.scalar(Query::with(query, [here.into()])).await.expect("reads");
            found.expect("a thing elsewhere").to_string()
        };
        let assignment = id(sql!("SELECT a.id FROM assignment a JOIN round r ON r.id = a.round_id WHERE r.state = 'open' AND a.state = 'waiting' AND a.village <> $1 AND {whole_district test} ORDER BY a.id LIMIT 1")).await;
        let village = id(sql!(
            "SELECT a.village FROM assignment a JOIN area r ON r.code = a.village AND r.level = 'village' WHERE a.round_id = 1 AND a.village <> $1 AND {whole_district test} ORDER BY a.village LIMIT 1"
        ))
        .await;
        let token: Option<String> = reading
            .scalar(Query::with(sql!("SELECT l.token FROM event_line l JOIN event e ON e.id = l.event_id WHERE e.state = 'open' AND l.village <> $1 AND {whole_district test} ORDER BY l.id LIMIT 1"), [here.into()]))
            .await
            .expect("reads");
        Self(BTreeMap::from([
            ("family", id(sql!("SELECT f.id FROM family f WHERE f.village <> $1 AND {whole_district test} ORDER BY f.id LIMIT 1")).await),
            ("person", id(sql!("SELECT p.id FROM person p WHERE p.village <> $1 AND {whole_district test} ORDER BY p.id LIMIT 1")).await),
            ("change", id(sql!("SELECT c.id FROM household_change c WHERE c.village <> $1 AND {whole_district test} ORDER BY c.id LIMIT 1")).await),
            ("round", id(sql!("SELECT MIN(r.id) FROM round r WHERE $1 > 0")).await),
            ("assignment", assignment),
            ("visit", id(sql!("SELECT v.id FROM visit v WHERE v.village <> $1 AND {whole_district test} ORDER BY v.id LIMIT 1")).await),
            ("village", AreaCode::from_number(village.parse().expect("a number")).expect("a village").to_string()),
            ("enrolment", id(sql!("SELECT n.id FROM enrolment n WHERE n.programme_id = 1 AND n.village <> $1 AND {whole_district test} ORDER BY n.id LIMIT 1")).await),
            ("line", id(sql!("SELECT d.family_id FROM determination_line d WHERE d.determination_id = 1 AND d.village <> $1 AND {whole_district test} ORDER BY d.id LIMIT 1")).await),
            ("referral", id(sql!("SELECT r.id FROM referral r JOIN agency g ON g.id = r.agency_id WHERE r.village <> $1 AND {whole_district test} ORDER BY r.id LIMIT 1")).await),
            ("event", id(sql!("SELECT e.id FROM event e WHERE e.state = 'open' AND $1 > 0 ORDER BY e.id LIMIT 1")).await),
            ("proof", id(sql!("SELECT a.id FROM attachment a JOIN event_line l ON a.subject_kind = 'event_line' AND a.subject_id = l.id WHERE l.village <> $1 AND {whole_district test} ORDER BY a.id LIMIT 1")).await),
            ("photo", photo.to_string()),
            ("pair", pair.to_string()),
            ("token", token.expect("a line elsewhere")),
        ]))
    }

    /// The route's address about these things; a thing of the district has the number 1.
    fn address(&self, route: &Route) -> String {
        let thing = |part: &str| -> String {
            let kind = match (part, route.path) {
                ("{id}", path) if path.starts_with("/keluarga") => "family",
                ("{id}", path) if path.starts_with("/orang") => "person",
                ("{change}", _) => "change",
                ("{pair}", _) => "pair",
                ("{kind}", path) if path.starts_with("/keluarga") => return "lahir".to_owned(),
                ("{id}", path) if path.starts_with("/rujukan") => "referral",
                ("{id}", path) if path.starts_with("/penyaluran") => "event",
                ("{id}", path) if path.starts_with("/verval") => "round",
                ("{assignment}", _) => "assignment",
                ("{visit}", _) => "visit",
                ("{village}" | "{code}", _) => "village",
                ("{enrolment}", _) => "enrolment",
                ("{family}", _) => "line",
                ("{attachment}", path) if path.starts_with("/penyaluran") => "proof",
                ("{attachment}", _) => "photo",
                ("{token}", _) => "token",
                // a number nobody's search has
                ("{search}", _) => return "999999".to_owned(),
                ("{part}", _) => return "baru".to_owned(),
                ("{other}", _) => return "2".to_owned(),
                ("{group}", _) => return "berubah".to_owned(),
                ("{format}", _) => return "dtsen.family".to_owned(),
                ("{kind}", _) => return "nominatif.pdf".to_owned(),
                _ => return "1".to_owned(),
            };
            self.0[kind].clone()
        };
        route.path.split('/').skip(1).fold(String::new(), |path, part| {
            if part.starts_with('{') { format!("{path}/{}", thing(part)) } else { format!("{path}/{part}") }
        })
    }
}

/// A photo of a visit elsewhere, as a phone would have sent it.
async fn photo_elsewhere(app: &TestApp, own: AreaCode) -> i64 {
    let stored = app.app.files.store_bytes(b"a photo", "token").await.expect("is kept");
    let actor = Actor::program("test");
    let change = app.app.store.change(&actor, "2026-11-21T02:00:00Z").await.expect("begins");
    let visit: Option<i64> = change
        .scalar(Query::with(
            sql!("SELECT v.id FROM visit v WHERE v.village <> $1 AND {whole_district test} ORDER BY v.id LIMIT 1"),
            [own.number().into()],
        ))
        .await
        .expect("reads");
    let visit = visit.expect("a visit elsewhere");
    let village: i64 = change
        .count(Query::with(
            sql!("SELECT v.village FROM visit v WHERE v.id = $1 AND {whole_district test}"),
            [visit.into()],
        ))
        .await
        .expect("reads");
    let new = NewAttachment {
        sha256: &stored.sha256,
        name: "foto.jpg",
        media_type: "image/jpeg",
        size: stored.size,
        kind: "photo_house",
        subject: ("visit", visit),
        area: Some(village),
    };
    let id = attachments::add(&change, &new).await.expect("is added");
    change.commit().await.expect("commits");
    id
}

/// Somebody of one's own village and somebody elsewhere who may be one: it takes who may see both.
async fn pair_elsewhere(app: &TestApp, own: AreaCode) -> i64 {
    let actor = Actor::program("test");
    let change = app.app.store.change(&actor, "2026-11-21T02:00:00Z").await.expect("begins");
    let one = async |query: store::Sql| change.count(Query::with(query, [own.number().into()])).await.expect("reads");
    let here = one(sql!("SELECT MAX(p.id) FROM person p WHERE p.village = $1 AND {whole_district test}")).await;
    let there = one(sql!("SELECT MIN(p.id) FROM person p WHERE p.village <> $1 AND {whole_district test}")).await;
    let pair = testkit::builders::pair(&change, here, there, 7.5).await;
    change.commit().await.expect("commits");
    pair
}

/// Names that only people elsewhere bear.
async fn names_elsewhere(reading: &Reading<'_>, own: AreaCode) -> BTreeSet<String> {
    let names = async |query: store::Sql| {
        let names: Vec<String> = reading.column(Query::with(query, [own.number().into()])).await.expect("reads");
        names.into_iter().flat_map(|written| [name::display(&written), written]).collect::<BTreeSet<_>>()
    };
    let here = names(sql!("SELECT p.name FROM person p WHERE p.village = $1 AND {whole_district test}")).await;
    let there = names(sql!("SELECT p.name FROM person p WHERE p.village <> $1 AND {whole_district test}")).await;
    let staff: Vec<String> = reading.column(sql!("SELECT name FROM app_user ORDER BY id")).await.expect("reads");
    there
        .into_iter()
        // two words, long enough not to stand in another name or in a word of the page
        .filter(|name| name.len() >= 12 && name.contains(' ') && !name.contains('\''))
        .filter(|name| !here.iter().chain(&staff).any(|other| other.to_uppercase().contains(&name.to_uppercase())))
        .collect()
}

/// A filled-in form, whichever the route takes.
async fn send(visitor: &mut Visitor<'_>, route: &Route, path: &str) -> Answer {
    if route.method == Method::GET {
        return visitor.get(path).await;
    }
    let fields = [
        ("command", "elsewhere"),
        ("langkah", "terima"),
        ("number", "nik"),
        ("q", "a"),
        ("act", "accept"),
        ("words", "x"),
    ];
    let answer = visitor.post(path, &fields).await;
    let multipart = [StatusCode::BAD_REQUEST, StatusCode::UNSUPPORTED_MEDIA_TYPE];
    if multipart.contains(&answer.status) { visitor.upload(path, &fields, &[]).await } else { answer }
}

both_databases! {
    async fn nothing_of_another_village_is_reached(store: Store) {
        let app = TestApp::new(&store);
        server::demo::make(&app.app, 300, 9901, true).await.expect("a year of work");
        let actor = Actor::program("test");
        let reading = store.read(&actor);
        let own: i64 = reading
            .count(sql!("SELECT MAX(f.village) FROM family f WHERE {whole_district test}"))
            .await
            .expect("reads");
        let own = AreaCode::from_number(own).expect("a village");
        let photo = photo_elsewhere(&app, own).await;
        let pair = pair_elsewhere(&app, own).await;
        let things = Things::elsewhere(&reading, own, photo, pair).await;
        let names = names_elsewhere(&reading, own).await;
        assert!(names.len() > 100, "{}", names.len());
        let names: Vec<&String> = names.iter().collect();
        let strangers = AhoCorasick::new(&names).expect("a search");
        let agency: i64 = reading
            .count(Query::with(
                sql!("SELECT r.agency_id FROM referral r WHERE r.id = $1 AND {whole_district test}"),
                [things.0["referral"].parse::<i64>().expect("a number").into()],
            ))
            .await
            .expect("reads");
        let mut faults = Vec::new();
        for role in Role::ALL {
            let mut everywhere = app.visitor(*role, None).await;
            let mut visitor = app.visitor(*role, Some(own)).await;
            if *role == Role::AgencyStaff {
                let change = store.change(&actor, "2026-11-21T02:00:00Z").await.expect("begins");
                change
                    .execute(Query::with(sql!("UPDATE app_user SET agency_id = $1 WHERE login LIKE 'agency_staff-%'"), [agency.into()]))
                    .await
                    .expect("an agency");
                change.commit().await.expect("commits");
            }
            for route in routes() {
                let path = things.address(&route);
                let said = format!("{role}: {} {path}", route.method);
                let reach = reach_of(&route);
                if reach == Reach::Open {
                    continue;
                }
                if reach == Reach::Elsewhere && route.method == Method::GET {
                    // the thing is there: somebody of the whole district with the right finds it
                    let status = everywhere.get(&path).await.status;
                    if status == StatusCode::NOT_FOUND || status.is_server_error() {
                        faults.push(format!("{said}: {status} for the whole district"));
                    }
                }
                let before: i64 = reading.count(sql!("SELECT COUNT(*) FROM journal")).await.expect("reads");
                let answer = send(&mut visitor, &route, &path).await;
                let after: i64 = reading.count(sql!("SELECT COUNT(*) FROM journal")).await.expect("reads");
                let refused = answer.status == StatusCode::FORBIDDEN;
                let wrong = match reach {
                    Reach::Elsewhere => !refused && answer.status != StatusCode::NOT_FOUND,
                    Reach::Refused => !refused,
                    Reach::Narrowed | Reach::Open => answer.status.is_server_error(),
                };
                if wrong {
                    faults.push(format!("{said}: {}", answer.status));
                }
                if before != after && reach != Reach::Narrowed {
                    faults.push(format!("{said}: something was written"));
                }
                if let Some(found) = strangers.find(&answer.body) {
                    faults.push(format!("{said}: names {}", names[found.pattern().as_usize()]));
                }
            }
        }
        assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
    }
}
