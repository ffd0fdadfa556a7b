-- +goose Up
-- How long each kind of thing is kept, in days; 0 is until somebody decides. A
-- kind that is not here is kept as the program thinks fit.
CREATE TABLE site_retention (
  kind       TEXT PRIMARY KEY CHECK (kind <> ''),
  days       INTEGER NOT NULL CHECK (days BETWEEN 0 AND 36500),
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What each night's run took away. One that is not finished goes on after a
-- crash, with the days and the moment that it began with.
CREATE TABLE site_retention_runs (
  id          INTEGER PRIMARY KEY,
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  days        TEXT NOT NULL CHECK (json_valid(days)),
  counts      TEXT NOT NULL CHECK (json_valid(counts))
) STRICT;

CREATE UNIQUE INDEX site_retention_runs_open ON site_retention_runs (coalesce(finished_at, 0)) WHERE finished_at IS NULL;
