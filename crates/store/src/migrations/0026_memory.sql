-- A list taken back and entered again, and the lists that enter with it, link their rows as they did.
-- the lists beneath that were out when this one was taken out: their numbers, parted by commas; NULL: it never was
ALTER TABLE list_version ADD COLUMN missing TEXT;
-- whether the row's NIK was somebody else's; NULL: not, or nobody knows
ALTER TABLE list_memory ADD COLUMN conflict BOOLEAN;
-- whether the row told of somebody a second time; NULL: not, or nobody knows
ALTER TABLE list_memory ADD COLUMN repeats BOOLEAN;
-- as list_memory, of a time when other lists were out beneath than now. Kept until none is
CREATE TABLE list_past (
  version_id BIGINT NOT NULL, missing TEXT NOT NULL,
  kind TEXT NOT NULL, row_id BIGINT NOT NULL, id BIGINT NOT NULL, linked_by TEXT NOT NULL, conflict BOOLEAN, repeats BOOLEAN,
  PRIMARY KEY (version_id, missing, kind, row_id)
);
-- whom a list brought it brought, also where he was still there when it entered again
UPDATE list_unit SET linked_by = 'new' WHERE linked_by = 'again' AND EXISTS (SELECT 1 FROM family f WHERE f.id = list_unit.family_id AND f.created_version_id = list_unit.version_id);
UPDATE family_list SET linked_by = 'new' WHERE linked_by = 'again' AND EXISTS (SELECT 1 FROM family f WHERE f.id = family_list.family_id AND f.created_version_id = family_list.version_id);
UPDATE person_list SET linked_by = 'new' WHERE linked_by = 'again' AND EXISTS (SELECT 1 FROM person p WHERE p.created_version_id = person_list.version_id
  AND p.id = COALESCE((SELECT m.subject_id FROM merge_moved m WHERE m.what = 'person_list' AND m.row_id = person_list.row_id), person_list.person_id));
