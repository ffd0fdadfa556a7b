-- +goose Up
-- What only the owner can say in the privacy notice: one row, which is not there
-- until somebody has filled it in.
CREATE TABLE site_notices (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  basis_en   TEXT NOT NULL,
  basis_cy   TEXT NOT NULL,
  kept_en    TEXT NOT NULL,
  kept_cy    TEXT NOT NULL,
  helpers_en TEXT NOT NULL,
  helpers_cy TEXT NOT NULL,
  link       TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
