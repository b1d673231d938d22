-- Likeness: which records may be one person. The models that weighed them, what they saw, and what people decided.
-- every model there ever was; the newest is the one used
CREATE TABLE match_model (
  id {{id}},
  origin TEXT NOT NULL,             -- shipped, refitted
  model TEXT NOT NULL,              -- JSON: linkage::model::Model
  shift DOUBLE PRECISION NOT NULL,  -- bits by which decisions moved the starting point
  decisions BIGINT NOT NULL,        -- that it was refitted from
  report TEXT NOT NULL,             -- JSON: the numbers before and after
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL
);
-- why a row of a list was taken for a person it does not name by an exact key. Kept when its list is taken back: it enters again the same
CREATE TABLE match_link (
  row_id BIGINT PRIMARY KEY, version_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
  model_id BIGINT NOT NULL REFERENCES match_model(id),
  weight DOUBLE PRECISION NOT NULL,
  evidence TEXT NOT NULL            -- JSON: store::registry::likeness::Evidence
);
CREATE INDEX match_link_version ON match_link(version_id);
-- two persons of the registry who may be one. Decided once, it is not asked again
CREATE TABLE match_pair (
  id {{id}},
  one_id BIGINT NOT NULL, other_id BIGINT NOT NULL, -- the smaller number first
  version_id BIGINT,                -- the list that brought the later of the two
  model_id BIGINT NOT NULL REFERENCES match_model(id),
  weight DOUBLE PRECISION NOT NULL, evidence TEXT NOT NULL,
  state TEXT NOT NULL,              -- open, unsure, same, different; same is open again once its merging was sent or taken back
  decision_id BIGINT,               -- the one that stands
  held_by BIGINT REFERENCES app_user(id), held_until TEXT, -- somebody looks at it until then
  created_at TEXT NOT NULL,
  UNIQUE (one_id, other_id)
);
CREATE INDEX match_pair_state ON match_pair(state, weight);
CREATE INDEX match_pair_other ON match_pair(other_id);
-- what somebody decided of a pair, and when it was taken back
CREATE TABLE match_decision (
  id {{id}}, pair_id BIGINT NOT NULL REFERENCES match_pair(id),
  verdict TEXT NOT NULL,            -- same, different, unsure
  kept_id BIGINT,                   -- of one person: whose record stays
  reason TEXT NOT NULL,
  bulk BOOLEAN NOT NULL,            -- with others like it, not looked at alone
  merge_id BIGINT,                  -- the merging it led to: a change by hand
  decided_by BIGINT REFERENCES app_user(id), decided_at TEXT NOT NULL,
  ended_by BIGINT REFERENCES app_user(id), ended_at TEXT, ended_reason TEXT -- taken back
);
CREATE INDEX match_decision_pair ON match_decision(pair_id, id);
