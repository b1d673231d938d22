-- Verification: rounds, villages assigned, visits with corrections beside the source, village deliberation.
CREATE TABLE round (
  id {{id}}, name TEXT NOT NULL, version_id BIGINT NOT NULL REFERENCES list_version(id),
  filter TEXT NOT NULL,             -- JSON: desil at most, percentile at most, areas
  form TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL,
  state TEXT NOT NULL,              -- planned, open, closed, cancelled
  families BIGINT NOT NULL,         -- candidates taken in when it was made
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL,
  opened_at TEXT, closed_at TEXT
);
CREATE TABLE round_village (
  round_id BIGINT NOT NULL REFERENCES round(id), village BIGINT NOT NULL, families BIGINT NOT NULL, verifier_id BIGINT REFERENCES app_user(id), due_on TEXT,
  PRIMARY KEY (round_id, village)
);
CREATE INDEX round_village_verifier ON round_village(verifier_id);
-- the candidates of a round and where each stands; outcome is that of the standing visit
CREATE TABLE assignment (
  id {{id}}, round_id BIGINT NOT NULL REFERENCES round(id), family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  state TEXT NOT NULL,              -- waiting, visited, conflict
  outcome TEXT,                     -- LAYAK, PERBAIKAN, TIDAK_LAYAK, TUNDA
  reason TEXT, visit_id BIGINT,
  removed_reason TEXT,              -- the village deliberation took the family off: why; NULL: it did not
  UNIQUE (round_id, family_id)
);
CREATE INDEX assignment_village ON assignment(round_id, village, state);
CREATE INDEX assignment_family ON assignment(family_id);
-- what a visitor has filled in and not sent yet
CREATE TABLE visit_draft (
  id {{id}}, assignment_id BIGINT NOT NULL REFERENCES assignment(id), village BIGINT NOT NULL,
  user_id BIGINT NOT NULL REFERENCES app_user(id), command_id TEXT NOT NULL UNIQUE,
  answers TEXT NOT NULL,            -- JSON, as domain::verification::Answers
  started_at TEXT NOT NULL, saved_at TEXT NOT NULL,
  UNIQUE (assignment_id, user_id)
);
CREATE INDEX visit_draft_user ON visit_draft(user_id);
CREATE TABLE visit (
  id {{id}}, command_id TEXT NOT NULL UNIQUE, assignment_id BIGINT NOT NULL REFERENCES assignment(id), round_id BIGINT NOT NULL, family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  user_id BIGINT REFERENCES app_user(id), visitor TEXT NOT NULL, visited_at TEXT NOT NULL, recorded_at TEXT NOT NULL, came_by TEXT NOT NULL, -- web, workbook
  form TEXT NOT NULL, found TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, reason_text TEXT,
  respondent TEXT, lat DOUBLE PRECISION, lon DOUBLE PRECISION, accuracy DOUBLE PRECISION,
  answers TEXT NOT NULL,            -- JSON by question of the form
  needs TEXT NOT NULL,              -- JSON array of need codes found unmet
  corrections TEXT NOT NULL,        -- JSON: field, source value, corrected value
  standing BOOLEAN NOT NULL,        -- false: replaced, beside another, or one of the versions waiting for a decision
  replaced_by BIGINT                -- the visit that stands in its place; NULL: stands, or waits for a decision
);
CREATE INDEX visit_family ON visit(family_id, standing);
CREATE INDEX visit_round ON visit(round_id, village);
CREATE INDEX visit_assignment ON visit(assignment_id);
CREATE TABLE visit_member (
  id {{id}}, visit_id BIGINT NOT NULL REFERENCES visit(id), person_id BIGINT REFERENCES person(id), village BIGINT NOT NULL,
  presence TEXT NOT NULL,           -- regsosek.404_keberadaan
  name TEXT, nik TEXT, birth_date TEXT, sex TEXT, relation TEXT, -- as found, where it differs from the source or is new
  corrections TEXT NOT NULL         -- JSON: field, source value, corrected value
);
CREATE INDEX visit_member_visit ON visit_member(visit_id);
CREATE INDEX visit_member_person ON visit_member(person_id);
-- results that came as a workbook: checked row by row, shown, then taken in as one
CREATE TABLE result_upload (
  id {{id}}, round_id BIGINT NOT NULL REFERENCES round(id), attachment_id BIGINT NOT NULL REFERENCES attachment(id), name TEXT NOT NULL,
  state TEXT NOT NULL,              -- reading, ready, committed, discarded, rejected
  problem TEXT,                     -- why the file as a whole was rejected
  rows_total BIGINT NOT NULL, rows_new BIGINT NOT NULL, rows_changed BIGINT NOT NULL, rows_same BIGINT NOT NULL, rows_faulty BIGINT NOT NULL, rows_empty BIGINT NOT NULL,
  conflicts BIGINT NOT NULL,
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL, committed_at TEXT
);
CREATE INDEX result_upload_round ON result_upload(round_id);
CREATE TABLE result_row (
  id {{id}}, upload_id BIGINT NOT NULL REFERENCES result_upload(id), row_no BIGINT NOT NULL,
  assignment_id BIGINT, village BIGINT, label TEXT NOT NULL,
  kind TEXT NOT NULL,               -- new, changed, same, faulty
  before TEXT, finding TEXT         -- JSON: the standing result, the result of the row
);
CREATE INDEX result_row_upload ON result_row(upload_id, kind, row_no);
CREATE TABLE result_fault (
  id {{id}}, upload_id BIGINT NOT NULL REFERENCES result_upload(id), row_no BIGINT NOT NULL, cell TEXT NOT NULL, column_name TEXT NOT NULL,
  code TEXT NOT NULL, value TEXT NOT NULL, suggestion TEXT
);
CREATE INDEX result_fault_upload ON result_fault(upload_id, row_no);
CREATE TABLE deliberation (
  id {{id}}, round_id BIGINT NOT NULL REFERENCES round(id), village BIGINT NOT NULL, held_on TEXT NOT NULL, place TEXT NOT NULL,
  number TEXT, participants BIGINT NOT NULL, families_before BIGINT NOT NULL, families_removed BIGINT NOT NULL, families_added BIGINT NOT NULL, families_after BIGINT NOT NULL,
  note TEXT, attachment_id BIGINT REFERENCES attachment(id), state TEXT NOT NULL, -- recorded, final
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL,
  UNIQUE (round_id, village)
);
-- the families a deliberation adds, by name; family_id: known in the registry
CREATE TABLE deliberation_added (
  id {{id}}, deliberation_id BIGINT NOT NULL REFERENCES deliberation(id), village BIGINT NOT NULL,
  family_id BIGINT REFERENCES family(id), name TEXT NOT NULL, address TEXT NOT NULL
);
CREATE INDEX deliberation_added_deliberation ON deliberation_added(deliberation_id);
CREATE INDEX deliberation_added_family ON deliberation_added(family_id);
