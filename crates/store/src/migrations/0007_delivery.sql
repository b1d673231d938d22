-- Delivery: events and one line a family; the lines are the equation.
CREATE TABLE event (
  id {{id}}, programme_id BIGINT NOT NULL REFERENCES programme(id), stage_id BIGINT REFERENCES programme_stage(id),
  name TEXT NOT NULL, place TEXT NOT NULL, starts_at TEXT NOT NULL, area BIGINT NOT NULL,
  unit_amount BIGINT NOT NULL,
  state TEXT NOT NULL,              -- planned, open, closed
  instructions TEXT NOT NULL, created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL, closed_by BIGINT REFERENCES app_user(id), closed_at TEXT
);
CREATE TABLE event_line (
  id {{id}}, event_id BIGINT NOT NULL REFERENCES event(id), enrolment_id BIGINT NOT NULL REFERENCES enrolment(id), family_id BIGINT NOT NULL REFERENCES family(id), village BIGINT NOT NULL,
  number BIGINT NOT NULL, token TEXT NOT NULL UNIQUE,  -- opaque, in the QR
  head_name TEXT NOT NULL, name_key TEXT NOT NULL, address TEXT NOT NULL, amount BIGINT NOT NULL,
  state TEXT NOT NULL,              -- planned, received, proxy, absent, failed, reassigned, returned
  reason TEXT, recipient TEXT, relation TEXT,
  to_line_id BIGINT,                -- reassigned: the line of the family that got it instead
  from_line_id BIGINT,
  served_at TEXT, served_by BIGINT REFERENCES app_user(id), lat DOUBLE PRECISION, lon DOUBLE PRECISION,
  UNIQUE (event_id, enrolment_id)
);
CREATE INDEX event_line_event ON event_line(event_id, state);
CREATE INDEX event_line_family ON event_line(family_id);
-- every command that came from a phone or form, so that sending twice does once
CREATE TABLE delivery_command (command_id TEXT PRIMARY KEY, event_id BIGINT NOT NULL, line_id BIGINT NOT NULL, what TEXT NOT NULL, outcome TEXT NOT NULL, at TEXT NOT NULL, user_id BIGINT);
CREATE TABLE treasury_return (id {{id}}, event_id BIGINT NOT NULL REFERENCES event(id), number TEXT NOT NULL, returned_on TEXT NOT NULL, amount BIGINT NOT NULL, lines BIGINT NOT NULL, attachment_id BIGINT, created_by BIGINT REFERENCES app_user(id), created_at TEXT NOT NULL);
CREATE TABLE cash_count (id {{id}}, event_id BIGINT NOT NULL REFERENCES event(id), amount BIGINT NOT NULL, counted_at TEXT NOT NULL, user_id BIGINT, note TEXT);
