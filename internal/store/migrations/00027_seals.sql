-- +goose Up
-- Answers, and parts that were read, bear a hash of themselves: so a change in
-- them is noticed before the record speaks of them, which it does when the
-- attempt is handed in, and when the module is completed. Rows from before have
-- none.
ALTER TABLE quiz_answers ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE course_sections_read ADD COLUMN seal TEXT NOT NULL DEFAULT '';
