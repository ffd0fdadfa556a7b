-- +goose Up
-- Wrong codes of the app, a day long. Whoever holds a password may guess at six
-- digits for as long as the throttle's minutes pass; these say when it is enough.
CREATE TABLE people_totp_tries (
  id        INTEGER PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES people_persons (id),
  at        INTEGER NOT NULL
) STRICT;

CREATE INDEX people_totp_tries_person ON people_totp_tries (person_id, at);
