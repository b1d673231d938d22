-- Programmes: agency, strategy, sub-activity, money; items or cash; stages; enrolment.
CREATE TABLE programme (
  id {{id}}, agency_id BIGINT NOT NULL REFERENCES agency(id), name TEXT NOT NULL, year BIGINT NOT NULL,
  strategy TEXT NOT NULL,           -- S1, S2, S3
  sub_activity TEXT NOT NULL, account TEXT NOT NULL, fund TEXT NOT NULL,
  ceiling BIGINT NOT NULL,
  aid TEXT NOT NULL,                -- cash, goods
  aid_kind TEXT NOT NULL,           -- what counts as the like: food, cash, education, health, housing, livelihood, disability
  unit_amount BIGINT NOT NULL,      -- rupiah a family a stage: cash, or the sum of items
  state TEXT NOT NULL,              -- draft, active, closed
  excludes TEXT NOT NULL,           -- JSON array of aid flags or kinds not to be received at once (warned, a person decides)
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL
);
CREATE TABLE programme_item (id {{id}}, programme_id BIGINT NOT NULL REFERENCES programme(id), position BIGINT NOT NULL, name TEXT NOT NULL, quantity DOUBLE PRECISION NOT NULL, unit TEXT NOT NULL, price BIGINT NOT NULL);
CREATE TABLE programme_stage (id {{id}}, programme_id BIGINT NOT NULL REFERENCES programme(id), number BIGINT NOT NULL, name TEXT NOT NULL, planned_on TEXT, UNIQUE (programme_id, number));
CREATE TABLE enrolment (
  id {{id}}, programme_id BIGINT NOT NULL REFERENCES programme(id), family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  decree_id BIGINT, determination_line_id BIGINT,
  state TEXT NOT NULL,              -- candidate, enrolled, active, suspended, left
  reason TEXT, warning TEXT NOT NULL, -- JSON array of aid already received, '[]' when none
  since TEXT NOT NULL, until TEXT,
  UNIQUE (programme_id, family_id)
);
CREATE INDEX enrolment_family ON enrolment(family_id);
