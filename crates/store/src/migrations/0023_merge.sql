-- Two people of the registry are one: the record given up points to the one kept. What became of both is a change by hand.
ALTER TABLE person ADD COLUMN merged_into BIGINT;
CREATE INDEX person_merged ON person(merged_into) WHERE merged_into IS NOT NULL;
-- rows that told of a person or family given up and stand under the other now: whose they were
CREATE TABLE merge_moved (
  what TEXT NOT NULL,               -- the table: person_list, visit_member; assignment, visit, enrolment, event_line, ...
  row_id BIGINT NOT NULL,           -- its key; of a list the row
  subject_id BIGINT NOT NULL,       -- the person (of person_list and visit_member) or family it told of first
  PRIMARY KEY (what, row_id)
);
CREATE INDEX merge_moved_subject ON merge_moved(subject_id, what);
-- while a list is linked: the person given up whom a row was found to be, before it was followed to the one kept
ALTER TABLE list_link ADD COLUMN found_id BIGINT;
