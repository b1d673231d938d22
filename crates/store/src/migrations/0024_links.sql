-- Linking and taking back large lists. Work tables are empty outside of a linking; a row's number is the key of the table itself where
-- the database can.
DROP TABLE list_link;
-- which person each row is
CREATE TABLE list_link (
  row_id {{row}}, version_id BIGINT NOT NULL, family_key TEXT NOT NULL,
  same_as BIGINT NOT NULL,          -- the first row of the version that is the same person
  person_id BIGINT, linked_by TEXT NOT NULL, -- nik, list_person_id, in_family, likeness, new, again; '' while open
  conflict BOOLEAN NOT NULL,        -- the NIK belongs to another person already
  move TEXT NOT NULL,               -- for a person already known: '' stays, family, relation; past: this list is older than what we know
  found_id BIGINT                   -- the person given up whom the row was found to be, before it was followed to the one kept
);
-- not by version: all rows are of one, and a walk over them is to go in their order
CREATE INDEX list_link_unit ON list_link(family_key);
-- rows that share a number with another row of the list
CREATE TABLE list_shared (
  row_id BIGINT NOT NULL, number TEXT NOT NULL, -- N and a NIK, L and the list's own identifier
  file_id BIGINT NOT NULL, name_key TEXT, birth_date TEXT
);
CREATE INDEX list_shared_number ON list_shared(number, row_id);
-- whom a family still needs as its head is asked of everybody who might leave with a list
CREATE INDEX family_head ON family(head_person_id);
