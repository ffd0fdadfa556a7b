-- +goose Up
-- A board reads its register from the newest entry on, or between two days, and
-- narrows it to an agency; the editions that are there are found without reading
-- every certificate.
CREATE INDEX certificates_register_entered ON certificates_register (board_id, entered_at);
CREATE INDEX certificates_issued_agency ON certificates_issued (board_id, organisation_id);
CREATE INDEX certificates_issued_edition ON certificates_issued (board_id, edition);
