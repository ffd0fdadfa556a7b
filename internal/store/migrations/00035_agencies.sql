-- +goose Up
-- An agency that is retired takes in nobody new; its people, and what they learnt,
-- stay as they are. One that was merged is retired for good and names the agency to
-- which its people went.
ALTER TABLE people_organisations ADD COLUMN retired_at INTEGER;
ALTER TABLE people_organisations ADD COLUMN merged_into TEXT REFERENCES people_organisations (id)
  CHECK (merged_into IS NULL OR (merged_into <> id AND retired_at IS NOT NULL));
