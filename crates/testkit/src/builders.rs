//! Small made-up things for tests: a district with a few villages, a committed list, families.
//! They write rows directly; the importer and the made-up district are the way of the demo.

use domain::{AreaCode, name::name_key};
use store::{Change, Handle, Query, sql};

/// District 99.01 with two kecamatan of two villages each; the villages, by code.
pub async fn areas(change: &Change<'_>) -> Vec<AreaCode> {
    let all = [
        ("99", "province", "provinsi", "Provinsi Contoh", "99"),
        ("99.01", "district", "kabupaten", "Kabupaten Contoh", "9901"),
        ("99.01.01", "subdistrict", "kecamatan", "Kota Contoh", "9901010"),
        ("99.01.01.2001", "village", "desa", "Contoh Kulon", "9901010001"),
        ("99.01.01.2002", "village", "desa", "Contoh Wetan", "9901010002"),
        ("99.01.02", "subdistrict", "kecamatan", "Muara Jernih", "9901020"),
        ("99.01.02.2001", "village", "desa", "Muara Jernih Hulu", "9901020001"),
        ("99.01.02.2002", "village", "desa", "Muara Jernih Hilir", "9901020002"),
    ];
    let mut villages = Vec::new();
    for (code, level, kind, name, bps) in all {
        let code: AreaCode = code.parse().expect("a code");
        change
            .execute(Query::with(
                sql!("INSERT INTO area (code, bps_code, level, kind, name, name_key, parent) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
                [
                    code.number().into(),
                    bps.into(),
                    level.into(),
                    kind.into(),
                    name.into(),
                    name.to_uppercase().into(),
                    code.parent().map(AreaCode::number).into(),
                ],
            ))
            .await
            .expect("an area");
        if level == "village" {
            villages.push(code);
        }
    }
    villages
}

/// A committed, empty list version; its id.
pub async fn list_version(change: &Change<'_>, source: &str, version: &str) -> i64 {
    change
        .insert(Query::with(
            sql!(
                "INSERT INTO list_version (source, version, as_of, state, created_at, committed_at) VALUES ($1, $2, '2026-09-30', 'committed', $3, $3) RETURNING id"
            ),
            [source.into(), version.into(), change.at().into()],
        ))
        .await
        .expect("a list version")
}

/// A made-up NIK that is sound: `serial` tells people apart, even serials are women.
pub fn nik(serial: u32) -> String {
    let day = if serial.is_multiple_of(2) { 52 } else { 12 };
    format!("990101{day:02}0785{:04}", serial % 9_999 + 1)
}

/// A family of the list version with its head and `members - 1` children; (family id, head's person id).
pub async fn family(
    change: &Change<'_>,
    version: i64,
    village: AreaCode,
    head: &str,
    desil: i64,
    members: i64,
) -> (i64, i64) {
    let serial = u32::try_from(change.insert(sql!("INSERT INTO journal (at, actor, verb, subject_kind, subject_id, data) VALUES ('', 'builder', 'test.built', 'x', 0, '{}') RETURNING id")).await.expect("a serial")).expect("small");
    let kk = format!("990101010120{serial:04}");
    let family = change
        .insert(Query::with(
            sql!(
                "INSERT INTO family (kk, head_name, name_key, village, address, rt, rw, members, desil, desil_version_id, block, state, created_version_id, created_at)
                 VALUES ($1, $2, $3, $4, 'Dusun Krajan', '001', '002', $5, $6, $7, '', 'active', $7, $8) RETURNING id -- {whole_district test}"
            ),
            [kk.into(), head.into(), name_key(head).into(), village.number().into(), members.into(), desil.into(), version.into(), change.at().into()],
        ))
        .await
        .expect("a family");
    let mut head_id = 0;
    for n in 0..members {
        let name = if n == 0 { head.to_owned() } else { format!("{head} Anak {n}") };
        let relation = if n == 0 { "HEAD" } else { "CHILD" };
        let born = if n == 0 { "1985-07-12" } else { "2015-03-01" };
        let person = change
            .insert(Query::with(
                sql!(
                    "INSERT INTO person (nik, name, name_key, sex, birth_date, village, family_id, relation, state, created_version_id, created_at)
                     VALUES ($1, $2, $3, 'L', $4, $5, $6, $7, 'alive', $8, $9) RETURNING id -- {whole_district test}"
                ),
                [
                    nik(serial * 8 + u32::try_from(n).expect("few") * 2 + 1).into(),
                    name.as_str().into(),
                    name_key(&name).into(),
                    born.into(),
                    village.number().into(),
                    family.into(),
                    relation.into(),
                    version.into(),
                    change.at().into(),
                ],
            ))
            .await
            .expect("a person");
        change
            .execute(Query::with(
                sql!("INSERT INTO membership (person_id, family_id, relation, since, why, version_id) VALUES ($1, $2, $3, '2026-09-30', 'list', $4) -- {whole_district test}"),
                [person.into(), family.into(), relation.into(), version.into()],
            ))
            .await
            .expect("a membership");
        if n == 0 {
            head_id = person;
        }
    }
    change
        .execute(Query::with(
            sql!("UPDATE family SET head_person_id = $1 WHERE id = $2 AND {whole_district test}"),
            [head_id.into(), family.into()],
        ))
        .await
        .expect("a head");
    change
        .execute(Query::with(
            sql!(
                "INSERT INTO family_list (family_id, version_id, row_id, desil_national, village, members, linked_by) VALUES ($1, $2, 0, $3, $4, $5, 'new') -- {whole_district test}"
            ),
            [family.into(), version.into(), desil.into(), village.number().into(), members.into()],
        ))
        .await
        .expect("stands in the list");
    store::registry::index_families(change, &[family]).await.expect("is found by its words");
    (family, head_id)
}

/// `count` families of one head and one grown member each, spread over the villages in turn; (family id, village).
/// Made in a few statements, for stories with many families.
pub async fn families(change: &Change<'_>, version: i64, villages: &[AreaCode], count: usize) -> Vec<(i64, i64)> {
    use store::bulk::{self, Cell, Type};
    const FAMILY: [(&str, Type); 14] = [
        ("id", Type::Int),
        ("kk", Type::Text),
        ("head_person_id", Type::Int),
        ("head_name", Type::Text),
        ("name_key", Type::Text),
        ("village", Type::Int),
        ("address", Type::Text),
        ("rt", Type::Text),
        ("rw", Type::Text),
        ("members", Type::Int),
        ("block", Type::Text),
        ("state", Type::Text),
        ("created_version_id", Type::Int),
        ("created_at", Type::Text),
    ];
    const PERSON: [(&str, Type); 10] = [
        ("id", Type::Int),
        ("nik", Type::Text),
        ("name", Type::Text),
        ("name_key", Type::Text),
        ("birth_date", Type::Text),
        ("village", Type::Int),
        ("family_id", Type::Int),
        ("relation", Type::Text),
        ("state", Type::Text),
        ("created_at", Type::Text),
    ];
    const FIRST: [&str; 10] =
        ["ROHAYA", "JUMADI", "KASMINAH", "SUPARNO", "PARTINI", "SUHARDI", "HALIMAH", "TURIYEM", "DARSONO", "AMINAH"];
    const LAST: [&str; 7] = ["WIJAYA", "LESTARI", "HARTONO", "RAHAYU", "SIREGAR", "MANDALA", "TARIGAN"];
    let ids = bulk::take_ids(change, "family", count).await.expect("ids");
    let people = bulk::take_ids(change, "person", count * 2).await.expect("ids");
    let village = |n: usize| villages[n % villages.len()].number();
    let name = |n: usize| format!("{} {} {}", FIRST[n % 10], LAST[n / 10 % 7], roman(n / 70 + 1));
    let families = (0..count).map(|n| -> Vec<Cell> {
        vec![
            ids[n].into(),
            format!("99010112{:08}", n + 1).into(),
            people[n * 2].into(),
            name(n).into(),
            name_key(&name(n)).into(),
            village(n).into(),
            "Dusun Krajan".into(),
            "001".into(),
            "002".into(),
            2_i64.into(),
            "".into(),
            "active".into(),
            version.into(),
            change.at().into(),
        ]
    });
    bulk::insert(change, "family", &FAMILY, families).await.expect("families");
    let persons = (0..count * 2).map(|n| -> Vec<Cell> {
        let (of, head) = (n / 2, n % 2 == 0);
        let person = if head { name(of) } else { format!("ISTRI {}", name(of)) };
        let day = if head { 12 } else { 52 };
        vec![
            people[n].into(),
            format!("990101{day}0785{:04}", of % 9_999 + 1).into(),
            person.as_str().into(),
            name_key(&person).into(),
            "1985-07-12".into(),
            village(of).into(),
            ids[of].into(),
            if head { "HEAD" } else { "SPOUSE" }.into(),
            "alive".into(),
            change.at().into(),
        ]
    });
    bulk::insert(change, "person", &PERSON, persons).await.expect("people");
    store::registry::index_families(change, &ids).await.expect("are found by their words");
    (0..count).map(|n| (ids[n], village(n))).collect()
}

fn roman(mut n: usize) -> String {
    let mut out = String::new();
    for (value, sign) in [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

/// A signed decree over these families, the first `selected` of them chosen and the rest its reserve; its id.
pub async fn decree(change: &Change<'_>, version: i64, families: &[(i64, i64)], selected: usize, amount: i64) -> i64 {
    use store::bulk::{self, Cell, Type};
    const LINE: [(&str, Type); 10] = [
        ("determination_id", Type::Int),
        ("family_id", Type::Int),
        ("village", Type::Int),
        ("rank", Type::Int),
        ("facts", Type::Text),
        ("detail", Type::Text),
        ("parts", Type::Text),
        ("state", Type::Text),
        ("why", Type::Text),
        ("amount", Type::Int),
    ];
    let count = change.count(sql!("SELECT COUNT(*) FROM decree")).await.expect("counts");
    let round = change
        .insert(Query::with(
            sql!(
                "INSERT INTO round (name, version_id, filter, form, starts_on, ends_on, state, families, created_at) VALUES ('Verval', $1, '{}', 'verval', '2026-09-01', '2026-09-30', 'closed', 0, $2) RETURNING id"
            ),
            [version.into(), change.at().into()],
        ))
        .await
        .expect("a round");
    let determination = change
        .insert(Query::with(
            sql!(
                "INSERT INTO determination (name, round_id, criteria, quota, state, revision, candidates, eligible, selected, amount, created_at)
                 VALUES ('Penetapan', $1, '{}', '{\"families\":null,\"ceiling\":null,\"unit\":1,\"spread\":\"nowhere\",\"each_village\":null}', 'signed', 1, $2, $2, $3, $4, $5) RETURNING id"
            ),
            [round.into(), (families.len() as i64).into(), (selected as i64).into(), amount.into(), change.at().into()],
        ))
        .await
        .expect("a determination");
    let lines = families.iter().enumerate().map(|(n, (family, village))| -> Vec<Cell> {
        let state = if n < selected { "selected" } else { "reserve" };
        vec![
            determination.into(),
            (*family).into(),
            (*village).into(),
            (n as i64 + 1).into(),
            "{}".into(),
            "{}".into(),
            "[]".into(),
            state.into(),
            if n < selected { "score" } else { "quota_total" }.into(),
            amount.into(),
        ]
    });
    bulk::insert(change, "determination_line", &LINE, lines).await.expect("lines");
    change
        .insert(Query::with(
            sql!(
                "INSERT INTO decree (determination_id, number, decided_on, title, signer_name, signer_position, acting, rule, digest, families, amount, signed_at, command_id)
                 VALUES ($1, $2, '2026-10-01', 'Penetapan penerima bantuan', 'Dra. Ratna Wulandari', 'Kepala Dinas Sosial', $3, '{}', '', $4, $5, $6, $2) RETURNING id"
            ),
            [
                determination.into(),
                format!("400.9/{}/2026", 112 + count).into(),
                false.into(),
                (selected as i64).into(),
                (amount * selected as i64).into(),
                change.at().into(),
            ],
        ))
        .await
        .expect("a decree")
}

/// A user with one role in the whole district; its id.
pub async fn user(change: &Change<'_>, login: &str, role: domain::access::Role, agency: Option<i64>) -> i64 {
    let new = store::access::NewUser {
        login,
        name: login,
        password_hash: "-",
        must_change_password: false,
        nip: None,
        position: None,
        acting: false,
        agency_id: agency,
    };
    let grant = store::access::Grant { role, area: None, valid_from: "2026-01-01".into(), valid_until: None };
    store::access::create_user(change, &new, &[grant]).await.expect("a user")
}

/// The agency of that code, e.g. `DISKAN`.
pub async fn agency(change: &Change<'_>, code: &str) -> i64 {
    change
        .scalar(Query::with(sql!("SELECT id FROM agency WHERE code = $1"), [code.into()]))
        .await
        .expect("agencies")
        .expect("a known agency")
}

/// An active food programme of the social office with one stage; its id.
pub async fn programme(change: &Change<'_>, name: &str, ceiling: i64, unit_amount: i64) -> i64 {
    let agency = agency(change, "DINSOS").await;
    let id = change
        .insert(Query::with(
            sql!(
                "INSERT INTO programme (agency_id, name, year, strategy, sub_activity, account, fund, ceiling, aid, aid_kind, unit_amount, state, excludes, created_at)
                 VALUES ($1, $2, 2026, 'S1', '1.06.05.2.02.0003', '5.1.06.02.02.0001', 'APBD_KAB', $3, 'goods', 'food', $4, 'active', '[]', $5) RETURNING id"
            ),
            [agency.into(), name.into(), ceiling.into(), unit_amount.into(), change.at().into()],
        ))
        .await
        .expect("a programme");
    change
        .execute(Query::with(
            sql!("INSERT INTO programme_stage (programme_id, number, name) VALUES ($1, 1, 'Tahap 1')"),
            [id.into()],
        ))
        .await
        .expect("a stage");
    id
}

/// A closed, empty verification round over a list version; its id.
pub async fn round(change: &Change<'_>, name: &str, version: i64) -> i64 {
    change
        .insert(Query::with(
            sql!(
                "INSERT INTO round (name, version_id, filter, form, starts_on, ends_on, state, families, created_at)
                 VALUES ($1, $2, '{}', 'verval.2026', '2026-10-01', '2026-11-15', 'closed', 0, $3) RETURNING id"
            ),
            [name.into(), version.into(), change.at().into()],
        ))
        .await
        .expect("a round")
}

/// A family of a round, visited with this outcome, reason and unmet needs; the visit's id.
pub async fn visited(
    change: &Change<'_>,
    round: i64,
    family: i64,
    outcome: &str,
    reason: Option<&str>,
    needs: &[&str],
) -> i64 {
    let village: i64 = change
        .scalar(Query::with(
            sql!("SELECT village FROM family WHERE id = $1 AND {whole_district test}"),
            [family.into()],
        ))
        .await
        .expect("reads")
        .expect("a family");
    let assignment = change
        .insert(Query::with(
            sql!("INSERT INTO assignment (round_id, family_id, village, state, outcome, reason) VALUES ($1, $2, $3, 'visited', $4, $5) RETURNING id -- {whole_district test}"),
            [round.into(), family.into(), village.into(), outcome.into(), reason.into()],
        ))
        .await
        .expect("an assignment");
    let visit = change
        .insert(Query::with(
            sql!(
                "INSERT INTO visit (command_id, assignment_id, round_id, family_id, village, visitor, visited_at, recorded_at, came_by, form, found, outcome, reason, answers, needs, corrections, standing)
                 VALUES ($1, $2, $3, $4, $5, 'Petugas Contoh', '2026-11-02T03:00:00Z', '2026-11-02T03:00:00Z', 'web', 'verval.2026', 'DITEMUKAN', $6, $7, '{}', $8, '[]', $9) RETURNING id -- {whole_district test}"
            ),
            [
                format!("visit-{assignment}").into(),
                assignment.into(),
                round.into(),
                family.into(),
                village.into(),
                outcome.into(),
                reason.into(),
                serde_json::to_string(needs).expect("needs").into(),
                true.into(),
            ],
        ))
        .await
        .expect("a visit");
    change
        .execute(Query::with(
            sql!("UPDATE assignment SET visit_id = $1 WHERE id = $2 AND {whole_district test}"),
            [visit.into(), assignment.into()],
        ))
        .await
        .expect("stands");
    visit
}

/// Two persons who may be one, as the matcher would have kept them; the pair.
pub async fn pair(change: &Change<'_>, one: i64, other: i64, weight: f64) -> i64 {
    store::registry::likeness::pairs::find(change, 0).await.expect("the shipped model");
    let evidence = format!(
        r#"{{"start":-14.3,"bars":[{{"c":"nama","l":1,"w":11.9,"r":0.4}},{{"c":"tgl_lahir","l":3,"w":5.0,"r":0.0}},{{"c":"nik","l":0,"w":0.0,"r":0.0}},{{"c":"rumah_tangga","l":12,"w":{:.4},"r":0.0}},{{"c":"penjaga","l":3,"w":0.0,"r":0.0}}]}}"#,
        weight - 3.0
    );
    change
        .insert(Query::with(
            sql!(
                "INSERT INTO match_pair (one_id, other_id, model_id, weight, evidence, state, created_at)
                 VALUES ($1, $2, (SELECT MAX(id) FROM match_model), $3, $4, 'open', $5) RETURNING id -- {whole_district test}"
            ),
            [one.min(other).into(), one.max(other).into(), weight.into(), evidence.into(), change.at().into()],
        ))
        .await
        .expect("a pair")
}
