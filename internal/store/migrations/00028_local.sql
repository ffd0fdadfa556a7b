-- +goose Up
-- What a board adds to a card and its module for its own area, edition by edition:
-- the newest counts, and one without words takes the note away. about is the name
-- of the card.
CREATE TABLE site_local_notes (
  id        TEXT PRIMARY KEY,
  board_id  TEXT NOT NULL REFERENCES people_boards (id),
  about     TEXT NOT NULL,
  edition   INTEGER NOT NULL CHECK (edition >= 1),
  text_en   TEXT NOT NULL,
  text_cy   TEXT NOT NULL,
  review_by TEXT NOT NULL,
  saved_by  TEXT NOT NULL,
  saved_at  INTEGER NOT NULL,
  UNIQUE (board_id, about, edition)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER site_local_notes_no_update BEFORE UPDATE ON site_local_notes
BEGIN
  SELECT RAISE(ABORT, 'site_local_notes is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER site_local_notes_no_delete BEFORE DELETE ON site_local_notes
BEGIN
  SELECT RAISE(ABORT, 'site_local_notes is append-only');
END;
-- +goose StatementEnd
