-- Verification: rounds, villages assigned, visits with corrections beside the source, village deliberation.
CREATE TABLE round (
  id {{id}}, name TEXT NOT NULL, version_id BIGINT NOT NULL REFERENCES list_version(id),
  filter TEXT NOT NULL,             -- JSON: desil at most, areas
  form TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL,
  state TEXT NOT NULL,              -- planned, open, closed
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL
);
CREATE TABLE round_village (
  round_id BIGINT NOT NULL REFERENCES round(id), village BIGINT NOT NULL, verifier_id BIGINT REFERENCES app_user(id), due_on TEXT,
  PRIMARY KEY (round_id, village)
);
-- the candidates of a round and where each stands; outcome is that of the standing visit
CREATE TABLE assignment (
  id {{id}}, round_id BIGINT NOT NULL REFERENCES round(id), family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  state TEXT NOT NULL,              -- waiting, visited, conflict
  outcome TEXT,                     -- LAYAK, PERBAIKAN, TIDAK_LAYAK, TUNDA
  reason TEXT, visit_id BIGINT,
  UNIQUE (round_id, family_id)
);
CREATE INDEX assignment_village ON assignment(round_id, village, state);
CREATE INDEX assignment_family ON assignment(family_id);
CREATE TABLE visit (
  id {{id}}, command_id TEXT NOT NULL UNIQUE, assignment_id BIGINT NOT NULL REFERENCES assignment(id), round_id BIGINT NOT NULL, family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  user_id BIGINT REFERENCES app_user(id), visitor TEXT NOT NULL, visited_at TEXT NOT NULL, came_by TEXT NOT NULL, -- web, workbook
  found TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, reason_text TEXT,
  respondent TEXT, lat DOUBLE PRECISION, lon DOUBLE PRECISION, accuracy DOUBLE PRECISION,
  answers TEXT NOT NULL,            -- JSON by question of the form
  needs TEXT NOT NULL,              -- JSON array of need codes found unmet
  corrections TEXT NOT NULL,        -- JSON: field, source value, corrected value
  standing BOOLEAN NOT NULL         -- false: superseded or one of two versions waiting for a decision
);
CREATE INDEX visit_family ON visit(family_id);
CREATE INDEX visit_round ON visit(round_id, village);
CREATE TABLE visit_member (
  id {{id}}, visit_id BIGINT NOT NULL REFERENCES visit(id), person_id BIGINT REFERENCES person(id), village BIGINT NOT NULL,
  presence TEXT NOT NULL, name TEXT, nik TEXT, birth_date TEXT, sex TEXT, relation TEXT, corrections TEXT NOT NULL
);
CREATE INDEX visit_member_visit ON visit_member(visit_id);
CREATE TABLE deliberation (
  id {{id}}, round_id BIGINT NOT NULL REFERENCES round(id), village BIGINT NOT NULL, held_on TEXT NOT NULL, place TEXT NOT NULL,
  number TEXT, participants BIGINT NOT NULL, families_before BIGINT NOT NULL, families_removed BIGINT NOT NULL, families_added BIGINT NOT NULL, families_after BIGINT NOT NULL,
  note TEXT, attachment_id BIGINT REFERENCES attachment(id), state TEXT NOT NULL, -- recorded, final
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL,
  UNIQUE (round_id, village)
);
