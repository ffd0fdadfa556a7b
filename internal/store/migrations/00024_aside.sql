-- +goose Up
-- When somebody put a job aside that was given up: it stays what it is, and calls
-- for nobody any more. Why stands in the record.
ALTER TABLE outbox_jobs ADD COLUMN aside_at INTEGER CHECK (aside_at IS NULL OR failed_at IS NOT NULL);
