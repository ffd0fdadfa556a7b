-- +goose Up
-- Details that were empty before each emptying got a line of its own. Nothing is
-- added later: what is empty and neither here nor covered by a line is a fault.
CREATE TABLE audit_emptied_before (
  event_id INTEGER PRIMARY KEY REFERENCES audit_events (id)
) STRICT;

INSERT INTO audit_emptied_before (event_id) SELECT event_id FROM audit_details WHERE detail = '' AND salt = '';

-- +goose StatementBegin
CREATE TRIGGER audit_emptied_before_no_insert BEFORE INSERT ON audit_emptied_before
BEGIN
  SELECT RAISE(ABORT, 'audit_emptied_before is closed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_emptied_before_no_update BEFORE UPDATE ON audit_emptied_before
BEGIN
  SELECT RAISE(ABORT, 'audit_emptied_before is closed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_emptied_before_no_delete BEFORE DELETE ON audit_emptied_before
BEGIN
  SELECT RAISE(ABORT, 'audit_emptied_before is closed');
END;
-- +goose StatementEnd
