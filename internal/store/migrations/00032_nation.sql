-- +goose Up
-- In which nation somebody works: which law and which way to report a lesson
-- shows them first. The course is written for Wales.
ALTER TABLE people_persons ADD COLUMN nation TEXT NOT NULL DEFAULT 'wales'
  CHECK (nation IN ('wales', 'england', 'scotland', 'northern-ireland'));
