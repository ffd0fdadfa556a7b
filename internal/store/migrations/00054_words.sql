-- +goose Up
-- The words by which an agency finds its people, each from its first letter on: those
-- of the name, the address, the part of it before the @ and the rest with it, and the
-- staff number; and whatever hyphens, full stops, brackets and the like divide of these,
-- but not of what stands behind the @, which is everybody's. They follow from
-- people_positions.words, which triggers see to.
DROP INDEX people_positions_words;

CREATE TABLE people_words (
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  word            TEXT NOT NULL CHECK (word <> ''),
  position_id     TEXT NOT NULL REFERENCES people_positions (id),
  PRIMARY KEY (organisation_id, board_id, word, position_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX people_words_position ON people_words (position_id);

-- Words lie as name, address and staff number, a line each; whatever could be a part
-- of JSON itself is a space.
CREATE VIEW people_words_of AS
SELECT p.id AS position_id, p.organisation_id, p.board_id, w.value AS word FROM (
  SELECT q.id, q.organisation_id, q.board_id, replace(q.words, '\', ' ') AS words, instr(q.words || '@', '@') AS at,
    instr(substr(q.words, instr(q.words || '@', '@')) || char(10), char(10)) AS behind
  FROM people_positions q) p,
  json_each('[' || replace(json_quote(replace(p.words || ' ' || substr(p.words, p.at) || ' '
    || replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((substr(p.words, 1, p.at - 1) || ' ' || substr(p.words, p.at + p.behind)), '-', ' '), '.', ' '), '_', ' '), ',', ' '), ';', ' '), ':', ' '), '(', ' '), ')', ' '), '/', ' '), '&', ' '), '+', ' '), '"', ' '), '–', ' '), '—', ' '), '‘', ' '), '“', ' '), '”', ' '), char(10), ' ')), ' ', '","') || ']') w
WHERE w.value <> '';

INSERT OR IGNORE INTO people_words (organisation_id, board_id, word, position_id)
SELECT organisation_id, board_id, word, position_id FROM people_words_of;

-- +goose StatementBegin
CREATE TRIGGER people_positions_words_new AFTER INSERT ON people_positions WHEN new.words <> ''
BEGIN
  INSERT OR IGNORE INTO people_words (organisation_id, board_id, word, position_id)
  SELECT organisation_id, board_id, word, position_id FROM people_words_of WHERE position_id = new.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER people_positions_words_change AFTER UPDATE OF words ON people_positions WHEN new.words <> old.words
BEGIN
  DELETE FROM people_words WHERE position_id = old.id;
  INSERT OR IGNORE INTO people_words (organisation_id, board_id, word, position_id)
  SELECT organisation_id, board_id, word, position_id FROM people_words_of WHERE position_id = new.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER people_positions_words_gone BEFORE DELETE ON people_positions
BEGIN
  DELETE FROM people_words WHERE position_id = old.id;
END;
-- +goose StatementEnd
