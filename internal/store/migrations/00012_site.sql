-- +goose Up
-- What the site says of itself: one row, which is not there until somebody has
-- filled it in.
CREATE TABLE site_details (
  id               INTEGER PRIMARY KEY CHECK (id = 1),
  owner_name_en    TEXT NOT NULL,
  owner_name_cy    TEXT NOT NULL,
  owner_email      TEXT NOT NULL,
  owner_phone      TEXT NOT NULL,
  owner_hours_en   TEXT NOT NULL,
  owner_hours_cy   TEXT NOT NULL,
  owner_address_en TEXT NOT NULL,
  owner_address_cy TEXT NOT NULL,
  privacy_name_en  TEXT NOT NULL,
  privacy_name_cy  TEXT NOT NULL,
  privacy_email    TEXT NOT NULL,
  privacy_phone    TEXT NOT NULL,
  changed_at       INTEGER NOT NULL
) STRICT;

-- Steps of setting the site up that were left unfinished.
CREATE TABLE site_skipped (
  step TEXT PRIMARY KEY CHECK (step IN ('boards', 'agency', 'contacts', 'letters')),
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What came of each letter that was sent to try the post; '' is that it was
-- taken.
CREATE TABLE site_tries (
  id    INTEGER PRIMARY KEY,
  at    INTEGER NOT NULL,
  fault TEXT NOT NULL
) STRICT;
