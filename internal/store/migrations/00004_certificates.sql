-- +goose Up
-- What was awarded, word for word as it is printed. A row is never changed: a
-- correction is a new row of the next revision, a change of status a row of
-- certificates_status. Ids of people and courses are kept without references,
-- because a certificate outlives what it was awarded for.
CREATE TABLE certificates_issued (
  id              TEXT PRIMARY KEY CHECK (length(id) = 26),
  kind            TEXT NOT NULL CHECK (kind IN ('completion')),
  revision        INTEGER NOT NULL CHECK (revision >= 1),
  person_id       TEXT NOT NULL,
  enrolment_id    TEXT NOT NULL,
  attempt_id      TEXT NOT NULL,
  organisation_id TEXT NOT NULL,
  holder_name     TEXT NOT NULL CHECK (holder_name <> ''),
  course_slug     TEXT NOT NULL,
  title_en        TEXT NOT NULL,
  title_cy        TEXT NOT NULL,
  edition         TEXT NOT NULL,
  edition_hash    TEXT NOT NULL,
  language        TEXT NOT NULL CHECK (language IN ('en', 'cy')),
  minutes         INTEGER NOT NULL CHECK (minutes > 0),
  objectives      TEXT NOT NULL CHECK (json_valid(objectives)),
  board_id        TEXT NOT NULL,
  board_en        TEXT NOT NULL,
  board_cy        TEXT NOT NULL,
  completed_at    INTEGER NOT NULL,
  valid_until     INTEGER,
  reviewed        INTEGER NOT NULL CHECK (reviewed IN (0, 1)),
  demonstration   INTEGER NOT NULL CHECK (demonstration IN (0, 1)),
  issued_at       INTEGER NOT NULL,
  UNIQUE (enrolment_id, course_slug, kind, revision)
) STRICT;

CREATE INDEX certificates_issued_person ON certificates_issued (person_id, issued_at);

-- What a board finds in its register.
CREATE TABLE certificates_register (
  id             INTEGER PRIMARY KEY,
  board_id       TEXT NOT NULL CHECK (board_id <> ''),
  certificate_id TEXT NOT NULL REFERENCES certificates_issued (id),
  entered_at     INTEGER NOT NULL,
  UNIQUE (board_id, certificate_id)
) STRICT;

CREATE INDEX certificates_register_certificate ON certificates_register (certificate_id);

CREATE TABLE certificates_status (
  certificate_id TEXT NOT NULL REFERENCES certificates_issued (id),
  status         TEXT NOT NULL CHECK (status IN ('superseded', 'revoked')),
  successor_id   TEXT REFERENCES certificates_issued (id),
  reason         TEXT NOT NULL,
  at             INTEGER NOT NULL,
  PRIMARY KEY (certificate_id, status),
  CHECK ((status = 'superseded') = (successor_id IS NOT NULL)),
  CHECK (status <> 'revoked' OR reason <> ''),
  CHECK (successor_id <> certificate_id)
) STRICT;

CREATE INDEX certificates_status_successor ON certificates_status (successor_id);

CREATE TABLE certificates_signatures (
  certificate_id TEXT PRIMARY KEY REFERENCES certificates_issued (id),
  kid            TEXT NOT NULL,
  token          TEXT NOT NULL,
  signed_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX certificates_signatures_kid ON certificates_signatures (kid);

-- +goose StatementBegin
CREATE TRIGGER certificates_issued_no_update BEFORE UPDATE ON certificates_issued
BEGIN
  SELECT RAISE(ABORT, 'certificates_issued is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER certificates_issued_no_delete BEFORE DELETE ON certificates_issued
BEGIN
  SELECT RAISE(ABORT, 'certificates_issued is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER certificates_register_no_update BEFORE UPDATE ON certificates_register
BEGIN
  SELECT RAISE(ABORT, 'certificates_register is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER certificates_register_no_delete BEFORE DELETE ON certificates_register
BEGIN
  SELECT RAISE(ABORT, 'certificates_register is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER certificates_status_no_update BEFORE UPDATE ON certificates_status
BEGIN
  SELECT RAISE(ABORT, 'certificates_status is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER certificates_status_no_delete BEFORE DELETE ON certificates_status
BEGIN
  SELECT RAISE(ABORT, 'certificates_status is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER certificates_signatures_no_update BEFORE UPDATE ON certificates_signatures
BEGIN
  SELECT RAISE(ABORT, 'certificates_signatures is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER certificates_signatures_no_delete BEFORE DELETE ON certificates_signatures
BEGIN
  SELECT RAISE(ABORT, 'certificates_signatures is append-only');
END;
-- +goose StatementEnd
