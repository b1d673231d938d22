-- Changes of families made by hand. What was known before and after is kept whole, to be read; field by field, to be put back.
CREATE TABLE household_change (
  id {{id}},
  kind TEXT NOT NULL,               -- domain::household::Kind
  state TEXT NOT NULL,              -- proposed, returned, done, taken_back
  family_id BIGINT,                 -- the family it was recorded on; NULL: a family nobody knew, not made yet
  village BIGINT NOT NULL,          -- where that family lived then: scope
  asked TEXT NOT NULL,              -- JSON: domain::household::Asked
  happened_on TEXT NOT NULL, reason TEXT NOT NULL,
  before TEXT, after TEXT,          -- JSON: domain::household::Situation; NULL until it is done
  journal_id BIGINT,                -- the entry that did it: the order among lists and other changes
  command_id TEXT NOT NULL UNIQUE,  -- of the form: sent twice, recorded once
  proposed_by BIGINT REFERENCES app_user(id), proposed_at TEXT NOT NULL,
  second BOOLEAN NOT NULL,          -- a second person had to agree
  decided_by BIGINT REFERENCES app_user(id), decided_at TEXT, decided_reason TEXT, -- agreed, or sent back with the reason
  taken_back_by BIGINT REFERENCES app_user(id), taken_back_at TEXT, taken_back_reason TEXT
);
CREATE INDEX household_change_state ON household_change(state, id);
CREATE INDEX household_change_village ON household_change(village, id);
-- the families and persons it is about
CREATE TABLE household_subject (
  change_id BIGINT NOT NULL REFERENCES household_change(id),
  kind TEXT NOT NULL,               -- family, person
  subject_id BIGINT NOT NULL,
  PRIMARY KEY (change_id, kind, subject_id)
);
CREATE INDEX household_subject_of ON household_subject(subject_id, kind);
-- the fields it set, also those it set to what they were: they are somebody's word now
CREATE TABLE household_field (
  change_id BIGINT NOT NULL REFERENCES household_change(id),
  kind TEXT NOT NULL,               -- family, person
  field TEXT NOT NULL,              -- a column of that table; 'id': it made the row
  subject_id BIGINT NOT NULL,
  was TEXT, became TEXT,
  PRIMARY KEY (change_id, kind, field, subject_id)
);
CREATE INDEX household_field_subject ON household_field(kind, field, subject_id);
-- numbers somebody had before a correction: lists that still say them mean the same person
CREATE TABLE former_nik (
  nik TEXT NOT NULL, person_id BIGINT NOT NULL, change_id BIGINT NOT NULL REFERENCES household_change(id),
  PRIMARY KEY (nik, person_id)
);
CREATE INDEX former_nik_end ON former_nik(substr(nik, 13));
CREATE INDEX former_nik_person ON former_nik(person_id);
-- the change by hand that opened or closed a membership
ALTER TABLE membership ADD COLUMN change_id BIGINT;
ALTER TABLE membership ADD COLUMN closed_change_id BIGINT;
CREATE INDEX membership_change ON membership(change_id) WHERE change_id IS NOT NULL;
CREATE INDEX membership_closed_change ON membership(closed_change_id) WHERE closed_change_id IS NOT NULL;
-- the family that took this one in
ALTER TABLE family ADD COLUMN merged_into BIGINT;
CREATE INDEX family_merged ON family(merged_into) WHERE merged_into IS NOT NULL;
