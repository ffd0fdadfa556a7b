-- +goose Up
-- Where the people of an agency sign in as they do at work. sealed holds the
-- secret, or the site's own key, closed with a key of the data folder. What the
-- last test found stays beside it.
CREATE TABLE people_providers (
  id              TEXT PRIMARY KEY,
  key             TEXT NOT NULL UNIQUE,
  organisation_id TEXT NOT NULL REFERENCES people_organisations (id),
  name_en         TEXT NOT NULL,
  name_cy         TEXT NOT NULL,
  issuer          TEXT NOT NULL,
  client_id       TEXT NOT NULL,
  proof           TEXT NOT NULL CHECK (proof IN ('secret', 'key')),
  sealed          TEXT NOT NULL,
  scopes          TEXT NOT NULL,
  acr             TEXT NOT NULL,
  second_factor   INTEGER NOT NULL CHECK (second_factor IN (0, 1)),
  only_way        INTEGER NOT NULL CHECK (only_way IN (0, 1)),
  enabled         INTEGER NOT NULL DEFAULT 0 CHECK (enabled IN (0, 1)),
  end_session_url TEXT NOT NULL DEFAULT '',
  created_at      INTEGER NOT NULL,
  tested_at       INTEGER,
  fault           TEXT NOT NULL DEFAULT '',
  fault_said      TEXT NOT NULL DEFAULT '',
  CHECK (enabled = 0 OR tested_at IS NOT NULL)
) STRICT;

CREATE INDEX people_providers_organisation ON people_providers (organisation_id);
CREATE INDEX people_providers_issuer ON people_providers (issuer);

-- The e-mail domains whose people a provider speaks for.
CREATE TABLE people_provider_domains (
  domain      TEXT NOT NULL,
  provider_id TEXT NOT NULL REFERENCES people_providers (id),
  PRIMARY KEY (domain, provider_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX people_provider_domains_provider ON people_provider_domains (provider_id);

-- Who somebody is at a provider: issuer and subject, never the address. Whose it
-- is does not change; it may be taken away.
CREATE TABLE people_identities (
  id           TEXT PRIMARY KEY,
  issuer       TEXT NOT NULL,
  subject      TEXT NOT NULL,
  person_id    TEXT NOT NULL REFERENCES people_persons (id),
  provider_id  TEXT NOT NULL REFERENCES people_providers (id),
  email        TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  UNIQUE (issuer, subject)
) STRICT;

CREATE INDEX people_identities_person ON people_identities (person_id);
CREATE INDEX people_identities_provider ON people_identities (provider_id);

-- +goose StatementBegin
CREATE TRIGGER people_identities_same_person BEFORE UPDATE OF id, issuer, subject, person_id, created_at ON people_identities
BEGIN
  SELECT RAISE(ABORT, 'an identity stays whose it is');
END;
-- +goose StatementEnd

-- Attempts that were brought back: each opens once. Rows live for a day.
CREATE TABLE people_sso_used (
  state_hash TEXT PRIMARY KEY,
  used_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX people_sso_used_at ON people_sso_used (used_at);
