-- Corrections of lists: workbooks that came back, cell by cell. The rows as they came stay; what is corrected lies over them.
CREATE TABLE list_correction (
  id {{id}},
  version_id BIGINT NOT NULL REFERENCES list_version(id),
  file_id BIGINT, sheet_no BIGINT,  -- NULL until its workbook was read: the file and sheet it corrects
  name TEXT NOT NULL, sha256 TEXT NOT NULL, size BIGINT NOT NULL,
  state TEXT NOT NULL,              -- reading, refused, nothing, ready, applying, applied, undoing, undone, discarded
  refusal TEXT,                     -- a word for why it was refused, and what it names
  summary TEXT NOT NULL DEFAULT '{}', -- JSON: counts of the difference
  made_by BIGINT REFERENCES app_user(id), made_at TEXT NOT NULL,
  applied_by BIGINT REFERENCES app_user(id), applied_at TEXT, applied_entry BIGINT, -- with the journal entry that tells of it
  undone_by BIGINT REFERENCES app_user(id), undone_at TEXT, undone_entry BIGINT
);
CREATE INDEX list_correction_version ON list_correction(version_id);
CREATE INDEX list_correction_file ON list_correction(file_id);
-- a cell corrected: what stood there when it was compared, and what the workbook says
CREATE TABLE list_correction_cell (
  correction_id BIGINT NOT NULL REFERENCES list_correction(id),
  row_no BIGINT NOT NULL, column_no BIGINT NOT NULL, -- the column counts from nought
  header TEXT NOT NULL,
  was TEXT NOT NULL, became TEXT NOT NULL, kind TEXT NOT NULL, -- text, number, date, bool, empty
  PRIMARY KEY (correction_id, row_no, column_no)
);
-- a row it concerns: corrected, affected by a corrected one, or one that could not be taken
CREATE TABLE list_correction_row (
  correction_id BIGINT NOT NULL REFERENCES list_correction(id),
  file_id BIGINT NOT NULL, row_no BIGINT NOT NULL,
  state TEXT NOT NULL,              -- corrected, affected; removed, added, twice, unknown (row_no: of the workbook for the last two)
  findings TEXT NOT NULL,           -- JSON: faults gone, left, new
  PRIMARY KEY (correction_id, file_id, state, row_no)
);
-- what it changes in the registry, for a list that is in it
CREATE TABLE list_correction_effect (
  correction_id BIGINT NOT NULL REFERENCES list_correction(id),
  kind TEXT NOT NULL, subject_id BIGINT NOT NULL, -- family, person
  field TEXT NOT NULL,              -- a column of that table; '' when it comes or goes
  was TEXT, became TEXT,
  PRIMARY KEY (correction_id, kind, subject_id, field)
);
