-- Registry: people and families with dated memberships, linked to the list rows they come from.
CREATE TABLE family (
  id {{id}},
  kk TEXT,                          -- an attribute that changes; not the key
  head_person_id BIGINT, head_name TEXT NOT NULL, name_key TEXT NOT NULL,
  village BIGINT NOT NULL,          -- ten digits; the district's code when the village is unknown
  address TEXT NOT NULL, rt TEXT, rw TEXT, phone TEXT,
  members BIGINT NOT NULL,
  -- of the newest committed list that states one for the family; never computed by us
  desil BIGINT, desil_version_id BIGINT REFERENCES list_version(id),
  block TEXT NOT NULL,              -- '' or the fault code that keeps the family out of an SK until fixed
  state TEXT NOT NULL,              -- active, moved, dissolved, deceased
  lat DOUBLE PRECISION, lon DOUBLE PRECISION,
  created_version_id BIGINT REFERENCES list_version(id), created_at TEXT NOT NULL
);
CREATE INDEX family_village ON family(village, name_key);
-- the order families are shown in; with the village, so that a walk in that order need not fetch every row
CREATE INDEX family_name ON family(name_key, id, village);
CREATE INDEX family_kk ON family(kk);
CREATE INDEX family_kk_end ON family(substr(kk, 13));
CREATE INDEX family_desil ON family(desil, village);
CREATE TABLE person (
  id {{id}},
  nik TEXT, name TEXT NOT NULL, name_key TEXT NOT NULL, sex TEXT, birth_date TEXT,
  village BIGINT NOT NULL,          -- of the family lived in now: scope
  family_id BIGINT, relation TEXT,  -- the membership of now, repeated for reading
  state TEXT NOT NULL,              -- alive, deceased, moved
  created_version_id BIGINT, created_at TEXT NOT NULL
);
CREATE INDEX person_nik ON person(nik);
CREATE INDEX person_nik_end ON person(substr(nik, 13));
CREATE INDEX person_birth ON person(birth_date);
CREATE INDEX person_family ON person(family_id);
CREATE TABLE membership (
  id {{id}}, person_id BIGINT NOT NULL, family_id BIGINT NOT NULL,
  relation TEXT, since TEXT NOT NULL, until TEXT,
  why TEXT NOT NULL,                -- list, moved, relation, visit
  version_id BIGINT,                -- the list version that opened it
  closed_version_id BIGINT          -- the list version that closed it
);
CREATE INDEX membership_person ON membership(person_id);
CREATE INDEX membership_family ON membership(family_id);
-- which families and persons stand in which committed list version, by which row and by which rule they were linked
CREATE TABLE family_list (
  family_id BIGINT NOT NULL, version_id BIGINT NOT NULL, row_id BIGINT NOT NULL, -- its family row, else its first member row
  desil_national BIGINT, desil_province BIGINT, desil_district BIGINT, percentile BIGINT, village BIGINT NOT NULL, members BIGINT,
  linked_by TEXT NOT NULL,          -- list_family_id, kk, head_nik, new
  PRIMARY KEY (version_id, family_id)
);
CREATE INDEX family_list_family ON family_list(family_id);
CREATE TABLE person_list (
  person_id BIGINT NOT NULL, version_id BIGINT NOT NULL, row_id BIGINT NOT NULL,
  linked_by TEXT NOT NULL,          -- nik, list_person_id, in_family, new
  PRIMARY KEY (version_id, row_id)
);
CREATE INDEX person_list_person ON person_list(person_id);
-- search: every word of a person's name (as listed, and as found by the standing visit), and under person 0 the words of the
-- family's address and village; a person found by a visit that no list knows is minus the number of his line
CREATE TABLE search_word (
  word TEXT NOT NULL, family_id BIGINT NOT NULL, person_id BIGINT NOT NULL, village BIGINT NOT NULL,
  PRIMARY KEY (word, family_id, person_id, village)
){{keyed}};
CREATE INDEX search_word_family ON search_word(family_id);
-- every word there ever was; people: how often it occurred when the last list came in
CREATE TABLE search_lexicon (id {{id}}, word TEXT NOT NULL UNIQUE, people BIGINT NOT NULL);
-- work table: families whose words are being made anew. Empty outside of a change
CREATE TABLE search_due (family_id BIGINT NOT NULL);
CREATE TABLE saved_search (
  id {{id}}, user_id BIGINT NOT NULL REFERENCES app_user(id), name TEXT NOT NULL,
  filters TEXT NOT NULL,            -- JSON: what the address of the search says; never a number of somebody
  created_at TEXT NOT NULL,
  UNIQUE (user_id, name)
);
