-- +goose Up
-- A line of the record may bear the print of the evidence that it speaks of: a
-- hash of the whole row, which the chain then holds fast. Lines from before have
-- none.
ALTER TABLE audit_events ADD COLUMN print TEXT NOT NULL DEFAULT '';

-- How many lines there are and how the last one ends, so that lines cut off at
-- the end are missed. It follows by itself and goes forward only.
CREATE TABLE audit_head (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  lines INTEGER NOT NULL,
  hash  TEXT NOT NULL
) STRICT;

INSERT INTO audit_head (id, lines, hash)
SELECT 1, (SELECT count(*) FROM audit_events), coalesce((SELECT hash FROM audit_events ORDER BY id DESC LIMIT 1), '');

-- +goose StatementBegin
CREATE TRIGGER audit_events_counted AFTER INSERT ON audit_events
BEGIN
  UPDATE audit_head SET lines = NEW.id, hash = NEW.hash WHERE id = 1;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head
WHEN NEW.lines <> OLD.lines + 1 OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'audit_head goes forward line by line');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
BEGIN
  SELECT RAISE(ABORT, 'audit_head stays');
END;
-- +goose StatementEnd

-- The public halves of all keys that have signed here, so that a backup alone
-- can tell whether a certificate is genuine.
CREATE TABLE certificates_keys (
  kid      TEXT PRIMARY KEY,
  public   TEXT NOT NULL CHECK (public <> ''),
  added_at INTEGER NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER certificates_keys_no_update BEFORE UPDATE ON certificates_keys
BEGIN
  SELECT RAISE(ABORT, 'certificates_keys is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER certificates_keys_no_delete BEFORE DELETE ON certificates_keys
BEGIN
  SELECT RAISE(ABORT, 'certificates_keys is append-only');
END;
-- +goose StatementEnd
