//! Rows streaming in: each kept as it came, its reading beside it, its findings named. Bounded memory: a chunk at a time.

use std::fmt::Write;

use domain::{
    Sex,
    lists::{
        Fault, Finding, Kind, NumberState, Relation, RowClass, RowReading, Severity,
        families::family_key,
        format::{FamilyKey, Format},
        report::RowOutcome,
    },
};
use sha2::{Digest, Sha256};

use super::Result;
use crate::{
    bulk::{self, Cell, Type},
    connect::Change,
    query::Query,
    sql,
};

/// Where rows go.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub version: i64,
    pub file: i64,
    pub format: &'static Format,
}

/// Forgets everything read of a file, so that it can be read again.
pub async fn clear(change: &Change<'_>, file: i64) -> Result<()> {
    for statement in [
        sql!("DELETE FROM list_finding WHERE file_id = $1 AND {whole_district a draft is read again}"),
        sql!(
            "DELETE FROM list_raw WHERE row_id IN (SELECT id FROM list_row WHERE file_id = $1) AND {whole_district a draft is read again}"
        ),
        sql!("DELETE FROM list_row WHERE file_id = $1 AND {whole_district a draft is read again}"),
        sql!(
            "UPDATE list_file SET rows_all = 0, rows_data = 0, rows_header = 0, rows_total = 0, rows_blank = 0, rows_rejected = 0, rows_blocked = 0, rows_warned = 0, by_code = '{}', seconds = NULL WHERE id = $1"
        ),
    ] {
        change.execute(Query::with(statement, [file.into()])).await?;
    }
    Ok(())
}

const ROW: [(&str, Type); 29] = [
    ("id", Type::Int),
    ("version_id", Type::Int),
    ("file_id", Type::Int),
    ("row_no", Type::Int),
    ("kind", Type::Text),
    ("severity", Type::Text),
    ("outcome", Type::Text),
    ("family_key", Type::Text),
    ("digest", Type::Int),
    ("village", Type::Int),
    ("list_family_id", Type::Text),
    ("list_person_id", Type::Text),
    ("kk", Type::Text),
    ("kk_sound", Type::Bool),
    ("nik", Type::Text),
    ("nik_sound", Type::Bool),
    ("name", Type::Text),
    ("name_key", Type::Text),
    ("sex", Type::Text),
    ("birth_date", Type::Text),
    ("relation", Type::Text),
    ("address", Type::Text),
    ("rt", Type::Text),
    ("rw", Type::Text),
    ("members", Type::Int),
    ("desil_national", Type::Int),
    ("desil_province", Type::Int),
    ("desil_district", Type::Int),
    ("percentile", Type::Int),
];

const RAW: [(&str, Type); 3] = [("row_id", Type::Int), ("raw", Type::Text), ("reading", Type::Text)];

const FINDING: [(&str, Type); 9] = [
    ("file_id", Type::Int),
    ("row_id", Type::Int),
    ("row_no", Type::Int),
    ("column_name", Type::Text),
    ("code", Type::Text),
    ("severity", Type::Text),
    ("value", Type::Text),
    ("reading", Type::Text),
    ("suggestion", Type::Text),
];

/// A chunk of rows with their findings, laid out as they will be stored: that is a good part of the work, and needs no
/// database.
pub struct Batch {
    rows: Vec<Vec<Cell>>,
    raws: Vec<Vec<Cell>>,
    /// With the place of the row they are about.
    findings: Vec<(usize, Vec<Cell>)>,
}

impl Batch {
    pub fn of(target: Target, readings: Vec<RowReading>) -> Self {
        let mut batch = Self {
            rows: Vec::with_capacity(readings.len()),
            raws: Vec::with_capacity(readings.len()),
            findings: Vec::new(),
        };
        for (at, reading) in readings.into_iter().enumerate() {
            let raw = serde_json::to_string(&reading.raw).unwrap_or_default();
            batch.raws.push(vec![Cell::Null, raw.into(), other_values(&reading).into()]);
            let severity = reading.findings.iter().map(Finding::severity).max();
            let repeats = reading.findings.iter().any(|finding| finding.fault == Fault::RowDuplicate);
            batch
                .findings
                .extend(reading.findings.iter().map(|finding| (at, finding_cells(target.file, None, finding))));
            batch.rows.push(row_cells(target, 0, reading, severity, repeats));
        }
        batch
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Gives every row its id.
    fn number(&mut self, ids: &[i64]) {
        const ROW_OF_FINDING: usize = 1;
        for (id, (row, raw)) in ids.iter().zip(self.rows.iter_mut().zip(&mut self.raws)) {
            row[0] = (*id).into();
            raw[0] = (*id).into();
        }
        for (at, finding) in &mut self.findings {
            finding[ROW_OF_FINDING] = ids[*at].into();
        }
    }
}

/// Stores a chunk of rows.
pub async fn add(change: &Change<'_>, mut batch: Batch) -> Result<()> {
    let ids = bulk::take_ids(change, "list_row", batch.len()).await?;
    batch.number(&ids);
    bulk::insert(change, "list_row", &ROW, batch.rows).await?;
    bulk::insert(change, "list_raw", &RAW, batch.raws).await?;
    bulk::insert(change, "list_finding", &FINDING, batch.findings.into_iter().map(|(_, cells)| cells)).await?;
    Ok(())
}

/// What tells whether a row reads as another: its kind, the digest of everything read, and whether its numbers are sound.
pub(super) fn essence(target: Target, reading: &RowReading) -> (&'static str, Option<i64>, bool, bool) {
    let fields = &reading.fields;
    let data = reading.class == RowClass::Data;
    let sound = |state, number: &Option<String>| state == NumberState::Sound && number.is_some();
    (
        kind_word(reading.class, target.format.kind),
        data.then(|| digest(reading)),
        sound(fields.nik_state, &fields.nik),
        sound(fields.kk_state, &fields.kk),
    )
}

/// Rows that are stored already read otherwise: their reading and findings are replaced, the cells as they came stay.
pub(super) async fn replace(change: &Change<'_>, target: Target, readings: Vec<(i64, RowReading)>) -> Result<()> {
    let mut rows = Vec::with_capacity(readings.len());
    let mut findings = Vec::new();
    for (id, reading) in readings {
        for statement in [
            sql!("DELETE FROM list_finding WHERE row_id = $1 AND {whole_district a list is corrected}"),
            sql!("DELETE FROM list_row WHERE id = $1 AND {whole_district a list is corrected}"),
        ] {
            change.execute(Query::with(statement, [id.into()])).await?;
        }
        change
            .execute(Query::with(
                sql!("UPDATE list_raw SET reading = $1 WHERE row_id = $2 AND {whole_district a list is corrected}"),
                [other_values(&reading).into(), id.into()],
            ))
            .await?;
        let severity = reading.findings.iter().map(Finding::severity).max();
        let repeats = reading.findings.iter().any(|finding| finding.fault == Fault::RowDuplicate);
        findings.extend(reading.findings.iter().map(|finding| finding_cells(target.file, Some(id), finding)));
        rows.push(row_cells(target, id, reading, severity, repeats));
    }
    bulk::insert(change, "list_row", &ROW, rows).await?;
    bulk::insert(change, "list_finding", &FINDING, findings).await?;
    Ok(())
}

/// Stores findings about a file as a whole.
pub async fn add_findings(change: &Change<'_>, file: i64, findings: &[Finding]) -> Result<()> {
    let cells: Vec<_> = findings.iter().map(|finding| finding_cells(file, None, finding)).collect();
    bulk::insert(change, "list_finding", &FINDING, cells).await?;
    Ok(())
}

fn finding_cells(file: i64, row: Option<i64>, finding: &Finding) -> Vec<Cell> {
    vec![
        file.into(),
        row.into(),
        i64::from(finding.row.unwrap_or(0)).into(),
        finding.column.as_deref().unwrap_or_default().into(),
        finding.fault.code().into(),
        finding.severity().as_str().into(),
        finding.value.as_str().into(),
        finding.reading.as_deref().into(),
        finding.suggestion.as_deref().into(),
    ]
}

fn row_cells(target: Target, id: i64, reading: RowReading, severity: Option<Severity>, repeats: bool) -> Vec<Cell> {
    let data = reading.class == RowClass::Data;
    let key = data.then(|| key_text(target, &reading));
    let digest = data.then(|| digest(&reading));
    let fields = reading.fields;
    let nik_sound = fields.nik_state == NumberState::Sound && fields.nik.is_some();
    let kk_sound = fields.kk_state == NumberState::Sound && fields.kk.is_some();
    let name_key = data.then_some(fields.name_key);
    vec![
        id.into(),
        target.version.into(),
        target.file.into(),
        i64::from(reading.row).into(),
        kind_word(reading.class, target.format.kind).into(),
        severity.map_or("none", Severity::as_str).into(),
        outcome(reading.class, severity, repeats).as_str().into(),
        key.into(),
        digest.into(),
        fields.village.map(domain::AreaCode::number).into(),
        fields.list_family_id.into(),
        fields.list_person_id.into(),
        fields.kk.into(),
        kk_sound.into(),
        fields.nik.into(),
        nik_sound.into(),
        fields.name.into(),
        name_key.into(),
        fields.sex.map(Sex::as_str).into(),
        fields.birth_date.map(|date| date.to_string()).into(),
        fields.relation.map(Relation::as_str).into(),
        fields.address.into(),
        fields.rt.into(),
        fields.rw.into(),
        fields.members.map(i64::from).into(),
        fields.desil_national.map(i64::from).into(),
        fields.desil_province.map(i64::from).into(),
        fields.desil_district.map(i64::from).into(),
        fields.percentile.map(i64::from).into(),
    ]
}

/// The word of `list_row.kind`.
const fn kind_word(class: RowClass, kind: Kind) -> &'static str {
    match class {
        RowClass::Data => kind.as_str(),
        RowClass::Blank => "blank",
        RowClass::RepeatedHeader | RowClass::ColumnNumbers => "header",
        RowClass::Total => "total",
        RowClass::Unreadable => "unreadable",
    }
}

/// What the reading alone says of a row; a commit may still find it unchanged, repeated or in conflict.
fn outcome(class: RowClass, severity: Option<Severity>, repeats: bool) -> RowOutcome {
    match (class, severity) {
        (RowClass::Unreadable, _) | (RowClass::Data, Some(Severity::Reject)) => RowOutcome::Rejected,
        (RowClass::Data, _) if repeats => RowOutcome::Duplicate,
        (RowClass::Data, Some(Severity::Warn | Severity::Block)) => RowOutcome::StoredWithWarning,
        (RowClass::Data, _) => RowOutcome::Stored,
        _ => RowOutcome::Skipped,
    }
}

/// What joins the rows of one family within a version: see [`family_key`]; a row without a key stands alone.
fn key_text(target: Target, reading: &RowReading) -> String {
    let by = target.format.family_key;
    match family_key(by, &reading.fields) {
        Some(key) => format!("{}{key}", if by == FamilyKey::Kk { 'K' } else { 'F' }),
        None => format!("#{}-{}", target.file, reading.row),
    }
}

/// The values without a column of their own, as a JSON object.
fn other_values(reading: &RowReading) -> String {
    let fields = &reading.fields;
    let mut json = fields.values.to_json();
    let mut put = |name: &str, value: Option<String>| {
        let Some(value) = value else { return };
        let value = serde_json::to_string(&value).unwrap_or_default();
        json.pop();
        let comma = if json.len() > 1 { "," } else { "" };
        let _ = write!(json, "{comma}\"{name}\":{value}}}");
    };
    put("hamlet", fields.hamlet.clone());
    put("phone", fields.phone.clone());
    put("latitude", fields.latitude.map(|degrees| degrees.to_string()));
    put("longitude", fields.longitude.map(|degrees| degrees.to_string()));
    put("relation_code", fields.relation_code.clone());
    put("subdistrict_name", fields.subdistrict_name.clone());
    put("village_name", fields.village_name.clone());
    json
}

/// A digest of everything read of a row: equal for a row that says the same in two versions.
fn digest(reading: &RowReading) -> i64 {
    let f = &reading.fields;
    let mut text = String::with_capacity(512);
    for part in [
        &f.nik,
        &f.kk,
        &f.name,
        &f.relation_code,
        &f.list_family_id,
        &f.list_person_id,
        &f.subdistrict_name,
        &f.village_name,
        &f.address,
        &f.hamlet,
        &f.rt,
        &f.rw,
        &f.phone,
    ] {
        text.push_str(part.as_deref().unwrap_or_default());
        text.push('\u{1f}');
    }
    let _ = write!(
        text,
        "{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}",
        f.sex,
        f.birth_date,
        f.relation,
        f.village.map(domain::AreaCode::number),
        f.desil_national,
        f.desil_province,
        f.desil_district,
        f.percentile,
        f.members,
        f.latitude,
        f.longitude,
    );
    text.push_str(&f.values.to_json());
    let hash = Sha256::digest(text.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(first)
}
