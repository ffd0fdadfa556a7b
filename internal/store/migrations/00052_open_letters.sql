-- +goose Up

-- The e-mails of an agency of which nobody knows yet what became of them: few, among
-- all that it was ever sent.
CREATE INDEX course_letters_open ON course_letters (organisation_id, board_id, position_id) WHERE outcome = '';
