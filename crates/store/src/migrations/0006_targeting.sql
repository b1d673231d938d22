-- Targeting: a determination ranks the verified of a round; a person signs; the decree (SK) freezes it.
CREATE TABLE determination (
  id {{id}}, name TEXT NOT NULL, round_id BIGINT NOT NULL REFERENCES round(id), programme_id BIGINT REFERENCES programme(id),
  criteria TEXT NOT NULL,           -- JSON: domain::targeting::Criteria
  quota TEXT NOT NULL,              -- JSON: domain::targeting::Quota
  state TEXT NOT NULL,              -- draft, proposed, returned, signed
  revision BIGINT NOT NULL DEFAULT 0, -- counts the rankings
  ranked_at TEXT, candidates BIGINT NOT NULL, eligible BIGINT NOT NULL, selected BIGINT NOT NULL, amount BIGINT NOT NULL,
  proposed_by BIGINT REFERENCES app_user(id), proposed_at TEXT,
  returned_by BIGINT REFERENCES app_user(id), returned_at TEXT, returned_reason TEXT,
  command_id TEXT UNIQUE,           -- of the form that made it: sent twice, made once
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL
);
CREATE INDEX determination_round ON determination(round_id);
CREATE INDEX determination_programme ON determination(programme_id);
CREATE TABLE decree (
  id {{id}}, determination_id BIGINT NOT NULL UNIQUE REFERENCES determination(id), number TEXT NOT NULL UNIQUE, decided_on TEXT NOT NULL, title TEXT NOT NULL,
  signer_id BIGINT REFERENCES app_user(id), signer_name TEXT NOT NULL, signer_position TEXT NOT NULL, signer_nip TEXT, acting BOOLEAN NOT NULL,
  rule TEXT NOT NULL,               -- JSON: criteria, quota and what they were applied to, as of the signing
  digest TEXT NOT NULL,             -- SHA-256 over all of the above and every line of the determination
  families BIGINT NOT NULL, amount BIGINT NOT NULL, signed_at TEXT NOT NULL,
  command_id TEXT UNIQUE,           -- of the form: sent twice, signed once
  attachment_id BIGINT REFERENCES attachment(id) -- the scan signed by hand
);
CREATE TABLE determination_line (
  id {{id}}, determination_id BIGINT NOT NULL REFERENCES determination(id), family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  rank BIGINT, score BIGINT,        -- thousandths of a point
  facts TEXT NOT NULL DEFAULT '{}', -- JSON: welfare::Facts, what the rule looked at
  parts TEXT NOT NULL,              -- JSON: what the score is made of
  state TEXT NOT NULL,              -- selected, reserve, excluded
  why TEXT NOT NULL,                -- domain::targeting::Why, or Exclusion
  detail TEXT NOT NULL DEFAULT '{}', -- JSON: the limit, the last one chosen, the tie, the reason
  -- frozen when signed; nik and kk of those chosen only
  head_name TEXT, nik TEXT, kk TEXT, address TEXT, village_name TEXT, subdistrict_name TEXT, members BIGINT, amount BIGINT,
  UNIQUE (determination_id, family_id)
);
CREATE INDEX determination_line_rank ON determination_line(determination_id, rank);
CREATE INDEX determination_line_village ON determination_line(determination_id, village);
-- the counts of every page look at these columns only: lines are long, indexes are not
CREATE INDEX determination_line_state ON determination_line(determination_id, state, village, family_id);
CREATE INDEX determination_line_family ON determination_line(family_id, state, determination_id);
-- what a person decided about one family against the ranking, with the reason
CREATE TABLE determination_choice (
  determination_id BIGINT NOT NULL REFERENCES determination(id), family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  place BIGINT,                     -- the rank it is given; NULL: taken out
  reason TEXT NOT NULL, user_id BIGINT REFERENCES app_user(id), at TEXT NOT NULL,
  PRIMARY KEY (determination_id, family_id)
);
-- families verified but not served get an answer: handed to an agency, or refused, with a reason
CREATE TABLE referral (
  id {{id}}, determination_id BIGINT REFERENCES determination(id), round_id BIGINT REFERENCES round(id), family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  kind TEXT NOT NULL,               -- referred, refused
  agency_id BIGINT REFERENCES agency(id),
  need TEXT,                        -- what the agency is asked for, in words
  reason TEXT NOT NULL,
  state TEXT NOT NULL,              -- sent, accepted, declined, served; refused: closed
  answer TEXT, answered_by BIGINT REFERENCES app_user(id), answered_at TEXT,
  journal_id BIGINT NOT NULL,       -- the entry that made it: many are made at once
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL
);
CREATE INDEX referral_agency ON referral(agency_id, state);
CREATE INDEX referral_family ON referral(family_id);
CREATE INDEX referral_round ON referral(round_id, family_id);
CREATE INDEX referral_journal ON referral(journal_id);
