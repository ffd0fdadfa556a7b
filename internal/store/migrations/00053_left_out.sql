-- +goose Up
-- Of a list that is carried out: how many who are new were not invited, and how many
-- who do not stand in it were left as they were.
ALTER TABLE people_imports ADD COLUMN uninvited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people_imports ADD COLUMN stayed INTEGER NOT NULL DEFAULT 0;
