-- The house: areas, people who work here, sessions, the journal, jobs, attachments, settings.
-- Dates are ISO text (YYYY-MM-DD), times ISO 8601 UTC text; money BIGINT rupiah; areas the ten digits of the Kemendagri
-- code as a number (99.01.02 is 9901020000), so that "within" is a range. JSON is opaque text.

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL, changed_at TEXT NOT NULL);

CREATE TABLE area (
  code BIGINT PRIMARY KEY,
  bps_code TEXT,
  level TEXT NOT NULL,              -- province, district, subdistrict, village
  kind TEXT NOT NULL,               -- provinsi, kabupaten, kota, kecamatan, desa, kelurahan
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,           -- upper case, prefixes dropped: for matching by name
  parent BIGINT REFERENCES area(code),
  valid_from TEXT,
  replaced_by BIGINT                -- a code that is no longer used stays resolvable
);
CREATE INDEX area_bps ON area(bps_code);
CREATE INDEX area_parent ON area(parent);

CREATE TABLE boundary (area BIGINT PRIMARY KEY REFERENCES area(code), rings TEXT NOT NULL, source TEXT NOT NULL, loaded_at TEXT NOT NULL);

CREATE TABLE agency (
  id {{id}}, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, short_name TEXT NOT NULL, services TEXT NOT NULL DEFAULT '[]', active BOOLEAN NOT NULL
);

CREATE TABLE app_user (
  id {{id}},
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password TEXT NOT NULL,           -- argon2id PHC string
  must_change_password BOOLEAN NOT NULL,
  nip TEXT, position TEXT,
  acting BOOLEAN NOT NULL,          -- Plt.
  agency_id BIGINT REFERENCES agency(id),
  language TEXT NOT NULL,           -- id, en
  disabled_at TEXT,
  created_at TEXT NOT NULL,
  failed_logins BIGINT NOT NULL,
  locked_until TEXT,
  last_login_at TEXT
);
CREATE TABLE user_role (
  id {{id}},
  user_id BIGINT NOT NULL REFERENCES app_user(id),
  role TEXT NOT NULL,
  area BIGINT REFERENCES area(code),  -- NULL: the whole district
  valid_from TEXT NOT NULL, valid_until TEXT,
  granted_by BIGINT REFERENCES app_user(id), granted_at TEXT NOT NULL
);
CREATE INDEX user_role_user ON user_role(user_id);
CREATE TABLE login_attempt (id {{id}}, at TEXT NOT NULL, login TEXT NOT NULL, address TEXT NOT NULL, success BOOLEAN NOT NULL);
CREATE INDEX login_attempt_at ON login_attempt(login, at);
CREATE TABLE session (id TEXT PRIMARY KEY, user_id BIGINT, data TEXT NOT NULL, expires_at TEXT NOT NULL);

CREATE TABLE journal (
  id {{id}},
  at TEXT NOT NULL,
  user_id BIGINT REFERENCES app_user(id),
  actor TEXT NOT NULL,
  verb TEXT NOT NULL,
  subject_kind TEXT NOT NULL, subject_id BIGINT NOT NULL,
  area BIGINT,
  reason TEXT,
  data TEXT NOT NULL
);
CREATE INDEX journal_subject ON journal(subject_kind, subject_id);
CREATE INDEX journal_user ON journal(user_id, id);
-- one entry may concern many families; detail (JSON) says what it means for this one
CREATE TABLE journal_family (journal_id BIGINT NOT NULL REFERENCES journal(id), family_id BIGINT NOT NULL, detail TEXT, PRIMARY KEY (family_id, journal_id));
CREATE TABLE journal_seal (id {{id}}, last_journal_id BIGINT NOT NULL UNIQUE, entries BIGINT NOT NULL, hash TEXT NOT NULL, sealed_at TEXT NOT NULL);

CREATE TABLE job (
  id {{id}},
  kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,              -- waiting, running, done, failed, cancelled
  progress BIGINT NOT NULL, total BIGINT NOT NULL,
  step TEXT NOT NULL,               -- message key of what it is doing
  error TEXT,
  cancel_wanted BOOLEAN NOT NULL,
  user_id BIGINT REFERENCES app_user(id),
  created_at TEXT NOT NULL, started_at TEXT, ended_at TEXT
);
CREATE INDEX job_state ON job(state);

CREATE TABLE attachment (
  id {{id}},
  sha256 TEXT NOT NULL,             -- names the file in the data folder; the same bytes are kept once
  name TEXT NOT NULL, media_type TEXT NOT NULL, size BIGINT NOT NULL,
  kind TEXT NOT NULL,               -- list_file, photo_house, photo_person, signature, minutes, ...
  subject_kind TEXT NOT NULL, subject_id BIGINT NOT NULL,
  area BIGINT,                      -- whose scope it falls under; NULL: the office's own
  user_id BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL
);
CREATE INDEX attachment_subject ON attachment(subject_kind, subject_id);
