-- +goose Up
-- Who was erased, and when somebody last came in, so that it is known who has
-- not for long. What is left of a person is their id.
ALTER TABLE people_persons ADD COLUMN erased_at INTEGER;
ALTER TABLE people_persons ADD COLUMN seen_at INTEGER;

UPDATE people_persons SET seen_at = max(created_at, coalesce((SELECT max(at) FROM audit_events
  WHERE subject = 'person:' || people_persons.id AND verb = 'people.signed_in'), 0));

CREATE INDEX people_persons_erased ON people_persons (erased_at) WHERE erased_at IS NOT NULL;
CREATE INDEX people_invitations_accepted ON people_invitations (accepted_by) WHERE accepted_by IS NOT NULL;

-- What is left of a certificate whose holder was erased: a hash of what was
-- signed, by which the paper is known, and whether all was in order then.
CREATE TABLE certificates_erased (
  certificate_id TEXT PRIMARY KEY REFERENCES certificates_issued (id),
  token_hash     TEXT NOT NULL CHECK (length(token_hash) = 64),
  held           INTEGER NOT NULL CHECK (held IN (0, 1)),
  at             INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER certificates_erased_no_update BEFORE UPDATE ON certificates_erased
BEGIN
  SELECT RAISE(ABORT, 'certificates_erased is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER certificates_erased_no_delete BEFORE DELETE ON certificates_erased
BEGIN
  SELECT RAISE(ABORT, 'certificates_erased is append-only');
END;
-- +goose StatementEnd

-- Of a certificate that is erased the holder's name may be taken away, and what
-- was signed, which holds it. Nothing else may change, before or after.
-- +goose StatementBegin
DROP TRIGGER certificates_issued_no_update;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificates_issued_no_update BEFORE UPDATE ON certificates_issued
WHEN NEW.holder_name <> '[erased]' OR NOT EXISTS (SELECT 1 FROM certificates_erased WHERE certificate_id = OLD.id)
  OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.revision <> OLD.revision OR NEW.person_id <> OLD.person_id
  OR NEW.enrolment_id <> OLD.enrolment_id OR NEW.attempt_id <> OLD.attempt_id OR NEW.organisation_id <> OLD.organisation_id
  OR NEW.course_slug <> OLD.course_slug OR NEW.title_en <> OLD.title_en OR NEW.title_cy <> OLD.title_cy
  OR NEW.edition <> OLD.edition OR NEW.edition_hash <> OLD.edition_hash OR NEW.language <> OLD.language
  OR NEW.minutes <> OLD.minutes OR NEW.objectives <> OLD.objectives OR NEW.board_id <> OLD.board_id
  OR NEW.board_en <> OLD.board_en OR NEW.board_cy <> OLD.board_cy OR NEW.completed_at <> OLD.completed_at
  OR NEW.valid_until IS NOT OLD.valid_until OR NEW.reviewed <> OLD.reviewed OR NEW.demonstration <> OLD.demonstration
  OR NEW.issued_at <> OLD.issued_at
BEGIN
  SELECT RAISE(ABORT, 'certificates_issued is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
DROP TRIGGER certificates_signatures_no_update;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificates_signatures_no_update BEFORE UPDATE ON certificates_signatures
WHEN NEW.token <> '' OR NOT EXISTS (SELECT 1 FROM certificates_erased WHERE certificate_id = OLD.certificate_id)
  OR NEW.certificate_id <> OLD.certificate_id OR NEW.kid <> OLD.kid OR NEW.signed_at <> OLD.signed_at
BEGIN
  SELECT RAISE(ABORT, 'certificates_signatures is append-only');
END;
-- +goose StatementEnd
