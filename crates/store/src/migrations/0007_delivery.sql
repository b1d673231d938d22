-- Delivery: events and one line a family; the lines are the equation.
CREATE TABLE event (
  id {{id}}, programme_id BIGINT NOT NULL REFERENCES programme(id), stage_id BIGINT NOT NULL REFERENCES programme_stage(id),
  name TEXT NOT NULL, place TEXT NOT NULL, starts_at TEXT NOT NULL, area BIGINT NOT NULL,
  unit_amount BIGINT NOT NULL,
  planned_families BIGINT NOT NULL, planned_amount BIGINT NOT NULL, -- as set up; the lines must add up to it
  state TEXT NOT NULL,              -- planned, open, closed, cancelled
  instructions TEXT NOT NULL, witnesses TEXT NOT NULL DEFAULT '',
  brought BIGINT,                   -- what was brought to the place: rupiah of cash, or parcels
  command_id TEXT UNIQUE,           -- of the form that made it: sent twice, made once
  created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL,
  opened_by BIGINT REFERENCES app_user(id), opened_at TEXT,
  closed_by BIGINT REFERENCES app_user(id), closed_at TEXT, close_note TEXT
);
CREATE INDEX event_programme ON event(programme_id);
-- money (or goods) given back for lines that were not paid
CREATE TABLE treasury_return (
  id {{id}}, event_id BIGINT NOT NULL REFERENCES event(id), command_id TEXT UNIQUE,
  number TEXT NOT NULL,             -- of the STS; for goods of the minutes
  returned_on TEXT NOT NULL, amount BIGINT NOT NULL, lines BIGINT NOT NULL,
  attachment_id BIGINT, created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL
);
CREATE TABLE event_line (
  id {{id}}, event_id BIGINT NOT NULL REFERENCES event(id), enrolment_id BIGINT NOT NULL REFERENCES enrolment(id), family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  number BIGINT NOT NULL, token TEXT NOT NULL UNIQUE,  -- opaque, in the QR
  head_name TEXT NOT NULL, name_key TEXT NOT NULL, address TEXT NOT NULL, amount BIGINT NOT NULL,
  origin TEXT NOT NULL DEFAULT 'first', -- first, rescheduled, replacement
  state TEXT NOT NULL,              -- planned, received, proxy, absent, failed, reassigned
  reason TEXT, note TEXT,           -- failed: the reason code, and words; reassigned: the words of the minutes
  minutes TEXT,                     -- reassigned: number of the minutes
  recipient TEXT, relation TEXT,    -- proxy: who, and how related (or the letter of attorney)
  proof TEXT NOT NULL DEFAULT '',   -- photo, signature, thumb, paper: joined by blanks
  to_line_id BIGINT,                -- reassigned: the replacement's line; absent, failed: the line planned anew
  from_line_id BIGINT,
  return_id BIGINT REFERENCES treasury_return(id), -- absent, failed: the money given back
  served_at TEXT, served_by BIGINT REFERENCES app_user(id), lat DOUBLE PRECISION, lon DOUBLE PRECISION,
  UNIQUE (event_id, enrolment_id),
  UNIQUE (event_id, number)
);
CREATE INDEX event_line_state ON event_line(event_id, state);
CREATE INDEX event_line_village ON event_line(event_id, village);
CREATE INDEX event_line_family ON event_line(family_id, state);
CREATE INDEX event_line_enrolment ON event_line(enrolment_id, state);
-- every command that came from a phone or form, so that sending twice does once
CREATE TABLE delivery_command (command_id TEXT PRIMARY KEY, event_id BIGINT NOT NULL, line_id BIGINT NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL, user_id BIGINT);
-- what was counted at the place, beside what Tuntas says should be there
CREATE TABLE cash_count (
  id {{id}}, event_id BIGINT NOT NULL REFERENCES event(id), command_id TEXT UNIQUE,
  amount BIGINT NOT NULL, expected BIGINT NOT NULL, counted_at TEXT NOT NULL, user_id BIGINT REFERENCES app_user(id), note TEXT
);
CREATE INDEX cash_count_event ON cash_count(event_id);
