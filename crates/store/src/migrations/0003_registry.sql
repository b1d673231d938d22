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
CREATE INDEX family_name ON family(name_key);
CREATE INDEX family_kk ON family(kk);
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
CREATE INDEX person_name ON person(name_key);
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
