CREATE INDEX audit_events_actor ON audit_events (actor, id) WHERE actor <> '';

CREATE INDEX audit_events_at ON audit_events (at, id);

CREATE INDEX audit_events_subject ON audit_events (subject, id);

CREATE INDEX audit_events_verb ON audit_events (verb, id);

CREATE INDEX audit_events_via ON audit_events (via, id);

CREATE INDEX certificates_issued_agency ON certificates_issued (board_id, organisation_id);

CREATE INDEX certificates_issued_edition ON certificates_issued (board_id, edition);

CREATE INDEX certificates_issued_person ON certificates_issued (person_id, issued_at);

CREATE INDEX certificates_register_certificate ON certificates_register (certificate_id);

CREATE INDEX certificates_register_entered ON certificates_register (board_id, entered_at);

CREATE INDEX certificates_signatures_kid ON certificates_signatures (kid);

CREATE INDEX certificates_status_successor ON certificates_status (successor_id);

CREATE INDEX course_assessed_enrolment ON course_assessed (enrolment_id, at);

CREATE UNIQUE INDEX course_assignments_one ON course_assignments (rule_id, position_id) WHERE ended_at IS NULL;

CREATE INDEX course_assignments_position ON course_assignments (position_id);

CREATE INDEX course_assignments_rule_due ON course_assignments (rule_id, due_on) WHERE ended_at IS NULL;

CREATE INDEX course_completions_at ON course_completions (at);

CREATE INDEX course_exemptions_position ON course_exemptions (position_id);

CREATE INDEX course_letters_open ON course_letters (organisation_id, board_id, position_id) WHERE outcome = '';

CREATE INDEX course_letters_place ON course_letters (organisation_id, board_id, put_at, id);

CREATE INDEX course_module_completions_at ON course_module_completions (module, at);

CREATE INDEX course_reminders_day ON course_reminders (day, kind, to_id);

CREATE INDEX course_rule_people_position ON course_rule_people (position_id);

CREATE INDEX course_rules_place ON course_rules (organisation_id, board_id);

CREATE INDEX course_rules_replaces ON course_rules (replaces_id) WHERE replaces_id IS NOT NULL;

CREATE INDEX course_standings_place ON course_standings (organisation_id, board_id, course, gone, status);

CREATE INDEX course_standings_turning ON course_standings (organisation_id, board_id, course, turns_on) WHERE turns_on <> '';

CREATE INDEX course_standings_turns ON course_standings (turns_on) WHERE turns_on <> '';

CREATE INDEX course_standings_week ON course_standings (organisation_id, board_id, course, due_on) WHERE due_on <> '';

CREATE INDEX outbox_jobs_answered ON outbox_jobs (answered_at) WHERE answered_at IS NOT NULL;

CREATE INDEX outbox_jobs_done ON outbox_jobs (done_at) WHERE done_at IS NOT NULL;

CREATE INDEX outbox_jobs_due ON outbox_jobs (due_at, id) WHERE done_at IS NULL AND failed_at IS NULL;

CREATE INDEX outbox_jobs_failed ON outbox_jobs (id) WHERE failed_at IS NOT NULL;

CREATE INDEX outbox_jobs_waiting ON outbox_jobs (id) WHERE done_at IS NULL AND failed_at IS NULL;

CREATE INDEX people_codes_account ON people_codes (account, created_at);

CREATE INDEX people_codes_created ON people_codes (created_at);

CREATE INDEX people_codes_outcome ON people_codes (outcome, created_at);

CREATE INDEX people_codes_person ON people_codes (person_id);

CREATE UNIQUE INDEX people_duplicates_duplicate ON people_duplicates (duplicate_id) WHERE ended_at IS NULL;

CREATE INDEX people_duplicates_kept ON people_duplicates (kept_id);

CREATE INDEX people_identities_person ON people_identities (person_id);

CREATE INDEX people_identities_provider ON people_identities (provider_id);

CREATE INDEX people_import_steps_person ON people_import_steps (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX people_import_steps_subject ON people_import_steps (subject);

CREATE INDEX people_imports_open ON people_imports (id) WHERE begun_at IS NOT NULL AND (done_at IS NULL OR undo_at IS NOT NULL AND undone_at IS NULL);

CREATE INDEX people_imports_place ON people_imports (organisation_id, board_id, created_at);

CREATE INDEX people_invitations_accepted ON people_invitations (accepted_by) WHERE accepted_by IS NOT NULL;

CREATE INDEX people_invitations_called ON people_invitations (organisation_id, board_id, lower(name))
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

CREATE INDEX people_invitations_created ON people_invitations (created_at);

CREATE INDEX people_invitations_manager ON people_invitations (manager_key) WHERE manager_key <> '';

CREATE INDEX people_invitations_number ON people_invitations (organisation_id, board_id, staff_number)
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL AND staff_number <> '';

CREATE UNIQUE INDEX people_invitations_open ON people_invitations (email_key, organisation_id, board_id, role)
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

CREATE INDEX people_invitations_place ON people_invitations (organisation_id, board_id, created_at);

CREATE INDEX people_invitations_team ON people_invitations (team_id) WHERE team_id IS NOT NULL;

CREATE INDEX people_led_teams_team ON people_led_teams (team_id);

CREATE INDEX people_memberships_board ON people_memberships (board_id);

CREATE INDEX people_memberships_leading ON people_memberships (organisation_id, board_id) WHERE role = 'lead' AND ended_at IS NULL;

CREATE UNIQUE INDEX people_memberships_once ON people_memberships (person_id, organisation_id, board_id, role)
  WHERE ended_at IS NULL;

CREATE INDEX people_memberships_organisation ON people_memberships (organisation_id, board_id);

CREATE INDEX people_memberships_person ON people_memberships (person_id);

CREATE INDEX people_memberships_unconfirmed ON people_memberships (organisation_id, board_id)
  WHERE unconfirmed = 1 AND ended_at IS NULL;

CREATE INDEX people_passkeys_person ON people_passkeys (person_id);

CREATE INDEX people_persons_erased ON people_persons (erased_at) WHERE erased_at IS NOT NULL;

CREATE INDEX people_persons_suspended ON people_persons (id) WHERE suspended_at IS NOT NULL;

CREATE INDEX people_positions_by_id ON people_positions (organisation_id, board_id, id);

CREATE INDEX people_positions_called ON people_positions (organisation_id, board_id, substr(words, 1, instr(words, char(10))))
  WHERE left_at IS NULL;

CREATE INDEX people_positions_cy ON people_positions (organisation_id, board_id, sort_cy, id);

CREATE INDEX people_positions_duplicate ON people_positions (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE INDEX people_positions_en ON people_positions (organisation_id, board_id, sort_en, id);

CREATE INDEX people_positions_manager ON people_positions (manager_id) WHERE manager_id IS NOT NULL;

CREATE INDEX people_positions_number ON people_positions (organisation_id, board_id, staff_number)
  WHERE left_at IS NULL AND staff_number <> '';

CREATE INDEX people_positions_suspended ON people_positions (person_id) WHERE suspended_at IS NOT NULL;

CREATE INDEX people_positions_team ON people_positions (team_id) WHERE team_id IS NOT NULL;

CREATE INDEX people_positions_team_now ON people_positions (team_id) WHERE team_id IS NOT NULL AND left_at IS NULL;

CREATE INDEX people_positions_unsorted ON people_positions (id) WHERE sort_en IS NULL;

CREATE INDEX people_provider_domains_provider ON people_provider_domains (provider_id);

CREATE INDEX people_providers_issuer ON people_providers (issuer);

CREATE INDEX people_providers_organisation ON people_providers (organisation_id);

CREATE INDEX people_recovery_codes_person ON people_recovery_codes (person_id);

CREATE INDEX people_request_keys_at ON people_request_keys (at);

CREATE INDEX people_sessions_person ON people_sessions (person_id);

CREATE INDEX people_signin_guesses_account ON people_signin_guesses (account, at);

CREATE INDEX people_signin_guesses_at ON people_signin_guesses (at);

CREATE INDEX people_sso_used_at ON people_sso_used (used_at);

CREATE INDEX people_teams_parent ON people_teams (parent_id);

CREATE INDEX people_teams_place ON people_teams (organisation_id, board_id);

CREATE INDEX people_tokens_person ON people_tokens (person_id, created_at);

CREATE INDEX people_totp_tries_person ON people_totp_tries (person_id, at);

CREATE INDEX people_words_position ON people_words (position_id);

CREATE UNIQUE INDEX quiz_attempts_one_open ON quiz_attempts (enrolment_id, assessment) WHERE open = 1;

CREATE INDEX quiz_attempts_person ON quiz_attempts (person_id);

CREATE UNIQUE INDEX site_retention_runs_open ON site_retention_runs (coalesce(finished_at, 0)) WHERE finished_at IS NULL;

CREATE TABLE audit_checks (
  id    INTEGER PRIMARY KEY,
  at    INTEGER NOT NULL,
  lines INTEGER NOT NULL CHECK (lines >= 0),
  fault TEXT NOT NULL
) STRICT;

CREATE TABLE audit_details (
  event_id INTEGER PRIMARY KEY REFERENCES audit_events (id),
  salt     TEXT NOT NULL,
  detail   TEXT NOT NULL
) STRICT;

CREATE TABLE audit_emptied_before (
  event_id INTEGER PRIMARY KEY REFERENCES audit_events (id)
) STRICT;

CREATE TABLE audit_events (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  actor       TEXT NOT NULL,
  via         TEXT NOT NULL,
  verb        TEXT NOT NULL,
  subject     TEXT NOT NULL,
  detail_hash TEXT NOT NULL,
  hash        TEXT NOT NULL UNIQUE
, print TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE audit_head (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  lines INTEGER NOT NULL,
  hash  TEXT NOT NULL
) STRICT;

CREATE TABLE certificates_erased (
  certificate_id TEXT PRIMARY KEY REFERENCES certificates_issued (id),
  token_hash     TEXT NOT NULL CHECK (length(token_hash) = 64),
  held           INTEGER NOT NULL CHECK (held IN (0, 1)),
  at             INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE certificates_issued (
  id              TEXT PRIMARY KEY CHECK (length(id) = 26),
  kind            TEXT NOT NULL CHECK (kind IN ('completion')),
  revision        INTEGER NOT NULL CHECK (revision >= 1),
  person_id       TEXT NOT NULL,
  enrolment_id    TEXT NOT NULL,
  attempt_id      TEXT NOT NULL,
  organisation_id TEXT NOT NULL,
  holder_name     TEXT NOT NULL CHECK (holder_name <> ''),
  course_slug     TEXT NOT NULL,
  title_en        TEXT NOT NULL,
  title_cy        TEXT NOT NULL,
  edition         TEXT NOT NULL,
  edition_hash    TEXT NOT NULL,
  language        TEXT NOT NULL CHECK (language IN ('en', 'cy')),
  minutes         INTEGER NOT NULL CHECK (minutes > 0),
  objectives      TEXT NOT NULL CHECK (json_valid(objectives)),
  board_id        TEXT NOT NULL,
  board_en        TEXT NOT NULL,
  board_cy        TEXT NOT NULL,
  completed_at    INTEGER NOT NULL,
  valid_until     INTEGER,
  reviewed        INTEGER NOT NULL CHECK (reviewed IN (0, 1)),
  demonstration   INTEGER NOT NULL CHECK (demonstration IN (0, 1)),
  issued_at       INTEGER NOT NULL,
  UNIQUE (enrolment_id, course_slug, kind, revision)
) STRICT;

CREATE TABLE certificates_keys (
  kid      TEXT PRIMARY KEY,
  public   TEXT NOT NULL CHECK (public <> ''),
  added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE certificates_register (
  id             INTEGER PRIMARY KEY,
  board_id       TEXT NOT NULL CHECK (board_id <> ''),
  certificate_id TEXT NOT NULL REFERENCES certificates_issued (id),
  entered_at     INTEGER NOT NULL,
  UNIQUE (board_id, certificate_id)
) STRICT;

CREATE TABLE certificates_signatures (
  certificate_id TEXT PRIMARY KEY REFERENCES certificates_issued (id),
  kid            TEXT NOT NULL,
  token          TEXT NOT NULL,
  signed_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE certificates_status (
  certificate_id TEXT NOT NULL REFERENCES certificates_issued (id),
  status         TEXT NOT NULL CHECK (status IN ('superseded', 'revoked')),
  successor_id   TEXT REFERENCES certificates_issued (id),
  reason         TEXT NOT NULL,
  at             INTEGER NOT NULL,
  PRIMARY KEY (certificate_id, status),
  CHECK ((status = 'superseded') = (successor_id IS NOT NULL)),
  CHECK (status <> 'revoked' OR reason <> ''),
  CHECK (successor_id <> certificate_id)
) STRICT;

CREATE TABLE course_acceptances (
  id              TEXT PRIMARY KEY,
  course          TEXT NOT NULL,
  edition         TEXT NOT NULL,
  edition_hash    TEXT NOT NULL,
  lang            TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  statement       TEXT NOT NULL,
  statement_print TEXT NOT NULL,
  office          TEXT NOT NULL,
  reason          TEXT NOT NULL,
  accepted_by     TEXT NOT NULL REFERENCES people_persons (id),
  accepted_at     INTEGER NOT NULL,
  UNIQUE (course, edition)
) STRICT;

CREATE TABLE course_assessed (
  attempt_id   TEXT PRIMARY KEY REFERENCES quiz_attempts (id),
  enrolment_id TEXT NOT NULL REFERENCES course_enrolments (id),
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE course_assignments (
  id          TEXT PRIMARY KEY,
  rule_id     TEXT NOT NULL REFERENCES course_rules (id),
  position_id TEXT NOT NULL REFERENCES people_positions (id),
  cycle       INTEGER NOT NULL CHECK (cycle > 0),
  asked_on    TEXT NOT NULL,
  due_on      TEXT NOT NULL,
  counts_from TEXT NOT NULL,
  done_before TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  ended_at    INTEGER,
  ended_why   TEXT NOT NULL DEFAULT '' CHECK (ended_why IN ('', 'done', 'moved', 'left', 'ended', 'replaced')),
  CHECK ((ended_at IS NULL) = (ended_why = '')),
  UNIQUE (rule_id, position_id, cycle)
) STRICT;

CREATE TABLE course_case_choices (
  enrolment_id TEXT NOT NULL REFERENCES course_enrolments (id),
  module       TEXT NOT NULL,
  scenario     TEXT NOT NULL,
  run          INTEGER NOT NULL CHECK (run >= 1),
  turn         INTEGER NOT NULL CHECK (turn >= 1),
  decision     TEXT NOT NULL,
  choice       TEXT NOT NULL,
  job          TEXT NOT NULL,
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL, seal TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (enrolment_id, module, scenario, run, turn)
) STRICT;

CREATE TABLE course_completions (
  enrolment_id TEXT PRIMARY KEY REFERENCES course_enrolments (id),
  attempt_id   TEXT NOT NULL UNIQUE REFERENCES quiz_attempts (id),
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL,
  valid_until  INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE course_enrolments (
  id            TEXT PRIMARY KEY,
  person_id     TEXT NOT NULL REFERENCES people_persons (id),
  membership_id TEXT NOT NULL REFERENCES people_memberships (id),
  course        TEXT NOT NULL,
  cycle         INTEGER NOT NULL CHECK (cycle >= 1),
  created_at    INTEGER NOT NULL,
  UNIQUE (person_id, course, cycle)
) STRICT;

CREATE TABLE course_exemption_answers (
  exemption_id TEXT NOT NULL REFERENCES course_exemptions (id),
  n            INTEGER NOT NULL CHECK (n > 0),
  answer       TEXT NOT NULL CHECK (answer IN ('countersigned', 'declined', 'taken_back')),
  reason       TEXT NOT NULL,
  at           INTEGER NOT NULL,
  by_id        TEXT NOT NULL,
  PRIMARY KEY (exemption_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_exemptions (
  id          TEXT PRIMARY KEY,
  position_id TEXT NOT NULL REFERENCES people_positions (id),
  course      TEXT NOT NULL CHECK (course <> ''),
  rule_id     TEXT REFERENCES course_rules (id),
  until_on    TEXT NOT NULL CHECK (until_on <> ''),
  reason      TEXT NOT NULL,
  reviewer_id TEXT NOT NULL,
  needs_board INTEGER NOT NULL CHECK (needs_board IN (0, 1)),
  created_at  INTEGER NOT NULL,
  created_by  TEXT NOT NULL
) STRICT;

CREATE TABLE course_exercise_choices (
  enrolment_id TEXT NOT NULL REFERENCES course_enrolments (id),
  module       TEXT NOT NULL,
  exercise     TEXT NOT NULL,
  run          INTEGER NOT NULL CHECK (run >= 1),
  line         TEXT NOT NULL,
  choice       TEXT NOT NULL,
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL, seal TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (enrolment_id, module, exercise, run, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_extensions (
  assignment_id TEXT PRIMARY KEY REFERENCES course_assignments (id),
  before_id     TEXT NOT NULL REFERENCES course_assignments (id),
  planned_on    TEXT NOT NULL,
  reason        TEXT NOT NULL, -- '' once it was emptied
  by_id         TEXT NOT NULL,
  at            INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE course_letters (
  id              TEXT PRIMARY KEY,
  kind            TEXT NOT NULL CHECK (kind IN ('reminder', 'escalation', 'digest', 'nudge')),
  position_id     TEXT NOT NULL REFERENCES people_positions (id),
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  day             TEXT NOT NULL,
  planned_on      TEXT NOT NULL,
  put_at          INTEGER NOT NULL,
  said_at         INTEGER,
  outcome         TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'sent', 'silent')),
  CHECK ((said_at IS NULL) = (outcome = '')),
  UNIQUE (position_id, kind, day)
) STRICT;

CREATE TABLE course_module_completions (
  enrolment_id TEXT NOT NULL REFERENCES course_enrolments (id),
  module       TEXT NOT NULL,
  attempt_id   TEXT NOT NULL REFERENCES quiz_attempts (id),
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL,
  PRIMARY KEY (enrolment_id, module)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_reminded (
  day    TEXT PRIMARY KEY,
  put_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE course_reminder_switches (
  organisation_id TEXT NOT NULL REFERENCES people_organisations (id),
  board_id        TEXT NOT NULL REFERENCES people_boards (id),
  kind            TEXT NOT NULL CHECK (kind IN ('before_30', 'before_7', 'before_1', 'after_1', 'after_7', 'after_14', 'weekly')),
  off             INTEGER NOT NULL CHECK (off IN (0, 1)),
  since           TEXT NOT NULL,
  PRIMARY KEY (organisation_id, board_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_reminders (
  assignment_id TEXT NOT NULL REFERENCES course_assignments (id),
  kind          TEXT NOT NULL CHECK (kind IN ('before_30', 'before_7', 'before_1', 'after_1', 'after_7', 'after_14')),
  day           TEXT NOT NULL,
  planned_on    TEXT NOT NULL,
  to_id         TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (assignment_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_rule_people (
  rule_id     TEXT NOT NULL REFERENCES course_rules (id),
  position_id TEXT NOT NULL REFERENCES people_positions (id),
  PRIMARY KEY (rule_id, position_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_rule_spreads (
  rule_id TEXT PRIMARY KEY REFERENCES course_rules (id),
  n       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE course_rule_states (
  rule_id TEXT NOT NULL REFERENCES course_rules (id),
  n       INTEGER NOT NULL CHECK (n > 0),
  state   TEXT NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
  reason  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  by_id   TEXT NOT NULL,
  PRIMARY KEY (rule_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_rule_tallies (
  rule_id TEXT PRIMARY KEY REFERENCES course_rules (id),
  n       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE course_rules (
  id              TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  course          TEXT NOT NULL CHECK (course <> ''),
  parts           TEXT NOT NULL,
  chosen          INTEGER NOT NULL CHECK (chosen IN (0, 1)),
  team_id         TEXT REFERENCES people_teams (id),
  job_role        TEXT NOT NULL,
  training_group  TEXT NOT NULL,
  since_from      TEXT NOT NULL,
  basis           TEXT NOT NULL CHECK (basis IN ('after_start', 'on_day', 'in_window')),
  days            INTEGER NOT NULL CHECK (days >= 0),
  on_day          TEXT NOT NULL,
  window_from     TEXT NOT NULL,
  window_to       TEXT NOT NULL,
  every_months    INTEGER NOT NULL CHECK (every_months >= 0),
  grace_days      INTEGER NOT NULL CHECK (grace_days >= 0),
  replaces_id     TEXT REFERENCES course_rules (id),
  created_at      INTEGER NOT NULL,
  created_by      TEXT NOT NULL,
  FOREIGN KEY (organisation_id, board_id) REFERENCES people_organisation_boards (organisation_id, board_id)
) STRICT;

CREATE TABLE course_sections_read (
  enrolment_id TEXT NOT NULL REFERENCES course_enrolments (id),
  module       TEXT NOT NULL,
  section      TEXT NOT NULL,
  edition      TEXT NOT NULL,
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at           INTEGER NOT NULL, seal TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (enrolment_id, module, section)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_standings (
  position_id     TEXT NOT NULL REFERENCES people_positions (id),
  course          TEXT NOT NULL,
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  gone            INTEGER NOT NULL CHECK (gone IN (0, 1)),
  team_id         TEXT NOT NULL,
  job_role        TEXT NOT NULL,
  training_group  TEXT NOT NULL,
  modules         INTEGER NOT NULL,
  done_at         INTEGER,
  valid_until     INTEGER,
  due_on          TEXT NOT NULL,
  status          TEXT NOT NULL,
  turns_on        TEXT NOT NULL,
  next_status     TEXT NOT NULL,
  PRIMARY KEY (position_id, course)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_tallies (
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  course          TEXT NOT NULL,
  gone            INTEGER NOT NULL,
  team_id         TEXT NOT NULL,
  job_role        TEXT NOT NULL,
  training_group  TEXT NOT NULL,
  status          TEXT NOT NULL,
  n               INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, board_id, course, gone, team_id, job_role, training_group, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_unsealed (
  about  TEXT PRIMARY KEY,
  chosen INTEGER NOT NULL
) STRICT;

CREATE TABLE course_wordings (
  organisation_id TEXT NOT NULL REFERENCES people_organisations (id),
  board_id        TEXT NOT NULL REFERENCES people_boards (id),
  letter          TEXT NOT NULL CHECK (letter IN ('before', 'late', 'nudge', 'manager', 'weekly')),
  subject_en      TEXT NOT NULL,
  subject_cy      TEXT NOT NULL,
  opening_en      TEXT NOT NULL,
  opening_cy      TEXT NOT NULL,
  closing_en      TEXT NOT NULL,
  closing_cy      TEXT NOT NULL,
  version         INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, board_id, letter),
  CHECK ((subject_en = '') = (subject_cy = '')),
  CHECK ((opening_en = '') = (opening_cy = '')),
  CHECK ((closing_en = '') = (closing_cy = ''))
) STRICT;

CREATE TABLE outbox_jobs (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  key        TEXT NOT NULL,
  payload    TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  tries      INTEGER NOT NULL DEFAULT 0,
  done_at    INTEGER,
  failed_at  INTEGER,
  reason     TEXT NOT NULL DEFAULT '', answered_at INTEGER, answer TEXT NOT NULL DEFAULT '', aside_at INTEGER CHECK (aside_at IS NULL OR failed_at IS NOT NULL),
  UNIQUE (kind, key)
) STRICT;

CREATE TABLE people_boards (
  id      TEXT PRIMARY KEY,
  key     TEXT NOT NULL UNIQUE,
  name_en TEXT NOT NULL CHECK (name_en <> ''),
  name_cy TEXT NOT NULL CHECK (name_cy <> ''),
  kind    TEXT NOT NULL CHECK (kind <> '')
, kind_en TEXT NOT NULL DEFAULT '', kind_cy TEXT NOT NULL DEFAULT '', countersigns INTEGER NOT NULL DEFAULT 0 CHECK (countersigns IN (0, 1))) STRICT;

CREATE TABLE people_codes (
  id         TEXT PRIMARY KEY,
  purpose    TEXT NOT NULL CHECK (purpose IN ('sign-in', 'reset', 'join')),
  outcome    TEXT NOT NULL CHECK (outcome IN ('code', 'newcomer', 'account', 'stranger', 'held')),
  account    TEXT NOT NULL,
  email      TEXT NOT NULL,
  email_key  TEXT NOT NULL,
  person_id  TEXT REFERENCES people_persons (id),
  language   TEXT NOT NULL CHECK (language IN ('en', 'cy')),
  nonce_hash TEXT NOT NULL UNIQUE,
  code_hash  TEXT NOT NULL,
  link_hash  TEXT NOT NULL UNIQUE,
  guesses    INTEGER NOT NULL DEFAULT 0 CHECK (guesses BETWEEN 0 AND 5),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  proven_at  INTEGER,
  ended_at   INTEGER
) STRICT;

CREATE TABLE people_council_numbers (
  council_key         TEXT NOT NULL REFERENCES people_councils (key),
  edition             INTEGER NOT NULL CHECK (edition >= 1),
  day_number          TEXT NOT NULL,
  out_of_hours_number TEXT NOT NULL,
  checked_on          TEXT NOT NULL,
  saved_by            TEXT NOT NULL,
  saved_at            INTEGER,
  PRIMARY KEY (council_key, edition)
) STRICT;

CREATE TABLE people_councils (
  key                 TEXT PRIMARY KEY,
  name_en             TEXT NOT NULL CHECK (name_en <> ''),
  name_cy             TEXT NOT NULL CHECK (name_cy <> ''),
  day_number          TEXT NOT NULL DEFAULT '',
  out_of_hours_number TEXT NOT NULL DEFAULT '',
  checked_on          TEXT NOT NULL DEFAULT '',
  website             TEXT NOT NULL DEFAULT '', board_id TEXT REFERENCES people_boards (id), area_en TEXT NOT NULL DEFAULT '', area_cy TEXT NOT NULL DEFAULT '', retired_at INTEGER,
  CHECK ((day_number = '' AND out_of_hours_number = '') OR checked_on <> '')
) STRICT;

CREATE TABLE people_duplicates (
  id             TEXT PRIMARY KEY,
  kept_id        TEXT NOT NULL REFERENCES people_positions (id),
  duplicate_id   TEXT NOT NULL REFERENCES people_positions (id),
  proposed_by    TEXT NOT NULL REFERENCES people_persons (id),
  proposed_at    INTEGER NOT NULL,
  kept_said      TEXT NOT NULL DEFAULT '' CHECK (kept_said IN ('', 'yes', 'no')),
  duplicate_said TEXT NOT NULL DEFAULT '' CHECK (duplicate_said IN ('', 'yes', 'no')),
  merged_at      INTEGER,
  ended_at       INTEGER,
  ended          TEXT NOT NULL DEFAULT '' CHECK (ended IN ('', 'refused', 'withdrawn', 'undone', 'overtaken', 'back', 'erased')),
  CHECK (kept_id <> duplicate_id),
  CHECK (merged_at IS NULL OR kept_said = 'yes' AND duplicate_said = 'yes'),
  CHECK ((ended_at IS NULL) = (ended = ''))
) STRICT;

CREATE TABLE people_email_domains (
  domain          TEXT NOT NULL CHECK (domain = lower(domain)),
  organisation_id TEXT NOT NULL REFERENCES people_organisations (id),
  PRIMARY KEY (domain, organisation_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE people_import_steps (
  id        TEXT PRIMARY KEY,
  import_id TEXT NOT NULL REFERENCES people_imports (id),
  n         INTEGER NOT NULL,
  verb      TEXT NOT NULL CHECK (verb IN ('team', 'invite', 'waiting', 'change', 'left')),
  subject   TEXT NOT NULL,
  person_id TEXT REFERENCES people_persons (id),
  before    TEXT NOT NULL,
  after     TEXT NOT NULL,
  passed    INTEGER NOT NULL CHECK (passed IN (0, 1)),
  undone    TEXT NOT NULL DEFAULT '' CHECK (undone IN ('', 'yes', 'left')),
  at        INTEGER NOT NULL,
  UNIQUE (import_id, n)
) STRICT;

CREATE TABLE people_imports (
  id              TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  by_id           TEXT NOT NULL REFERENCES people_persons (id),
  door            TEXT NOT NULL CHECK (door IN ('web', 'cli', 'worker')),
  language        TEXT NOT NULL CHECK (language IN ('en', 'cy')),
  content         BLOB NOT NULL,
  plan            BLOB NOT NULL DEFAULT x'',
  created_at      INTEGER NOT NULL,
  begun_at        INTEGER,
  steps           INTEGER NOT NULL DEFAULT 0,
  done            INTEGER NOT NULL DEFAULT 0 CHECK (done <= steps),
  done_at         INTEGER,
  undo_at         INTEGER,
  undone_at       INTEGER, uninvited INTEGER NOT NULL DEFAULT 0, stayed INTEGER NOT NULL DEFAULT 0,
  CHECK (done_at IS NULL OR begun_at IS NOT NULL),
  CHECK (undo_at IS NULL OR done_at IS NOT NULL),
  CHECK (undone_at IS NULL OR undo_at IS NOT NULL),
  FOREIGN KEY (organisation_id, board_id) REFERENCES people_organisation_boards (organisation_id, board_id)
) STRICT;

CREATE TABLE people_invitations (
  id              TEXT PRIMARY KEY,
  token_hash      TEXT NOT NULL UNIQUE,
  email           TEXT NOT NULL,
  email_key       TEXT NOT NULL,
  name            TEXT NOT NULL,
  language        TEXT NOT NULL CHECK (language IN ('en', 'cy')),
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  role            TEXT NOT NULL CHECK (role IN ('learner', 'lead', 'officer', 'admin')),
  job_role        TEXT NOT NULL CHECK (job_role IN ('education', 'health', 'social-care', 'police-justice',
                    'housing-community', 'border', 'carers', 'voluntary')),
  invited_by      TEXT NOT NULL REFERENCES people_persons (id),
  created_at      INTEGER NOT NULL,
  sent_at         INTEGER NOT NULL,
  sends           INTEGER NOT NULL DEFAULT 1 CHECK (sends > 0),
  expires_at      INTEGER NOT NULL,
  accepted_at     INTEGER,
  accepted_by     TEXT REFERENCES people_persons (id),
  withdrawn_at    INTEGER, team_id TEXT REFERENCES people_teams (id), training_group TEXT NOT NULL DEFAULT '' CHECK (training_group IN ('', 'A', 'B', 'C', 'D', 'E', 'F')), works_since TEXT NOT NULL DEFAULT '', staff_number TEXT NOT NULL DEFAULT '', manager_key TEXT NOT NULL DEFAULT '',
  CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
  CHECK (accepted_at IS NULL OR withdrawn_at IS NULL),
  FOREIGN KEY (organisation_id, board_id) REFERENCES people_organisation_boards (organisation_id, board_id)
) STRICT;

CREATE TABLE people_led_teams (
  membership_id TEXT NOT NULL REFERENCES people_memberships (id),
  team_id       TEXT NOT NULL REFERENCES people_teams (id),
  PRIMARY KEY (membership_id, team_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE people_memberships (
  id              TEXT PRIMARY KEY,
  person_id       TEXT NOT NULL REFERENCES people_persons (id),
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  role            TEXT NOT NULL CHECK (role IN ('learner', 'lead', 'officer', 'admin')),
  job_role        TEXT NOT NULL CHECK (job_role IN ('education', 'health', 'social-care', 'police-justice',
                    'housing-community', 'border', 'carers', 'voluntary')),
  started_at      INTEGER NOT NULL,
  ended_at        INTEGER CHECK (ended_at >= started_at), unconfirmed INTEGER NOT NULL DEFAULT 0
  CHECK (unconfirmed IN (0, 1) AND (unconfirmed = 0 OR role = 'learner')), leads_part INTEGER NOT NULL DEFAULT 0
  CHECK (leads_part IN (0, 1) AND (leads_part = 0 OR role = 'lead')),
  FOREIGN KEY (organisation_id, board_id) REFERENCES people_organisation_boards (organisation_id, board_id)
) STRICT;

CREATE TABLE people_moved (
  position_id TEXT PRIMARY KEY REFERENCES people_positions (id)
) STRICT;

CREATE TABLE people_organisation_boards (
  organisation_id TEXT NOT NULL REFERENCES people_organisations (id),
  board_id        TEXT NOT NULL REFERENCES people_boards (id), unlinked_at INTEGER,
  PRIMARY KEY (organisation_id, board_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE people_organisations (
  id          TEXT PRIMARY KEY,
  key         TEXT NOT NULL UNIQUE,
  name_en     TEXT NOT NULL CHECK (name_en <> ''),
  name_cy     TEXT NOT NULL CHECK (name_cy <> ''),
  kind        TEXT NOT NULL CHECK (kind <> ''),
  council_key TEXT REFERENCES people_councils (key)
, retired_at INTEGER, merged_into TEXT REFERENCES people_organisations (id)
  CHECK (merged_into IS NULL OR (merged_into <> id AND retired_at IS NOT NULL))) STRICT;

CREATE TABLE people_passkey_challenges (
  holder     TEXT PRIMARY KEY,
  data       TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people_passkeys (
  id           TEXT PRIMARY KEY,
  person_id    TEXT NOT NULL REFERENCES people_persons (id),
  key_id       TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL CHECK (name <> ''),
  credential   TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;

CREATE TABLE people_persons (
  id            TEXT PRIMARY KEY,
  email         TEXT NOT NULL,
  email_key     TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  language      TEXT NOT NULL CHECK (language IN ('en', 'cy')),
  password_hash TEXT NOT NULL DEFAULT '',
  demo_key      TEXT UNIQUE,
  created_at    INTEGER NOT NULL,
  suspended_at  INTEGER
, suspended_reason TEXT NOT NULL DEFAULT '', erased_at INTEGER, seen_at INTEGER, nation TEXT NOT NULL DEFAULT 'wales'
  CHECK (nation IN ('wales', 'england', 'scotland', 'northern-ireland'))) STRICT;

CREATE TABLE people_positions (
  id              TEXT PRIMARY KEY,
  person_id       TEXT NOT NULL REFERENCES people_persons (id),
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  job_role        TEXT NOT NULL CHECK (job_role IN ('education', 'health', 'social-care', 'police-justice',
                    'housing-community', 'border', 'carers', 'voluntary')),
  team_id         TEXT REFERENCES people_teams (id),
  training_group  TEXT NOT NULL DEFAULT '' CHECK (training_group IN ('', 'A', 'B', 'C', 'D', 'E', 'F')),
  works_since     TEXT NOT NULL DEFAULT '',
  staff_number    TEXT NOT NULL DEFAULT '',
  manager_id      TEXT REFERENCES people_positions (id),
  began_at        INTEGER NOT NULL,
  left_at         INTEGER,
  left_on         TEXT NOT NULL DEFAULT '',
  sort_en         BLOB,
  sort_cy         BLOB,
  words           TEXT NOT NULL DEFAULT '', suspended_at INTEGER, suspended_reason TEXT NOT NULL DEFAULT '', duplicate_of TEXT REFERENCES people_positions (id),
  CHECK (manager_id <> id),
  UNIQUE (person_id, organisation_id, board_id),
  FOREIGN KEY (organisation_id, board_id) REFERENCES people_organisation_boards (organisation_id, board_id)
) STRICT;

CREATE TABLE people_provider_domains (
  domain      TEXT NOT NULL,
  provider_id TEXT NOT NULL REFERENCES people_providers (id),
  PRIMARY KEY (domain, provider_id)
) STRICT, WITHOUT ROWID;

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
  fault_said      TEXT NOT NULL DEFAULT '', worked_at INTEGER, failed_since INTEGER, failed_at INTEGER, failed TEXT NOT NULL DEFAULT '', failed_said TEXT NOT NULL DEFAULT '', failed_brought INTEGER NOT NULL DEFAULT 0 CHECK (failed_brought IN (0, 1)), told_at INTEGER,
  CHECK (enabled = 0 OR tested_at IS NOT NULL)
) STRICT;

CREATE TABLE people_recovery_codes (
  code_hash  TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL REFERENCES people_persons (id),
  created_at INTEGER NOT NULL,
  used_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE people_request_keys (
  token_id     TEXT NOT NULL,
  key_hash     TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  answer       TEXT NOT NULL CHECK (json_valid(answer)),
  at           INTEGER NOT NULL,
  PRIMARY KEY (token_id, key_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE "people_sessions" (
  token_hash TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL REFERENCES people_persons (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at   INTEGER,
  via        TEXT NOT NULL CHECK (via IN ('password', 'demo', 'setup', 'code', 'reset', 'invitation', 'passkey', 'oidc')),
  half       INTEGER NOT NULL DEFAULT 0 CHECK (half IN (0, 1))
, factor TEXT NOT NULL DEFAULT ''
  CHECK (factor IN ('', 'totp', 'recovery', 'passkey'))) STRICT, WITHOUT ROWID;

CREATE TABLE people_setup (
  token_hash TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at   INTEGER
, person_id TEXT REFERENCES people_persons (id), email TEXT NOT NULL DEFAULT '', organisation_id TEXT REFERENCES people_organisations (id), board_id TEXT REFERENCES people_boards (id)) STRICT, WITHOUT ROWID;

CREATE TABLE people_signin_guesses (
  id      INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  at      INTEGER NOT NULL,
  failed  INTEGER NOT NULL DEFAULT 0 CHECK (failed IN (0, 1))
) STRICT;

CREATE TABLE people_signin_windows (
  started_at   INTEGER PRIMARY KEY,
  accounts     INTEGER NOT NULL DEFAULT 0,
  failures     INTEGER NOT NULL DEFAULT 0,
  announced_at INTEGER
) STRICT;

CREATE TABLE people_sso_used (
  state_hash TEXT PRIMARY KEY,
  used_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people_teams (
  id              TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  parent_id       TEXT REFERENCES people_teams (id),
  name_en         TEXT NOT NULL CHECK (name_en <> ''),
  name_cy         TEXT NOT NULL CHECK (name_cy <> ''),
  created_at      INTEGER NOT NULL,
  closed_at       INTEGER,
  CHECK (parent_id <> id),
  FOREIGN KEY (organisation_id, board_id) REFERENCES people_organisation_boards (organisation_id, board_id)
) STRICT;

CREATE TABLE people_tokens (
  id            TEXT PRIMARY KEY,
  jti_hash      TEXT NOT NULL UNIQUE,
  kid           TEXT NOT NULL,
  person_id     TEXT NOT NULL REFERENCES people_persons (id),
  membership_id TEXT NOT NULL REFERENCES people_memberships (id),
  name          TEXT NOT NULL CHECK (name <> ''),
  scopes        TEXT NOT NULL CHECK (scopes <> ''),
  created_at    INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL CHECK (expires_at > created_at),
  used_on       TEXT NOT NULL DEFAULT '',
  revoked_at    INTEGER
) STRICT;

CREATE TABLE people_totp (
  person_id    TEXT PRIMARY KEY REFERENCES people_persons (id),
  sealed       TEXT NOT NULL CHECK (sealed <> ''),
  last_step    INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people_totp_begun (
  person_id  TEXT NOT NULL REFERENCES people_persons (id),
  session    TEXT NOT NULL,
  sealed     TEXT NOT NULL CHECK (sealed <> ''),
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, session)
) STRICT, WITHOUT ROWID;

CREATE TABLE people_totp_tries (
  id        INTEGER PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES people_persons (id),
  at        INTEGER NOT NULL
) STRICT;

CREATE TABLE people_warned (
  person_id   TEXT PRIMARY KEY REFERENCES people_persons (id),
  at          INTEGER NOT NULL,
  counts_from INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE people_words (
  organisation_id TEXT NOT NULL,
  board_id        TEXT NOT NULL,
  word            TEXT NOT NULL CHECK (word <> ''),
  position_id     TEXT NOT NULL REFERENCES people_positions (id),
  PRIMARY KEY (organisation_id, board_id, word, position_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE quiz_answers (
  attempt_id TEXT NOT NULL,
  question   INTEGER NOT NULL,
  version    INTEGER NOT NULL CHECK (version >= 1),
  response   TEXT NOT NULL CHECK (json_valid(response)),
  sure       TEXT CHECK (sure IN ('sure', 'fairly', 'guessing')),
  lang       TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  at         INTEGER NOT NULL, seal TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (attempt_id, question, version),
  FOREIGN KEY (attempt_id, question) REFERENCES quiz_questions (attempt_id, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE quiz_attempts (
  id           TEXT NOT NULL PRIMARY KEY,
  person_id    TEXT NOT NULL,
  enrolment_id TEXT NOT NULL,
  assessment   TEXT NOT NULL,
  number       INTEGER NOT NULL CHECK (number >= 1),
  max_attempts INTEGER NOT NULL CHECK (max_attempts >= 0),
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  edition      TEXT NOT NULL,
  bank_edition TEXT NOT NULL,
  rules        TEXT NOT NULL CHECK (json_valid(rules)),
  questions    INTEGER NOT NULL CHECK (questions >= 1),
  started_at   INTEGER NOT NULL,
  open         INTEGER NOT NULL DEFAULT 1 CHECK (open IN (0, 1)),
  UNIQUE (enrolment_id, assessment, number),
  CHECK (max_attempts = 0 OR number <= max_attempts)
) STRICT;

CREATE TABLE quiz_marks (
  attempt_id   TEXT NOT NULL PRIMARY KEY REFERENCES quiz_attempts (id),
  submitted_at INTEGER NOT NULL,
  points       INTEGER NOT NULL CHECK (points >= 0),
  possible     INTEGER NOT NULL CHECK (possible >= points AND possible > 0),
  percent      INTEGER NOT NULL CHECK (percent BETWEEN 0 AND 100),
  passed       INTEGER NOT NULL CHECK (passed IN (0, 1)),
  questions    TEXT NOT NULL CHECK (json_valid(questions)),
  objectives   TEXT NOT NULL CHECK (json_valid(objectives)),
  lang         TEXT NOT NULL CHECK (lang IN ('en', 'cy')),
  edition      TEXT NOT NULL
) STRICT;

CREATE TABLE quiz_questions (
  attempt_id TEXT NOT NULL REFERENCES quiz_attempts (id),
  question   INTEGER NOT NULL CHECK (question >= 1),
  ref        TEXT NOT NULL,
  module     TEXT NOT NULL,
  objective  TEXT NOT NULL,
  paper      TEXT NOT NULL CHECK (json_valid(paper)),
  answer_key TEXT NOT NULL CHECK (json_valid(answer_key)),
  feedback   TEXT NOT NULL CHECK (json_valid(feedback)),
  PRIMARY KEY (attempt_id, question)
) STRICT;

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

CREATE TABLE site_local_notes (
  id        TEXT PRIMARY KEY,
  board_id  TEXT NOT NULL REFERENCES people_boards (id),
  about     TEXT NOT NULL,
  edition   INTEGER NOT NULL CHECK (edition >= 1),
  text_en   TEXT NOT NULL,
  text_cy   TEXT NOT NULL,
  review_by TEXT NOT NULL,
  saved_by  TEXT NOT NULL,
  saved_at  INTEGER NOT NULL,
  UNIQUE (board_id, about, edition)
) STRICT;

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

CREATE TABLE site_retention (
  kind       TEXT PRIMARY KEY CHECK (kind <> ''),
  days       INTEGER NOT NULL CHECK (days BETWEEN 0 AND 36500),
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE site_retention_runs (
  id          INTEGER PRIMARY KEY,
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  days        TEXT NOT NULL CHECK (json_valid(days)),
  counts      TEXT NOT NULL CHECK (json_valid(counts))
) STRICT;

CREATE TABLE site_skipped (
  step TEXT PRIMARY KEY CHECK (step IN ('boards', 'agency', 'contacts', 'letters')),
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE site_tries (
  id    INTEGER PRIMARY KEY,
  at    INTEGER NOT NULL,
  fault TEXT NOT NULL
, written INTEGER NOT NULL DEFAULT 0 CHECK (written IN (0, 1))) STRICT;

CREATE TRIGGER audit_details_no_delete BEFORE DELETE ON audit_details
BEGIN
  SELECT RAISE(ABORT, 'audit_details is emptied, never deleted');
END;

CREATE TRIGGER audit_details_only_emptied BEFORE UPDATE ON audit_details
WHEN NEW.detail <> '' OR NEW.salt <> '' OR NEW.event_id <> OLD.event_id
BEGIN
  SELECT RAISE(ABORT, 'audit_details is emptied, never changed');
END;

CREATE TRIGGER audit_emptied_before_no_delete BEFORE DELETE ON audit_emptied_before
BEGIN
  SELECT RAISE(ABORT, 'audit_emptied_before is closed');
END;

CREATE TRIGGER audit_emptied_before_no_insert BEFORE INSERT ON audit_emptied_before
BEGIN
  SELECT RAISE(ABORT, 'audit_emptied_before is closed');
END;

CREATE TRIGGER audit_emptied_before_no_update BEFORE UPDATE ON audit_emptied_before
BEGIN
  SELECT RAISE(ABORT, 'audit_emptied_before is closed');
END;

CREATE TRIGGER audit_events_counted AFTER INSERT ON audit_events
BEGIN
  UPDATE audit_head SET lines = NEW.id, hash = NEW.hash WHERE id = 1;
END;

CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
BEGIN
  SELECT RAISE(ABORT, 'audit_events is append-only');
END;

CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN
  SELECT RAISE(ABORT, 'audit_events is append-only');
END;

CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head
WHEN NEW.lines <> OLD.lines + 1 OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'audit_head goes forward line by line');
END;

CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
BEGIN
  SELECT RAISE(ABORT, 'audit_head stays');
END;

CREATE TRIGGER certificates_erased_no_delete BEFORE DELETE ON certificates_erased
BEGIN
  SELECT RAISE(ABORT, 'certificates_erased is append-only');
END;

CREATE TRIGGER certificates_erased_no_update BEFORE UPDATE ON certificates_erased
BEGIN
  SELECT RAISE(ABORT, 'certificates_erased is append-only');
END;

CREATE TRIGGER certificates_issued_no_delete BEFORE DELETE ON certificates_issued
BEGIN
  SELECT RAISE(ABORT, 'certificates_issued is append-only');
END;

CREATE TRIGGER certificates_issued_no_update BEFORE UPDATE ON certificates_issued
WHEN NEW.holder_name <> '[erased]' OR NOT EXISTS (SELECT 1 FROM certificates_erased WHERE certificate_id = OLD.id)
  OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.revision <> OLD.revision OR NEW.person_id <> OLD.person_id
  OR NEW.enrolment_id <> OLD.enrolment_id OR NEW.attempt_id <> OLD.attempt_id OR NEW.organisation_id <> OLD.organisation_id
  OR NEW.course_slug <> OLD.course_slug OR NEW.title_en <> OLD.title_en OR NEW.title_cy <> OLD.title_cy
  OR NEW.edition <> OLD.edition OR NEW.edition_hash <> OLD.edition_hash OR NEW.language <> OLD.language
  OR NEW.minutes <> OLD.minutes OR NEW.objectives <> OLD.objectives OR NEW.board_id <> OLD.board_id
  OR NEW.board_en <> OLD.board_en OR NEW.board_cy <> OLD.board_cy OR NEW.completed_at <> OLD.completed_at
  OR NEW.valid_until IS NOT OLD.valid_until OR NEW.reviewed <> OLD.reviewed OR NEW.demonstration <> OLD.demonstration
  OR NEW.issued_at <> OLD.issued_at
BEGIN
  SELECT RAISE(ABORT, 'certificates_issued is append-only');
END;

CREATE TRIGGER certificates_keys_no_delete BEFORE DELETE ON certificates_keys
BEGIN
  SELECT RAISE(ABORT, 'certificates_keys is append-only');
END;

CREATE TRIGGER certificates_keys_no_update BEFORE UPDATE ON certificates_keys
BEGIN
  SELECT RAISE(ABORT, 'certificates_keys is append-only');
END;

CREATE TRIGGER certificates_register_no_delete BEFORE DELETE ON certificates_register
BEGIN
  SELECT RAISE(ABORT, 'certificates_register is append-only');
END;

CREATE TRIGGER certificates_register_no_update BEFORE UPDATE ON certificates_register
BEGIN
  SELECT RAISE(ABORT, 'certificates_register is append-only');
END;

CREATE TRIGGER certificates_signatures_no_delete BEFORE DELETE ON certificates_signatures
BEGIN
  SELECT RAISE(ABORT, 'certificates_signatures is append-only');
END;

CREATE TRIGGER certificates_signatures_no_update BEFORE UPDATE ON certificates_signatures
WHEN NEW.token <> '' OR NOT EXISTS (SELECT 1 FROM certificates_erased WHERE certificate_id = OLD.certificate_id)
  OR NEW.certificate_id <> OLD.certificate_id OR NEW.kid <> OLD.kid OR NEW.signed_at <> OLD.signed_at
BEGIN
  SELECT RAISE(ABORT, 'certificates_signatures is append-only');
END;

CREATE TRIGGER certificates_status_no_delete BEFORE DELETE ON certificates_status
BEGIN
  SELECT RAISE(ABORT, 'certificates_status is append-only');
END;

CREATE TRIGGER certificates_status_no_update BEFORE UPDATE ON certificates_status
BEGIN
  SELECT RAISE(ABORT, 'certificates_status is append-only');
END;

CREATE TRIGGER course_acceptances_no_delete BEFORE DELETE ON course_acceptances
BEGIN
  SELECT RAISE(ABORT, 'course_acceptances is append-only');
END;

CREATE TRIGGER course_acceptances_no_update BEFORE UPDATE ON course_acceptances
BEGIN
  SELECT RAISE(ABORT, 'course_acceptances is append-only');
END;

CREATE TRIGGER course_assessed_no_delete BEFORE DELETE ON course_assessed
BEGIN
  SELECT RAISE(ABORT, 'course_assessed is append-only');
END;

CREATE TRIGGER course_assessed_no_update BEFORE UPDATE ON course_assessed
BEGIN
  SELECT RAISE(ABORT, 'course_assessed is append-only');
END;

CREATE TRIGGER course_assignments_counted AFTER INSERT ON course_assignments WHEN new.ended_at IS NULL
BEGIN
  INSERT INTO course_rule_tallies (rule_id, n) VALUES (new.rule_id, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER course_assignments_no_delete BEFORE DELETE ON course_assignments
BEGIN
  SELECT RAISE(ABORT, 'an assignment is ended, never deleted');
END;

CREATE TRIGGER course_assignments_only_end BEFORE UPDATE ON course_assignments
WHEN old.ended_at IS NOT NULL OR new.id <> old.id OR new.rule_id <> old.rule_id OR new.position_id <> old.position_id OR new.cycle <> old.cycle
  OR new.asked_on <> old.asked_on OR new.due_on <> old.due_on OR new.counts_from <> old.counts_from OR new.done_before <> old.done_before
  OR new.created_at <> old.created_at
BEGIN
  SELECT RAISE(ABORT, 'an assignment can only end');
END;

CREATE TRIGGER course_assignments_uncounted AFTER UPDATE OF ended_at ON course_assignments WHEN old.ended_at IS NULL AND new.ended_at IS NOT NULL
BEGIN
  UPDATE course_rule_tallies SET n = n - 1 WHERE rule_id = new.rule_id;
END;

CREATE TRIGGER course_case_choices_no_delete BEFORE DELETE ON course_case_choices
BEGIN
  SELECT RAISE(ABORT, 'course_case_choices is append-only');
END;

CREATE TRIGGER course_case_choices_no_update BEFORE UPDATE ON course_case_choices
BEGIN
  SELECT RAISE(ABORT, 'course_case_choices is append-only');
END;

CREATE TRIGGER course_completions_no_delete BEFORE DELETE ON course_completions
BEGIN
  SELECT RAISE(ABORT, 'course_completions is append-only');
END;

CREATE TRIGGER course_completions_no_update BEFORE UPDATE ON course_completions
BEGIN
  SELECT RAISE(ABORT, 'course_completions is append-only');
END;

CREATE TRIGGER course_enrolments_no_delete BEFORE DELETE ON course_enrolments
BEGIN
  SELECT RAISE(ABORT, 'course_enrolments is append-only');
END;

CREATE TRIGGER course_enrolments_no_update BEFORE UPDATE ON course_enrolments
BEGIN
  SELECT RAISE(ABORT, 'course_enrolments is append-only');
END;

CREATE TRIGGER course_exemption_answers_no_delete BEFORE DELETE ON course_exemption_answers
BEGIN
  SELECT RAISE(ABORT, 'an answer to an exemption stays');
END;

CREATE TRIGGER course_exemption_answers_only_emptied BEFORE UPDATE ON course_exemption_answers
WHEN new.reason <> '' OR new.exemption_id <> old.exemption_id OR new.n <> old.n OR new.answer <> old.answer OR new.at <> old.at OR new.by_id <> old.by_id
BEGIN
  SELECT RAISE(ABORT, 'of an answer only the reason can be emptied');
END;

CREATE TRIGGER course_exemptions_no_delete BEFORE DELETE ON course_exemptions
BEGIN
  SELECT RAISE(ABORT, 'an exemption is taken back, never deleted');
END;

CREATE TRIGGER course_exemptions_only_emptied BEFORE UPDATE ON course_exemptions
WHEN new.reason <> '' OR new.id <> old.id OR new.position_id <> old.position_id OR new.course <> old.course OR new.rule_id IS NOT old.rule_id
  OR new.until_on <> old.until_on OR new.reviewer_id <> old.reviewer_id OR new.needs_board <> old.needs_board
  OR new.created_at <> old.created_at OR new.created_by <> old.created_by
BEGIN
  SELECT RAISE(ABORT, 'of an exemption only the reason can be emptied');
END;

CREATE TRIGGER course_exercise_choices_no_delete BEFORE DELETE ON course_exercise_choices
BEGIN
  SELECT RAISE(ABORT, 'course_exercise_choices is append-only');
END;

CREATE TRIGGER course_exercise_choices_no_update BEFORE UPDATE ON course_exercise_choices
BEGIN
  SELECT RAISE(ABORT, 'course_exercise_choices is append-only');
END;

CREATE TRIGGER course_extensions_no_delete BEFORE DELETE ON course_extensions
BEGIN
  SELECT RAISE(ABORT, 'that somebody was given more time stays with what was asked of them');
END;

CREATE TRIGGER course_extensions_only_emptied BEFORE UPDATE ON course_extensions
WHEN new.reason <> '' OR new.assignment_id <> old.assignment_id OR new.before_id <> old.before_id OR new.planned_on <> old.planned_on
  OR new.by_id <> old.by_id OR new.at <> old.at
BEGIN
  SELECT RAISE(ABORT, 'of more time only the reason can be emptied');
END;

CREATE TRIGGER course_module_completions_no_delete BEFORE DELETE ON course_module_completions
BEGIN
  SELECT RAISE(ABORT, 'course_module_completions is append-only');
END;

CREATE TRIGGER course_module_completions_no_update BEFORE UPDATE ON course_module_completions
BEGIN
  SELECT RAISE(ABORT, 'course_module_completions is append-only');
END;

CREATE TRIGGER course_reminders_no_delete BEFORE DELETE ON course_reminders
BEGIN
  SELECT RAISE(ABORT, 'that somebody was reminded stays with what was asked of them');
END;

CREATE TRIGGER course_reminders_no_update BEFORE UPDATE ON course_reminders
BEGIN
  SELECT RAISE(ABORT, 'a reminder goes once');
END;

CREATE TRIGGER course_rule_states_no_delete BEFORE DELETE ON course_rule_states
BEGIN
  SELECT RAISE(ABORT, 'the history of a rule is only added to');
END;

CREATE TRIGGER course_rule_states_no_update BEFORE UPDATE ON course_rule_states
BEGIN
  SELECT RAISE(ABORT, 'the history of a rule is only added to');
END;

CREATE TRIGGER course_rules_no_delete BEFORE DELETE ON course_rules
BEGIN
  SELECT RAISE(ABORT, 'a rule is ended, never deleted');
END;

CREATE TRIGGER course_rules_no_update BEFORE UPDATE ON course_rules
BEGIN
  SELECT RAISE(ABORT, 'what a rule says stays; another takes its place');
END;

CREATE TRIGGER course_sections_read_no_delete BEFORE DELETE ON course_sections_read
BEGIN
  SELECT RAISE(ABORT, 'course_sections_read is append-only');
END;

CREATE TRIGGER course_sections_read_no_update BEFORE UPDATE ON course_sections_read
BEGIN
  SELECT RAISE(ABORT, 'course_sections_read is append-only');
END;

CREATE TRIGGER course_standings_counted AFTER INSERT ON course_standings
BEGIN
  INSERT INTO course_tallies (organisation_id, board_id, course, gone, team_id, job_role, training_group, status, n)
    VALUES (new.organisation_id, new.board_id, new.course, new.gone, new.team_id, new.job_role, new.training_group, new.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER course_standings_recounted AFTER UPDATE ON course_standings
WHEN old.status <> new.status OR old.team_id <> new.team_id OR old.job_role <> new.job_role OR old.training_group <> new.training_group OR old.gone <> new.gone
  OR old.organisation_id <> new.organisation_id OR old.board_id <> new.board_id
BEGIN
  UPDATE course_tallies SET n = n - 1 WHERE organisation_id = old.organisation_id AND board_id = old.board_id AND course = old.course AND gone = old.gone
    AND team_id = old.team_id AND job_role = old.job_role AND training_group = old.training_group AND status = old.status;
  INSERT INTO course_tallies (organisation_id, board_id, course, gone, team_id, job_role, training_group, status, n)
    VALUES (new.organisation_id, new.board_id, new.course, new.gone, new.team_id, new.job_role, new.training_group, new.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER course_standings_uncounted AFTER DELETE ON course_standings
BEGIN
  UPDATE course_tallies SET n = n - 1 WHERE organisation_id = old.organisation_id AND board_id = old.board_id AND course = old.course AND gone = old.gone
    AND team_id = old.team_id AND job_role = old.job_role AND training_group = old.training_group AND status = old.status;
END;

CREATE TRIGGER course_unsealed_no_delete BEFORE DELETE ON course_unsealed
BEGIN
  SELECT RAISE(ABORT, 'course_unsealed is append-only');
END;

CREATE TRIGGER course_unsealed_no_insert BEFORE INSERT ON course_unsealed
BEGIN
  SELECT RAISE(ABORT, 'course_unsealed is closed');
END;

CREATE TRIGGER course_unsealed_no_update BEFORE UPDATE ON course_unsealed
BEGIN
  SELECT RAISE(ABORT, 'course_unsealed is append-only');
END;

CREATE TRIGGER people_council_numbers_no_delete BEFORE DELETE ON people_council_numbers
BEGIN
  SELECT RAISE(ABORT, 'people_council_numbers is append-only');
END;

CREATE TRIGGER people_council_numbers_no_update BEFORE UPDATE ON people_council_numbers
BEGIN
  SELECT RAISE(ABORT, 'people_council_numbers is append-only');
END;

CREATE TRIGGER people_identities_same_person BEFORE UPDATE OF id, issuer, subject, person_id, created_at ON people_identities
BEGIN
  SELECT RAISE(ABORT, 'an identity stays whose it is');
END;

CREATE TRIGGER people_invitations_final BEFORE UPDATE OF id, token_hash, email, email_key, name, language, organisation_id, board_id, role, job_role,
  invited_by, created_at, sent_at, sends, expires_at, accepted_at, accepted_by, withdrawn_at, training_group, works_since, staff_number ON people_invitations
WHEN OLD.accepted_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR NEW.role <> OLD.role OR NEW.email_key <> OLD.email_key
  OR NEW.organisation_id <> OLD.organisation_id OR NEW.board_id <> OLD.board_id
BEGIN
  SELECT RAISE(ABORT, 'an invitation that is over stays as it is');
END;

CREATE TRIGGER people_memberships_no_delete BEFORE DELETE ON people_memberships
BEGIN
  SELECT RAISE(ABORT, 'a membership is ended, never deleted');
END;

CREATE TRIGGER people_memberships_only_confirm BEFORE UPDATE ON people_memberships
WHEN NEW.unconfirmed > OLD.unconfirmed
BEGIN
  SELECT RAISE(ABORT, 'a membership can only be confirmed');
END;

CREATE TRIGGER people_memberships_only_end BEFORE UPDATE ON people_memberships
WHEN NEW.id <> OLD.id OR NEW.person_id <> OLD.person_id OR NEW.organisation_id <> OLD.organisation_id
  OR NEW.board_id <> OLD.board_id OR NEW.role <> OLD.role OR NEW.job_role <> OLD.job_role
  OR NEW.started_at <> OLD.started_at OR OLD.ended_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a membership can only end');
END;

CREATE TRIGGER people_positions_behind AFTER UPDATE OF duplicate_of ON people_positions
BEGIN
  INSERT INTO people_moved (position_id)
    SELECT id FROM people_positions WHERE id IN (old.duplicate_of, new.duplicate_of)
    ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER people_positions_come AFTER INSERT ON people_positions
BEGIN
  INSERT INTO people_moved (position_id) VALUES (new.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER people_positions_move AFTER UPDATE OF job_role, team_id, training_group, works_since, left_at ON people_positions
BEGIN
  INSERT INTO people_moved (position_id) VALUES (new.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER people_positions_no_delete BEFORE DELETE ON people_positions
BEGIN
  SELECT RAISE(ABORT, 'a position is left, never deleted');
END;

CREATE TRIGGER people_positions_same BEFORE UPDATE OF id, person_id, organisation_id, board_id ON people_positions
BEGIN
  SELECT RAISE(ABORT, 'a position stays whose it is');
END;

CREATE TRIGGER people_positions_words_change AFTER UPDATE OF words ON people_positions WHEN new.words <> old.words
BEGIN
  DELETE FROM people_words WHERE position_id = old.id;
  INSERT OR IGNORE INTO people_words (organisation_id, board_id, word, position_id)
  SELECT organisation_id, board_id, word, position_id FROM people_words_of WHERE position_id = new.id;
END;

CREATE TRIGGER people_positions_words_gone BEFORE DELETE ON people_positions
BEGIN
  DELETE FROM people_words WHERE position_id = old.id;
END;

CREATE TRIGGER people_positions_words_new AFTER INSERT ON people_positions WHEN new.words <> ''
BEGIN
  INSERT OR IGNORE INTO people_words (organisation_id, board_id, word, position_id)
  SELECT organisation_id, board_id, word, position_id FROM people_words_of WHERE position_id = new.id;
END;

CREATE TRIGGER people_teams_move AFTER UPDATE OF parent_id, closed_at ON people_teams
BEGIN
  INSERT INTO people_moved (position_id) SELECT id FROM people_positions
    WHERE organisation_id = new.organisation_id AND board_id = new.board_id AND left_at IS NULL
    ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER quiz_answers_no_delete BEFORE DELETE ON quiz_answers
BEGIN
  SELECT RAISE(ABORT, 'quiz_answers is append-only');
END;

CREATE TRIGGER quiz_answers_no_update BEFORE UPDATE ON quiz_answers
BEGIN
  SELECT RAISE(ABORT, 'quiz_answers is append-only');
END;

CREATE TRIGGER quiz_answers_while_open BEFORE INSERT ON quiz_answers
WHEN EXISTS (SELECT 1 FROM quiz_marks WHERE attempt_id = NEW.attempt_id)
BEGIN
  SELECT RAISE(ABORT, 'quiz_answers takes none after the submission');
END;

CREATE TRIGGER quiz_attempts_begin_open BEFORE INSERT ON quiz_attempts
WHEN NEW.open <> 1
BEGIN
  SELECT RAISE(ABORT, 'quiz_attempts begins open');
END;

CREATE TRIGGER quiz_attempts_frozen BEFORE UPDATE OF id, person_id, enrolment_id, assessment, number, max_attempts,
  lang, edition, bank_edition, rules, questions, started_at ON quiz_attempts
BEGIN
  SELECT RAISE(ABORT, 'quiz_attempts is frozen');
END;

CREATE TRIGGER quiz_attempts_no_delete BEFORE DELETE ON quiz_attempts
BEGIN
  SELECT RAISE(ABORT, 'quiz_attempts is append-only');
END;

CREATE TRIGGER quiz_attempts_only_closed BEFORE UPDATE OF open ON quiz_attempts
WHEN NEW.open <> 0 OR NOT EXISTS (SELECT 1 FROM quiz_marks WHERE attempt_id = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'quiz_attempts is closed by its mark and never opened again');
END;

CREATE TRIGGER quiz_marks_close AFTER INSERT ON quiz_marks
BEGIN
  UPDATE quiz_attempts SET open = 0 WHERE id = NEW.attempt_id;
END;

CREATE TRIGGER quiz_marks_no_delete BEFORE DELETE ON quiz_marks
BEGIN
  SELECT RAISE(ABORT, 'quiz_marks is append-only');
END;

CREATE TRIGGER quiz_marks_no_update BEFORE UPDATE ON quiz_marks
BEGIN
  SELECT RAISE(ABORT, 'quiz_marks is append-only');
END;

CREATE TRIGGER quiz_questions_no_delete BEFORE DELETE ON quiz_questions
BEGIN
  SELECT RAISE(ABORT, 'quiz_questions is append-only');
END;

CREATE TRIGGER quiz_questions_no_more BEFORE INSERT ON quiz_questions
WHEN NEW.question > (SELECT questions FROM quiz_attempts WHERE id = NEW.attempt_id)
BEGIN
  SELECT RAISE(ABORT, 'quiz_questions has the questions of the attempt and no more');
END;

CREATE TRIGGER quiz_questions_no_update BEFORE UPDATE ON quiz_questions
BEGIN
  SELECT RAISE(ABORT, 'quiz_questions is frozen');
END;

CREATE TRIGGER site_local_notes_no_delete BEFORE DELETE ON site_local_notes
BEGIN
  SELECT RAISE(ABORT, 'site_local_notes is append-only');
END;

CREATE TRIGGER site_local_notes_no_update BEFORE UPDATE ON site_local_notes
BEGIN
  SELECT RAISE(ABORT, 'site_local_notes is append-only');
END;

CREATE VIEW asking AS
  SELECT r.id, r.team_id FROM course_rules r
  WHERE r.team_id IS NOT NULL
    AND (SELECT t.state FROM course_rule_states t WHERE t.rule_id = r.id ORDER BY t.n DESC LIMIT 1) <> 'ended';

CREATE VIEW people_words_of AS
SELECT p.id AS position_id, p.organisation_id, p.board_id, w.value AS word FROM (
  SELECT q.id, q.organisation_id, q.board_id, replace(q.words, '\', ' ') AS words, instr(q.words || '@', '@') AS at,
    instr(substr(q.words, instr(q.words || '@', '@')) || char(10), char(10)) AS behind
  FROM people_positions q) p,
  json_each('[' || replace(json_quote(replace(p.words || ' ' || substr(p.words, p.at) || ' '
    || replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((substr(p.words, 1, p.at - 1) || ' ' || substr(p.words, p.at + p.behind)), '-', ' '), '.', ' '), '_', ' '), ',', ' '), ';', ' '), ':', ' '), '(', ' '), ')', ' '), '/', ' '), '&', ' '), '+', ' '), '"', ' '), '–', ' '), '—', ' '), '‘', ' '), '“', ' '), '”', ' '), char(10), ' ')), ' ', '","') || ']') w
WHERE w.value <> '';

CREATE VIEW reports_completions AS
  SELECT d.at, d.enrolment_id, '' AS module, d.edition, d.lang, d.valid_until, e.course, m.board_id, m.organisation_id,
    coalesce(q.job_role, m.job_role) AS job_role, coalesce(q.training_group, '') AS training_group, n.name,
    o.key AS agency_key, o.name_en AS agency_en, o.name_cy AS agency_cy, coalesce(c.id, '') AS certificate_id,
    EXISTS (SELECT 1 FROM certificates_status s WHERE s.certificate_id = c.id AND s.status = 'revoked') AS revoked,
    EXISTS (SELECT 1 FROM certificates_signatures g WHERE g.certificate_id = c.id)
      OR EXISTS (SELECT 1 FROM certificates_erased x WHERE x.certificate_id = c.id) AS signed
  FROM course_completions d
    CROSS JOIN course_enrolments e ON e.id = d.enrolment_id
    CROSS JOIN people_memberships m ON m.id = e.membership_id AND m.unconfirmed = 0
    CROSS JOIN people_persons n ON n.id = m.person_id
    CROSS JOIN people_organisations o ON o.id = m.organisation_id
    LEFT JOIN people_positions q ON q.person_id = m.person_id AND q.organisation_id = m.organisation_id AND q.board_id = m.board_id
    LEFT JOIN certificates_issued c ON c.enrolment_id = d.enrolment_id
      AND c.revision = (SELECT max(l.revision) FROM certificates_issued l WHERE l.enrolment_id = d.enrolment_id);

CREATE VIEW reports_module_completions AS
  SELECT d.at, d.enrolment_id, d.module, d.edition, d.lang, NULL AS valid_until, e.course, m.board_id, m.organisation_id,
    coalesce(q.job_role, m.job_role) AS job_role, coalesce(q.training_group, '') AS training_group, n.name,
    o.key AS agency_key, o.name_en AS agency_en, o.name_cy AS agency_cy, '' AS certificate_id, 0 AS revoked, 0 AS signed
  FROM course_module_completions d
    CROSS JOIN course_enrolments e ON e.id = d.enrolment_id
    CROSS JOIN people_memberships m ON m.id = e.membership_id AND m.unconfirmed = 0
    CROSS JOIN people_persons n ON n.id = m.person_id
    CROSS JOIN people_organisations o ON o.id = m.organisation_id
    LEFT JOIN people_positions q ON q.person_id = m.person_id AND q.organisation_id = m.organisation_id AND q.board_id = m.board_id;

CREATE VIEW roster AS
  SELECT q.id, q.person_id, q.organisation_id, q.board_id, q.job_role, q.team_id, q.training_group, q.works_since,
    q.staff_number, q.manager_id, q.left_at, q.left_on, q.sort_en, q.sort_cy, q.words, q.duplicate_of,
    q.suspended_at IS NOT NULL OR n.suspended_at IS NOT NULL AS suspended, n.name, n.email
  FROM people_positions q JOIN people_persons n ON n.id = q.person_id
  WHERE n.erased_at IS NULL;

