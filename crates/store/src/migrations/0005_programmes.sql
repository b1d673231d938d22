-- Programmes: agency, strategy, sub-activity, money; items or cash; stages; enrolment.

-- The agencies that commonly intervene (reference data of a kabupaten; an office edits them on /opd).
-- services: the needs they can answer.
INSERT INTO agency (code, short_name, name, services, active) VALUES
  ('DINSOS', 'Sosial', 'Dinas Sosial', '["food","cash","clothing","disability","livelihood"]', true),
  ('DISDIK', 'Pendidikan', 'Dinas Pendidikan', '["education"]', true),
  ('DINKES', 'Kesehatan', 'Dinas Kesehatan', '["health"]', true),
  ('DPUPR', 'PUPR', 'Dinas Pekerjaan Umum dan Penataan Ruang', '["water","sanitation"]', true),
  ('DISPERKIM', 'Perkim', 'Dinas Perumahan dan Kawasan Permukiman', '["housing"]', true),
  ('DKP', 'Ketahanan Pangan', 'Dinas Ketahanan Pangan', '["food"]', true),
  ('DISTAN', 'Pertanian', 'Dinas Pertanian', '["farming"]', true),
  ('DISKAN', 'Perikanan', 'Dinas Perikanan', '["fishery"]', true),
  ('DISKOPUKM', 'Koperasi UKM', 'Dinas Koperasi dan Usaha Kecil Menengah', '["livelihood"]', true),
  ('DISNAKER', 'Naker', 'Dinas Tenaga Kerja', '["training","work"]', true),
  ('DP3AP2KB', 'DP3AP2KB', 'Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana', '["nutrition"]', true),
  ('DISDUKCAPIL', 'Dukcapil', 'Dinas Kependudukan dan Pencatatan Sipil', '["identity"]', true),
  ('DPMD', 'DPMD', 'Dinas Pemberdayaan Masyarakat dan Desa', '["cash","sanitation"]', true);

CREATE TABLE programme (
  id {{id}}, agency_id BIGINT NOT NULL REFERENCES agency(id), name TEXT NOT NULL, year BIGINT NOT NULL,
  strategy TEXT NOT NULL,           -- S1, S2, S3
  sub_activity TEXT NOT NULL, account TEXT NOT NULL, fund TEXT NOT NULL,
  ceiling BIGINT NOT NULL,
  aid TEXT NOT NULL,                -- cash, goods
  aid_kind TEXT NOT NULL,           -- what counts as the like: food, cash, education, health, housing, livelihood, disability, clothing, other
  unit_amount BIGINT NOT NULL,      -- rupiah a family a stage: cash, or the sum of items
  state TEXT NOT NULL,              -- draft, active, closed
  excludes TEXT NOT NULL,           -- JSON array of aid a list tells of (aid_pkh, ...) not to be received at once (warned, a person decides)
  command_id TEXT UNIQUE,           -- of the form that made it: sent twice, made once
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL
);
CREATE TABLE programme_item (
  id {{id}}, programme_id BIGINT NOT NULL REFERENCES programme(id), position BIGINT NOT NULL, name TEXT NOT NULL,
  quantity BIGINT NOT NULL,         -- thousandths of the unit
  unit TEXT NOT NULL, price BIGINT NOT NULL
);
CREATE INDEX programme_item_programme ON programme_item(programme_id);
CREATE TABLE programme_stage (id {{id}}, programme_id BIGINT NOT NULL REFERENCES programme(id), number BIGINT NOT NULL, name TEXT NOT NULL, planned_on TEXT, UNIQUE (programme_id, number));
-- who signs its papers: budget_user, commitment, activity, treasurer
CREATE TABLE programme_official (programme_id BIGINT NOT NULL REFERENCES programme(id), role TEXT NOT NULL, name TEXT NOT NULL, nip TEXT NOT NULL, PRIMARY KEY (programme_id, role));
-- one enrolment from one decree, taken back as one
CREATE TABLE enrolment_run (
  id {{id}}, programme_id BIGINT NOT NULL REFERENCES programme(id), decree_id BIGINT, command_id TEXT NOT NULL UNIQUE,
  families BIGINT NOT NULL, warned BIGINT NOT NULL, left_out BIGINT NOT NULL, reason TEXT,
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL,
  undone_by BIGINT REFERENCES app_user(id), undone_at TEXT, undone_reason TEXT
);
CREATE INDEX enrolment_run_programme ON enrolment_run(programme_id);
CREATE TABLE enrolment (
  id {{id}}, programme_id BIGINT NOT NULL REFERENCES programme(id), family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  decree_id BIGINT, determination_line_id BIGINT, run_id BIGINT REFERENCES enrolment_run(id),
  place_id BIGINT,                  -- a replacement holds the place of this first enrolment; NULL: its own
  state TEXT NOT NULL,              -- candidate, enrolled, active, suspended, left
  reason TEXT, since TEXT NOT NULL, until TEXT,
  UNIQUE (programme_id, family_id)
);
CREATE INDEX enrolment_family ON enrolment(family_id);
CREATE INDEX enrolment_village ON enrolment(programme_id, village);
CREATE INDEX enrolment_run_id ON enrolment(run_id);
CREATE INDEX enrolment_place ON enrolment(place_id);
CREATE INDEX enrolment_line ON enrolment(determination_line_id);
-- what an enrolled family already received when it was enrolled
CREATE TABLE enrolment_warning (
  enrolment_id BIGINT NOT NULL REFERENCES enrolment(id),
  aid TEXT NOT NULL,                -- aid_pkh, ... of the newest list, or 'programme'
  programme_id BIGINT NOT NULL,     -- the other programme; 0 for a list
  PRIMARY KEY (enrolment_id, aid, programme_id)
);
