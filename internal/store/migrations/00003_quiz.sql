-- +goose Up
-- One sitting of an assessment. Whether it is open follows from quiz_marks: the
-- column exists so that an index can refuse a second open one.
CREATE TABLE quiz_attempts (
  id           TEXT NOT NULL PRIMARY KEY,
  person_id    TEXT NOT NULL,
  enrolment_id TEXT NOT NULL,
  assessment   TEXT NOT NULL,
  number       INTEGER NOT NULL CHECK (number >= 1),
  max_attempts INTEGER NOT NULL CHECK (max_attempts >= 0),
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  edition      TEXT NOT NULL,
  bank_edition TEXT NOT NULL,
  rules        TEXT NOT NULL CHECK (json_valid(rules)),
  questions    INTEGER NOT NULL CHECK (questions >= 1),
  started_at   INTEGER NOT NULL,
  open         INTEGER NOT NULL DEFAULT 1 CHECK (open IN (0, 1)),
  UNIQUE (enrolment_id, assessment, number),
  CHECK (max_attempts = 0 OR number <= max_attempts)
) STRICT;

CREATE UNIQUE INDEX quiz_attempts_one_open ON quiz_attempts (enrolment_id, assessment) WHERE open = 1;

CREATE INDEX quiz_attempts_person ON quiz_attempts (person_id);

-- The paper, a row a question, so that a page reads one row and not the whole:
-- what was shown, what marks it, what is said afterwards. answer_key and
-- feedback never leave the room before the attempt is closed.
CREATE TABLE quiz_questions (
  attempt_id TEXT NOT NULL REFERENCES quiz_attempts (id),
  question   INTEGER NOT NULL CHECK (question >= 1),
  ref        TEXT NOT NULL,
  module     TEXT NOT NULL,
  objective  TEXT NOT NULL,
  paper      TEXT NOT NULL CHECK (json_valid(paper)),
  answer_key TEXT NOT NULL CHECK (json_valid(answer_key)),
  feedback   TEXT NOT NULL CHECK (json_valid(feedback)),
  PRIMARY KEY (attempt_id, question)
) STRICT;

-- Every version of every answer.
CREATE TABLE quiz_answers (
  attempt_id TEXT NOT NULL,
  question   INTEGER NOT NULL,
  version    INTEGER NOT NULL CHECK (version >= 1),
  response   TEXT NOT NULL CHECK (json_valid(response)),
  sure       TEXT CHECK (sure IN ('sure', 'fairly', 'guessing')),
  lang       TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at         INTEGER NOT NULL,
  PRIMARY KEY (attempt_id, question, version),
  FOREIGN KEY (attempt_id, question) REFERENCES quiz_questions (attempt_id, question)
) STRICT, WITHOUT ROWID;

-- A submitted attempt. The row is the submission, so its key is what makes a
-- second submission impossible. Points are in 5040ths of a question.
CREATE TABLE quiz_marks (
  attempt_id   TEXT NOT NULL PRIMARY KEY REFERENCES quiz_attempts (id),
  submitted_at INTEGER NOT NULL,
  points       INTEGER NOT NULL CHECK (points >= 0),
  possible     INTEGER NOT NULL CHECK (possible >= points AND possible > 0),
  percent      INTEGER NOT NULL CHECK (percent BETWEEN 0 AND 100),
  passed       INTEGER NOT NULL CHECK (passed IN (0, 1)),
  questions    TEXT NOT NULL CHECK (json_valid(questions)),
  objectives   TEXT NOT NULL CHECK (json_valid(objectives)),
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  edition      TEXT NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER quiz_attempts_frozen BEFORE UPDATE OF id, person_id, enrolment_id, assessment, number, max_attempts,
  lang, edition, bank_edition, rules, questions, started_at ON quiz_attempts
BEGIN
  SELECT RAISE(ABORT, 'quiz_attempts is frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_attempts_only_closed BEFORE UPDATE OF open ON quiz_attempts
WHEN NEW.open <> 0 OR NOT EXISTS (SELECT 1 FROM quiz_marks WHERE attempt_id = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'quiz_attempts is closed by its mark and never opened again');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_attempts_begin_open BEFORE INSERT ON quiz_attempts
WHEN NEW.open <> 1
BEGIN
  SELECT RAISE(ABORT, 'quiz_attempts begins open');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_attempts_no_delete BEFORE DELETE ON quiz_attempts
BEGIN
  SELECT RAISE(ABORT, 'quiz_attempts is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_questions_no_more BEFORE INSERT ON quiz_questions
WHEN NEW.question > (SELECT questions FROM quiz_attempts WHERE id = NEW.attempt_id)
BEGIN
  SELECT RAISE(ABORT, 'quiz_questions has the questions of the attempt and no more');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_questions_no_update BEFORE UPDATE ON quiz_questions
BEGIN
  SELECT RAISE(ABORT, 'quiz_questions is frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_questions_no_delete BEFORE DELETE ON quiz_questions
BEGIN
  SELECT RAISE(ABORT, 'quiz_questions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_answers_while_open BEFORE INSERT ON quiz_answers
WHEN EXISTS (SELECT 1 FROM quiz_marks WHERE attempt_id = NEW.attempt_id)
BEGIN
  SELECT RAISE(ABORT, 'quiz_answers takes none after the submission');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_answers_no_update BEFORE UPDATE ON quiz_answers
BEGIN
  SELECT RAISE(ABORT, 'quiz_answers is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_answers_no_delete BEFORE DELETE ON quiz_answers
BEGIN
  SELECT RAISE(ABORT, 'quiz_answers is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_marks_close AFTER INSERT ON quiz_marks
BEGIN
  UPDATE quiz_attempts SET open = 0 WHERE id = NEW.attempt_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_marks_no_update BEFORE UPDATE ON quiz_marks
BEGIN
  SELECT RAISE(ABORT, 'quiz_marks is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER quiz_marks_no_delete BEFORE DELETE ON quiz_marks
BEGIN
  SELECT RAISE(ABORT, 'quiz_marks is append-only');
END;
-- +goose StatementEnd
