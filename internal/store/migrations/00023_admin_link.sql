-- +goose Up
-- A link that was made on the machine for an administrator who can no longer get
-- in, or for whoever is to be one: whose it is, or the address and the place of
-- somebody who has no account yet.
ALTER TABLE people_setup ADD COLUMN person_id TEXT REFERENCES people_persons (id);
ALTER TABLE people_setup ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE people_setup ADD COLUMN organisation_id TEXT REFERENCES people_organisations (id);
ALTER TABLE people_setup ADD COLUMN board_id TEXT REFERENCES people_boards (id);
