-- +goose Up
-- Whose position has changed and was not looked at since: whoever works out what
-- must be learnt takes them from here.
CREATE TABLE people_moved (
  position_id TEXT PRIMARY KEY REFERENCES people_positions (id)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER people_positions_come AFTER INSERT ON people_positions
BEGIN
  INSERT INTO people_moved (position_id) VALUES (new.id) ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER people_positions_move AFTER UPDATE OF job_role, team_id, training_group, works_since, left_at ON people_positions
BEGIN
  INSERT INTO people_moved (position_id) VALUES (new.id) ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER people_teams_move AFTER UPDATE OF parent_id, closed_at ON people_teams
BEGIN
  INSERT INTO people_moved (position_id) SELECT id FROM people_positions
    WHERE organisation_id = new.organisation_id AND board_id = new.board_id AND left_at IS NULL
    ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd

INSERT INTO people_moved (position_id) SELECT id FROM people_positions;

-- What an agency asks of whom, by when, and when again. What a rule says never
-- changes: another takes its place. parts is '' for the whole course, else the
-- slugs of modules; of those chosen by name (course_rule_people) nothing else is
-- asked.
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

CREATE INDEX course_rules_place ON course_rules (organisation_id, board_id);

CREATE TABLE course_rule_people (
  rule_id     TEXT NOT NULL REFERENCES course_rules (id),
  position_id TEXT NOT NULL REFERENCES people_positions (id),
  PRIMARY KEY (rule_id, position_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX course_rule_people_position ON course_rule_people (position_id);

-- Whether a rule is in force: its newest line counts.
CREATE TABLE course_rule_states (
  rule_id TEXT NOT NULL REFERENCES course_rules (id),
  n       INTEGER NOT NULL CHECK (n > 0),
  state   TEXT NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
  reason  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  by_id   TEXT NOT NULL,
  PRIMARY KEY (rule_id, n)
) STRICT, WITHOUT ROWID;

-- What is asked of one person, once in each cycle. counts_from is the day from
-- which what they finish counts for it ('' = whenever it was), done_before the day
-- on which they finished the cycle before.
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

CREATE UNIQUE INDEX course_assignments_one ON course_assignments (rule_id, position_id) WHERE ended_at IS NULL;

CREATE INDEX course_assignments_position ON course_assignments (position_id);

-- Where somebody stands with a course at their work, kept beside what it follows
-- from so that a list of tens of thousands is read in a moment. On turns_on ('' =
-- never) it is next_status that holds, if nothing happens before.
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

CREATE INDEX course_standings_place ON course_standings (organisation_id, board_id, course, gone, status);

CREATE INDEX course_standings_turns ON course_standings (turns_on) WHERE turns_on <> '';

CREATE INDEX course_standings_turning ON course_standings (organisation_id, board_id, course, turns_on) WHERE turns_on <> '';

-- How many stand where, kept by triggers: so that counting does not read everybody.
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

-- +goose StatementBegin
CREATE TRIGGER course_standings_counted AFTER INSERT ON course_standings
BEGIN
  INSERT INTO course_tallies (organisation_id, board_id, course, gone, team_id, job_role, training_group, status, n)
    VALUES (new.organisation_id, new.board_id, new.course, new.gone, new.team_id, new.job_role, new.training_group, new.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd

-- +goose StatementBegin
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
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_standings_uncounted AFTER DELETE ON course_standings
BEGIN
  UPDATE course_tallies SET n = n - 1 WHERE organisation_id = old.organisation_id AND board_id = old.board_id AND course = old.course AND gone = old.gone
    AND team_id = old.team_id AND job_role = old.job_role AND training_group = old.training_group AND status = old.status;
END;
-- +goose StatementEnd

-- Of how many each rule asks something now, kept by triggers too.
CREATE TABLE course_rule_tallies (
  rule_id TEXT PRIMARY KEY REFERENCES course_rules (id),
  n       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER course_assignments_counted AFTER INSERT ON course_assignments WHEN new.ended_at IS NULL
BEGIN
  INSERT INTO course_rule_tallies (rule_id, n) VALUES (new.rule_id, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_assignments_uncounted AFTER UPDATE OF ended_at ON course_assignments WHEN old.ended_at IS NULL AND new.ended_at IS NOT NULL
BEGIN
  UPDATE course_rule_tallies SET n = n - 1 WHERE rule_id = new.rule_id;
END;
-- +goose StatementEnd

-- Rules whose newest state has not reached everybody yet.
CREATE TABLE course_rule_spreads (
  rule_id TEXT PRIMARY KEY REFERENCES course_rules (id),
  n       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER course_rules_no_update BEFORE UPDATE ON course_rules
BEGIN
  SELECT RAISE(ABORT, 'what a rule says stays; another takes its place');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_rules_no_delete BEFORE DELETE ON course_rules
BEGIN
  SELECT RAISE(ABORT, 'a rule is ended, never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_rule_states_no_update BEFORE UPDATE ON course_rule_states
BEGIN
  SELECT RAISE(ABORT, 'the history of a rule is only added to');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_rule_states_no_delete BEFORE DELETE ON course_rule_states
BEGIN
  SELECT RAISE(ABORT, 'the history of a rule is only added to');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_assignments_no_delete BEFORE DELETE ON course_assignments
BEGIN
  SELECT RAISE(ABORT, 'an assignment is ended, never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER course_assignments_only_end BEFORE UPDATE ON course_assignments
WHEN old.ended_at IS NOT NULL OR new.id <> old.id OR new.rule_id <> old.rule_id OR new.position_id <> old.position_id OR new.cycle <> old.cycle
  OR new.asked_on <> old.asked_on OR new.due_on <> old.due_on OR new.counts_from <> old.counts_from OR new.done_before <> old.done_before
  OR new.created_at <> old.created_at
BEGIN
  SELECT RAISE(ABORT, 'an assignment can only end');
END;
-- +goose StatementEnd
