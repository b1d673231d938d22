-- Lists: versions, files, rows kept raw for ever with their reading beside them, findings, and what a version says of a family.
CREATE TABLE list_version (
  id {{id}},
  source TEXT NOT NULL,             -- dtsen, p3ke
  version TEXT NOT NULL,            -- 2026Q3, 2023
  as_of TEXT NOT NULL,              -- the list's date
  giver TEXT, legal_basis TEXT, letter TEXT, note TEXT,
  purpose TEXT, permission TEXT, expires_on TEXT, -- what it may be used for, the state of the request, the last day of use
  state TEXT NOT NULL,              -- draft, reading, ready, committing, committed, undoing, undone, discarded
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL,
  committed_by BIGINT REFERENCES app_user(id), committed_at TEXT,
  entered BIGINT,                   -- the journal entry of the commit: the order in which the lists entered
  families BIGINT NOT NULL DEFAULT 0, persons BIGINT NOT NULL DEFAULT 0,
  previous_id BIGINT REFERENCES list_version(id), -- the committed version of the same source it is compared with
  summary TEXT NOT NULL DEFAULT '{}' -- JSON: the difference to that version, what a commit brought in
);
CREATE INDEX list_version_source ON list_version(source, version);
CREATE TABLE list_file (
  id {{id}},
  version_id BIGINT NOT NULL REFERENCES list_version(id),
  attachment_id BIGINT REFERENCES attachment(id),
  name TEXT NOT NULL, sha256 TEXT NOT NULL, size BIGINT NOT NULL,
  format TEXT NOT NULL,             -- dtsen.family, p3ke_v2.member, ...; '' while nobody knows
  kind TEXT NOT NULL,               -- family, person; ''
  sheet TEXT NOT NULL, sheet_no BIGINT NOT NULL,
  header_first BIGINT NOT NULL, header_last BIGINT NOT NULL, -- 0 while unknown
  columns TEXT NOT NULL,            -- JSON: header text of every column and the field it is read as
  recognition TEXT NOT NULL,        -- JSON: why this format, sheet and version, and what else it could be
  state TEXT NOT NULL,              -- waiting, reading, read, rejected
  -- rows of the sheet: every one is in exactly one of data, header, total, blank; data = stored + rejected
  rows_all BIGINT NOT NULL DEFAULT 0, rows_data BIGINT NOT NULL DEFAULT 0, rows_header BIGINT NOT NULL DEFAULT 0, rows_total BIGINT NOT NULL DEFAULT 0, rows_blank BIGINT NOT NULL DEFAULT 0,
  rows_rejected BIGINT NOT NULL DEFAULT 0, rows_blocked BIGINT NOT NULL DEFAULT 0, rows_warned BIGINT NOT NULL DEFAULT 0,
  by_code TEXT NOT NULL DEFAULT '{}', -- JSON: findings by code
  seconds DOUBLE PRECISION
);
CREATE INDEX list_file_version ON list_file(version_id);
CREATE INDEX list_file_sha ON list_file(sha256);
-- one row of a file: what could be read of it. Loaded in bulk, so the file is checked by the loader, not by a foreign key
CREATE TABLE list_row (
  id {{id}},
  version_id BIGINT NOT NULL, file_id BIGINT NOT NULL,
  row_no BIGINT NOT NULL,           -- as a spreadsheet shows it
  kind TEXT NOT NULL,               -- family, person; skipped rows: blank, header, total; unreadable
  severity TEXT NOT NULL,           -- none, note, warn, block, reject
  outcome TEXT NOT NULL,            -- stored, stored_with_warning, duplicate, unchanged, conflict, rejected, skipped
  family_key TEXT,                  -- what joins the rows of one family within a version: see store::lists::rows
  digest BIGINT,                    -- of everything read, to tell an unchanged row
  village BIGINT,                   -- NULL: the row does not say, or what it says is no village of the district
  list_family_id TEXT, list_person_id TEXT,
  kk TEXT, kk_sound BOOLEAN NOT NULL, nik TEXT, nik_sound BOOLEAN NOT NULL,
  name TEXT, name_key TEXT, sex TEXT, birth_date TEXT, relation TEXT,
  address TEXT, rt TEXT, rw TEXT,
  members BIGINT,
  desil_national BIGINT, desil_province BIGINT, desil_district BIGINT, percentile BIGINT
);
CREATE INDEX list_row_file ON list_row(file_id, row_no);
CREATE INDEX list_row_key ON list_row(version_id, family_key);
CREATE INDEX list_row_identifier ON list_row(list_person_id) WHERE list_person_id IS NOT NULL;
-- the same rows as they came; kept apart so that counting and linking do not drag them along
CREATE TABLE list_raw (
  row_id BIGINT PRIMARY KEY,
  raw TEXT NOT NULL,                -- JSON array of the cells as they came
  reading TEXT NOT NULL             -- JSON: every value without a column in list_row, in canonical codes
);
CREATE TABLE list_finding (
  id {{id}},
  file_id BIGINT NOT NULL, row_id BIGINT, row_no BIGINT NOT NULL, -- 0: about the file
  column_name TEXT NOT NULL,        -- the header's text; '' when about the row
  code TEXT NOT NULL, severity TEXT NOT NULL,
  value TEXT NOT NULL, reading TEXT, suggestion TEXT
);
CREATE INDEX list_finding_file ON list_finding(file_id, code, row_no);
CREATE INDEX list_finding_row ON list_finding(row_id);
-- a family as a version states it: its rows joined by family_key. Made before the commit, kept for ever
CREATE TABLE list_unit (
  version_id BIGINT NOT NULL, family_key TEXT NOT NULL,
  row_id BIGINT NOT NULL,           -- its family row, else its first member row
  head_row_id BIGINT NOT NULL,      -- the row that tells of its head
  list_family_id TEXT, kk TEXT,     -- kk only when sound
  village BIGINT NOT NULL,          -- the district's code when unknown
  head_name TEXT NOT NULL, name_key TEXT NOT NULL, address TEXT NOT NULL, rt TEXT, rw TEXT,
  members BIGINT NOT NULL,
  desil_national BIGINT, desil_province BIGINT, desil_district BIGINT, percentile BIGINT,
  block TEXT NOT NULL,              -- '' or the fault code that keeps it out of an SK
  family_id BIGINT, linked_by TEXT NOT NULL, -- list_family_id, kk, head_nik, new, again; '' before linking
  change TEXT NOT NULL,             -- against the previous version: new, unchanged, changed; '' before linking
  desil_changed BOOLEAN NOT NULL, address_changed BOOLEAN NOT NULL, members_changed BOOLEAN NOT NULL, village_changed BOOLEAN NOT NULL,
  PRIMARY KEY (version_id, family_key)
);
CREATE INDEX list_unit_change ON list_unit(version_id, change, row_id);
CREATE INDEX list_unit_family ON list_unit(family_id, version_id);
CREATE INDEX list_unit_identifier ON list_unit(list_family_id) WHERE list_family_id IS NOT NULL;
-- work table of a commit: which person each row is. Empty outside of one
CREATE TABLE list_link (
  row_id BIGINT PRIMARY KEY, version_id BIGINT NOT NULL, family_key TEXT NOT NULL,
  same_as BIGINT NOT NULL,          -- the first row of the version that is the same person
  person_id BIGINT, linked_by TEXT NOT NULL, -- nik, list_person_id, in_family, new, again; '' while open
  conflict BOOLEAN NOT NULL,        -- the NIK belongs to another person already
  move TEXT NOT NULL                -- for a person already known: '' stays, family, relation; past: this list is older than what we know
);
CREATE INDEX list_link_unit ON list_link(version_id, family_key);
-- what a commit changed of what was known before, field by field, so that it can be taken back
CREATE TABLE list_change (
  version_id BIGINT NOT NULL,
  kind TEXT NOT NULL,               -- family, person
  field TEXT NOT NULL,              -- a column of that table
  subject_id BIGINT NOT NULL,
  was TEXT, became TEXT,
  PRIMARY KEY (version_id, kind, field, subject_id)
);
CREATE INDEX list_change_subject ON list_change(subject_id, kind, field);
-- who the rows of a list taken back were: the same rows are the same families and persons when it enters again
CREATE TABLE list_memory (
  kind TEXT NOT NULL,               -- family, person
  row_id BIGINT NOT NULL, version_id BIGINT NOT NULL, id BIGINT NOT NULL, linked_by TEXT NOT NULL,
  PRIMARY KEY (kind, row_id)
);
CREATE INDEX list_memory_version ON list_memory(version_id, kind, id);
-- work tables of a commit: what was known of those it may change. Empty outside of one
CREATE TABLE family_before (
  version_id BIGINT NOT NULL, id BIGINT NOT NULL,
  kk TEXT, head_person_id BIGINT, head_name TEXT, name_key TEXT, village BIGINT, address TEXT, rt TEXT, rw TEXT, members BIGINT,
  desil BIGINT, desil_version_id BIGINT, block TEXT,
  PRIMARY KEY (version_id, id)
);
CREATE TABLE person_before (
  version_id BIGINT NOT NULL, id BIGINT NOT NULL,
  nik TEXT, name TEXT, name_key TEXT, sex TEXT, birth_date TEXT, village BIGINT, family_id BIGINT, relation TEXT,
  PRIMARY KEY (version_id, id)
);
