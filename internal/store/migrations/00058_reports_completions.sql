-- +goose Up
-- What was finished, a course or a module of it, with the agency in which it was begun:
-- each once, wherever its learner has gone since. Boards read it by when it was
-- finished; two views, so that an index has each in that order.
CREATE INDEX course_module_completions_at ON course_module_completions (module, at);

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
