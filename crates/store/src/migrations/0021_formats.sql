-- Layouts of lists made by hand, each the text of a format file. Never changed once saved: lists were read by them.
CREATE TABLE list_format (
  id TEXT PRIMARY KEY,              -- as the format file says it
  title TEXT NOT NULL,
  text TEXT NOT NULL,               -- TOML, in the form of the built-in formats
  file_name TEXT,                   -- the file it was made of, when it was
  made_by BIGINT REFERENCES app_user(id), made_at TEXT NOT NULL,
  off_at TEXT                       -- since then no file is recognised by it
);
