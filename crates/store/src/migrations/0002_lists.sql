-- Lists: versions, files, rows kept raw for ever with their reading beside them, findings.
CREATE TABLE list_version (
  id {{id}},
  source TEXT NOT NULL,             -- dtsen, p3ke
  version TEXT NOT NULL,            -- 2026Q3, 2023
  as_of TEXT NOT NULL,              -- the list's date
  giver TEXT, legal_basis TEXT, letter TEXT, note TEXT,
  state TEXT NOT NULL,              -- draft (files being read), ready, committing, committed, discarded, undone
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL,
  committed_by BIGINT REFERENCES app_user(id), committed_at TEXT,
  families BIGINT NOT NULL DEFAULT 0, persons BIGINT NOT NULL DEFAULT 0, summary TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX list_version_source ON list_version(source, version);
CREATE TABLE list_file (
  id {{id}},
  version_id BIGINT NOT NULL REFERENCES list_version(id),
  attachment_id BIGINT REFERENCES attachment(id),
  name TEXT NOT NULL, sha256 TEXT NOT NULL, size BIGINT NOT NULL,
  format TEXT NOT NULL,             -- dtsen.family, p3ke_v2.member, ...
  kind TEXT NOT NULL,               -- family, person
  sheet TEXT NOT NULL, header_row BIGINT NOT NULL,
  columns TEXT NOT NULL,            -- JSON: header text of every column and the field it is read as
  recognition TEXT NOT NULL,        -- JSON: why this format and version
  state TEXT NOT NULL,              -- waiting, reading, read, rejected
  error TEXT,
  rows_total BIGINT NOT NULL DEFAULT 0, rows_data BIGINT NOT NULL DEFAULT 0, rows_rejected BIGINT NOT NULL DEFAULT 0, rows_skipped BIGINT NOT NULL DEFAULT 0,
  seconds DOUBLE PRECISION
);
CREATE INDEX list_file_version ON list_file(version_id);
CREATE TABLE list_row (
  id {{id}},
  version_id BIGINT NOT NULL, file_id BIGINT NOT NULL REFERENCES list_file(id),
  row_no BIGINT NOT NULL,
  kind TEXT NOT NULL,               -- family, person; skipped rows: blank, header, total, unreadable
  raw TEXT NOT NULL,                -- JSON array of the cells as they came
  severity TEXT NOT NULL,           -- none, note, warn, block, reject
  outcome TEXT,                     -- stored, stored_with_warning, duplicate, unchanged, conflict, rejected, skipped
  village BIGINT,                   -- 0 below the district when the village is unknown
  family_key TEXT,                  -- the list's own family identifier, else the KK number: joins members to families
  list_family_id TEXT, list_person_id TEXT,
  kk TEXT, nik TEXT, nik_sound BOOLEAN NOT NULL DEFAULT false,
  name TEXT, name_key TEXT, sex TEXT, birth_date TEXT, relation TEXT,
  address TEXT, rt TEXT, rw TEXT,
  members BIGINT,
  desil_national BIGINT, desil_province BIGINT, desil_district BIGINT, percentile BIGINT,
  reading TEXT NOT NULL,            -- JSON: every other value in canonical codes
  family_id BIGINT, person_id BIGINT -- what the row was linked to at commit
);
CREATE INDEX list_row_file ON list_row(file_id, row_no);
CREATE INDEX list_row_nik ON list_row(version_id, nik);
CREATE INDEX list_row_key ON list_row(version_id, family_key);
CREATE INDEX list_row_family ON list_row(family_id);
CREATE INDEX list_row_person ON list_row(person_id);
CREATE TABLE list_finding (
  id {{id}},
  file_id BIGINT NOT NULL REFERENCES list_file(id), row_id BIGINT, row_no BIGINT NOT NULL,
  column_name TEXT NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL,
  value TEXT NOT NULL, reading TEXT, suggestion TEXT
);
CREATE INDEX list_finding_file ON list_finding(file_id, code);
CREATE INDEX list_finding_row ON list_finding(row_id);
