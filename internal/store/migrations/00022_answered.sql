-- +goose Up
-- When somebody outside was last asked for a job, and what they answered in a
-- word: nothing when they took it. Jobs that asked nobody have neither.
ALTER TABLE outbox_jobs ADD COLUMN answered_at INTEGER;
ALTER TABLE outbox_jobs ADD COLUMN answer TEXT NOT NULL DEFAULT '';
-- Whether a letter that tried the post went no further than a folder. Of those
-- sent before nobody knows.
ALTER TABLE site_tries ADD COLUMN written INTEGER NOT NULL DEFAULT 0 CHECK (written IN (0, 1));
CREATE INDEX outbox_jobs_answered ON outbox_jobs (answered_at) WHERE answered_at IS NOT NULL;
