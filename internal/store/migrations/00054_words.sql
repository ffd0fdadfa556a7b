-- +goose Up
-- The words by which an agency finds its people, each from its first letter on: those
-- of the name, the address, its parts before the @, what is after it, and the staff
-- number. They follow from people_positions.words, which triggers see to; whatever
-- could be a part of JSON itself is a space.
DROP INDEX people_positions_words;

CREATE TABLE people_words (
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  word            TEXT NOT NULL CHECK (word <> ''),
  position_id     TEXT NOT NULL REFERENCES people_positions (id),
  PRIMARY KEY (organisation_id, board_id, word, position_id)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO people_words (organisation_id, board_id, word, position_id)
SELECT q.organisation_id, q.board_id, w.value, q.id FROM people_positions q,
  json_each('[' || replace(json_quote(replace(replace(q.words, char(10), ' '), '\', ' ') || ' '
    || replace(replace(replace(replace(replace(substr(q.words, 1, instr(q.words || '@', '@') - 1), char(10), ' '), '\', ' '), '-', ' '), '.', ' '), '_', ' ') || ' '
    || replace(replace(substr(q.words, instr(q.words || '@', '@')), char(10), ' '), '\', ' ')), ' ', '","') || ']') w
WHERE w.value <> '';

-- +goose StatementBegin
CREATE TRIGGER people_positions_words_new AFTER INSERT ON people_positions WHEN new.words <> ''
BEGIN
  INSERT OR IGNORE INTO people_words (organisation_id, board_id, word, position_id)
  SELECT new.organisation_id, new.board_id, w.value, new.id FROM
  json_each('[' || replace(json_quote(replace(replace(new.words, char(10), ' '), '\', ' ') || ' '
    || replace(replace(replace(replace(replace(substr(new.words, 1, instr(new.words || '@', '@') - 1), char(10), ' '), '\', ' '), '-', ' '), '.', ' '), '_', ' ') || ' '
    || replace(replace(substr(new.words, instr(new.words || '@', '@')), char(10), ' '), '\', ' ')), ' ', '","') || ']') w
  WHERE w.value <> '';
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER people_positions_words_change AFTER UPDATE OF words ON people_positions WHEN new.words <> old.words
BEGIN
  DELETE FROM people_words WHERE organisation_id = old.organisation_id AND board_id = old.board_id AND position_id = old.id AND word IN (SELECT w.value FROM
  json_each('[' || replace(json_quote(replace(replace(old.words, char(10), ' '), '\', ' ') || ' '
    || replace(replace(replace(replace(replace(substr(old.words, 1, instr(old.words || '@', '@') - 1), char(10), ' '), '\', ' '), '-', ' '), '.', ' '), '_', ' ') || ' '
    || replace(replace(substr(old.words, instr(old.words || '@', '@')), char(10), ' '), '\', ' ')), ' ', '","') || ']') w);
  INSERT OR IGNORE INTO people_words (organisation_id, board_id, word, position_id)
  SELECT new.organisation_id, new.board_id, w.value, new.id FROM
  json_each('[' || replace(json_quote(replace(replace(new.words, char(10), ' '), '\', ' ') || ' '
    || replace(replace(replace(replace(replace(substr(new.words, 1, instr(new.words || '@', '@') - 1), char(10), ' '), '\', ' '), '-', ' '), '.', ' '), '_', ' ') || ' '
    || replace(replace(substr(new.words, instr(new.words || '@', '@')), char(10), ' '), '\', ' ')), ' ', '","') || ']') w
  WHERE w.value <> '';
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER people_positions_words_gone BEFORE DELETE ON people_positions
BEGIN
  DELETE FROM people_words WHERE organisation_id = old.organisation_id AND board_id = old.board_id AND position_id = old.id AND word IN (SELECT w.value FROM
  json_each('[' || replace(json_quote(replace(replace(old.words, char(10), ' '), '\', ' ') || ' '
    || replace(replace(replace(replace(replace(substr(old.words, 1, instr(old.words || '@', '@') - 1), char(10), ' '), '\', ' '), '-', ' '), '.', ' '), '_', ' ') || ' '
    || replace(replace(substr(old.words, instr(old.words || '@', '@')), char(10), ' '), '\', ' ')), ' ', '","') || ']') w);
END;
-- +goose StatementEnd
