-- Targeting: a determination ranks the verified of a round; a person signs; the decree (SK) freezes it.
CREATE TABLE determination (
  id {{id}}, name TEXT NOT NULL, round_id BIGINT NOT NULL REFERENCES round(id), programme_id BIGINT REFERENCES programme(id),
  criteria TEXT NOT NULL,           -- JSON: the rule (weights by desil, needs, members, ...), as reviewed by officials
  quota TEXT NOT NULL,              -- JSON: families in all, by village, budget ceiling, rupiah a family
  state TEXT NOT NULL,              -- draft, proposed, returned, signed
  ranked_at TEXT, candidates BIGINT NOT NULL, eligible BIGINT NOT NULL, selected BIGINT NOT NULL, amount BIGINT NOT NULL,
  proposed_by BIGINT REFERENCES app_user(id), proposed_at TEXT, returned_reason TEXT,
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL
);
CREATE TABLE decree (
  id {{id}}, determination_id BIGINT NOT NULL REFERENCES determination(id), number TEXT NOT NULL UNIQUE, decided_on TEXT NOT NULL, title TEXT NOT NULL,
  signer_id BIGINT REFERENCES app_user(id), signer_name TEXT NOT NULL, signer_position TEXT NOT NULL, signer_nip TEXT, acting BOOLEAN NOT NULL,
  rule TEXT NOT NULL,               -- JSON: criteria and quota as of the signing
  digest TEXT NOT NULL,             -- SHA-256 over rule and annex
  families BIGINT NOT NULL, amount BIGINT NOT NULL, signed_at TEXT NOT NULL, attachment_id BIGINT REFERENCES attachment(id)
);
CREATE TABLE determination_line (
  id {{id}}, determination_id BIGINT NOT NULL REFERENCES determination(id), family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  rank BIGINT, score BIGINT,        -- thousandths of a point
  parts TEXT NOT NULL,              -- JSON: what the score is made of
  state TEXT NOT NULL,              -- selected, reserve, excluded
  why TEXT NOT NULL,                -- reason code: quota_village, quota_total, ceiling, tie..., or why excluded
  -- frozen when signed
  head_name TEXT, nik TEXT, kk TEXT, address TEXT, village_name TEXT, subdistrict_name TEXT, members BIGINT, amount BIGINT,
  UNIQUE (determination_id, family_id)
);
CREATE INDEX determination_line_rank ON determination_line(determination_id, rank);
CREATE INDEX determination_line_family ON determination_line(family_id);
-- families verified but not served get an answer: handed to an agency, or refused, with a reason
CREATE TABLE referral (
  id {{id}}, determination_id BIGINT REFERENCES determination(id), round_id BIGINT REFERENCES round(id), family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  kind TEXT NOT NULL,               -- referred, refused
  agency_id BIGINT REFERENCES agency(id), need TEXT, reason TEXT NOT NULL,
  state TEXT NOT NULL,              -- sent, accepted, declined, served; refused: closed
  answer TEXT, answered_by BIGINT REFERENCES app_user(id), answered_at TEXT,
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL
);
CREATE INDEX referral_agency ON referral(agency_id, state);
CREATE INDEX referral_family ON referral(family_id);
