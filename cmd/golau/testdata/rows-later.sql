-- from 1
UPDATE audit_details SET salt = '', detail = '' WHERE event_id = 5;
-- from 2
INSERT INTO people_councils (key, name_en, name_cy, day_number, out_of_hours_number, checked_on) VALUES ('dyffryn-arian', 'Dyffryn Arian Council', 'Cyngor Dyffryn Arian', '01632 960101', '01632 960102', '2026-10-01');
INSERT INTO people_sessions (token_hash, person_id, created_at, expires_at, ended_at, via) VALUES ('e8bc163c82eee18733288c7d4ac636db3a6deb013ef2d37b68322be20edc45cc', '2my5ksgsy83sxjz5d4sfth2hk4', 1794500000000000, 1794543200000000, NULL, 'password');
INSERT INTO people_setup (token_hash, created_at, expires_at, ended_at) VALUES ('8fb6d5f37e8055ce720bd0b1d56587f88c0071f285966ba17e72b2b12672aa73', 1793500000000000, 1793600000000000, 1793550000000000);
INSERT INTO people_signin_guesses (id, account, at, failed) VALUES (1, '5d702eb07928ed7b84626b777c86c39bf4cb403d4024f031d5f97a4b0664421f', 1794500000000000, 1);
INSERT INTO people_signin_windows (started_at, accounts, failures, announced_at) VALUES (1794500000000000, 1, 1, NULL);
-- from 4
INSERT INTO certificates_issued (id, kind, revision, person_id, enrolment_id, attempt_id, organisation_id, holder_name, course_slug, title_en, title_cy, edition, edition_hash, language, minutes, objectives, board_id, board_en, board_cy, completed_at, valid_until, reviewed, demonstration, issued_at) VALUES ('r9ewv8jxbyedk7qgee9ac8r30r', 'completion', 1, 'ex3ver8ybnfvet16tve2b2pffw', 'dhjkm6yjr612jcwpkfj9s2ghmc', '1xp02h8s6mmvzpb60yzz4k04dm', 'gbfs91tentjjh7s4aa5ksx52q0', 'Iolo Humphreys', 'child-trafficking', 'Protecting children who may have been trafficked', 'Diogelu plant a all fod wedi’u masnachu', '2026.2', '3f2a9c0d1e2f', 'cy', 114, '[{"en":"tell child trafficking from smuggling","cy":"gwahaniaethu rhwng masnachu mewn plant a smyglo"},{"en":"use signs as prompts to act, not as proof","cy":"defnyddio arwyddion fel ysgogiad i weithredu, nid fel prawf"}]', 'e8mdqzghwn72je2hk3rvmfnzhm', 'Synthetic Safeguarding Board 1a', 'Bwrdd Diogelu Synthetig 1a', 1794477600000000, 1889172000000000, 0, 0, 1794477600000000);
INSERT INTO certificates_register (id, board_id, certificate_id, entered_at) VALUES (2, 'e8mdqzghwn72je2hk3rvmfnzhm', 'r9ewv8jxbyedk7qgee9ac8r30r', 1794477600000000);
INSERT INTO certificates_signatures (certificate_id, kid, token, signed_at) VALUES ('r9ewv8jxbyedk7qgee9ac8r30r', '8KsS_9_0uAeP', 'eyJhbGciOiJFZERTQSIsImtpZCI6IjhLc1NfOV8wdUFlUCJ9.eyJpc3MiOiJnb2xhdSIsImF1ZCI6ImNlcnQiLCJqdGkiOiJyOWV3djhqeGJ5ZWRrN3FnZWU5YWM4cjMwciIsInN1YiI6IklvbG8gSHVtcGhyZXlzIiwiZGF5IjoiMjAyNi0xMS0xMiIsImV4cCI6MTg4OTE3MjAwMCwic2hhIjoiQ2Vnczd2N3VmY2lvZGlkWmt2eTRmZyJ9.ykxeIYGWY5FlF1eGyzB0Dn6y6KwjNoxixzGKAb2p8D2pG74ywmRNFNkS6BCtN5jHfGqopco5Ec4lDSNEYfwHDQ', 1794477600000000);
INSERT INTO certificates_status (certificate_id, status, successor_id, reason, at) VALUES ('r9ewv8jxbyedk7qgee9ac8r30r', 'revoked', NULL, 'issued-in-error', 1794481200000000);
INSERT INTO audit_events (id, at, actor, via, verb, subject, detail_hash, hash) VALUES (33, 1794477600000000, '2my5ksgsy83sxjz5d4sfth2hk4', 'web', 'certificates.issued', 'certificate:r9ewv8jxbyedk7qgee9ac8r30r', 'ab48f031e46f01fed3a4e24d6bb90cec68508202135185450a31c02d84563ac9', 'cd3e58ec95edffb68c814432e84eb3889581e50ab2a27cc4eaf0562ca9ba7b70');
INSERT INTO audit_events (id, at, actor, via, verb, subject, detail_hash, hash) VALUES (34, 1794477600000000, '', 'worker', 'certificates.signed', 'certificate:r9ewv8jxbyedk7qgee9ac8r30r', '90ef1b813fa6a52081810b14a76b7441b911833d080942a11411a72d205722cf', '834ff982106e03c0ae70c2a758b46830bb891629f078096bf01fb419b02c1ae3');
INSERT INTO audit_events (id, at, actor, via, verb, subject, detail_hash, hash) VALUES (35, 1794481200000000, '2my5ksgsy83sxjz5d4sfth2hk4', 'web', 'certificates.revoked', 'certificate:r9ewv8jxbyedk7qgee9ac8r30r', '39093e65bba2d20dab99cebe7788631d9b9702a56651cf83aa0c81ab65192292', '9d8b13647f3d8c60d5096d31f4af886e67a3ba548c67ac67c97f6d593b83cb27');
INSERT INTO audit_details (event_id, salt, detail) VALUES (33, '86797121a4c3cc44adfa64691da3370e', '{"attempt":"1xp02h8s6mmvzpb60yzz4k04dm","board":"e8mdqzghwn72je2hk3rvmfnzhm","course":"child-trafficking","edition":"2026.2","enrolment":"dhjkm6yjr612jcwpkfj9s2ghmc","holder":"Iolo Humphreys","person":"ex3ver8ybnfvet16tve2b2pffw","revision":1}');
INSERT INTO audit_details (event_id, salt, detail) VALUES (34, '0aa09714ba3f96787056c59095af105d', '{"kid":"8KsS_9_0uAeP"}');
INSERT INTO audit_details (event_id, salt, detail) VALUES (35, '04e74f8ec0478ef29fdb33ea64760f7c', '{"reason":"issued-in-error"}');
-- from 7
INSERT INTO people_invitations (id, token_hash, email, email_key, name, language, organisation_id, board_id, role, job_role, invited_by, created_at, sent_at, sends, expires_at, accepted_at, accepted_by, withdrawn_at) VALUES ('3c8m1x6z9v2b5n0k7h4j8g1f6d', '89270a50341bb8e83734ee062603c63c219320ed4a40fb9fb8c2792358548e8a', 'nia.price@agency-01.seed-1-a.example', 'nia.price@agency-01.seed-1-a.example', 'Nia Price', 'cy', 'gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', 'learner', 'health', '2my5ksgsy83sxjz5d4sfth2hk4', 1794500000000000, 1794500000000000, 2, 1795709600000000, NULL, NULL, NULL);
INSERT INTO people_codes (id, purpose, outcome, account, email, email_key, person_id, language, nonce_hash, code_hash, link_hash, guesses, created_at, expires_at, proven_at, ended_at) VALUES ('8d3f6g9h2j5k0z7x4c1v8b3n6m', 'sign-in', 'code', 'fe8cdd3b82bec1a3a7dc42055d27dad29255660b3b4c760331eb43ba2b6c625c', 'iolo.humphreys@agency-01.seed-1-a.example', 'iolo.humphreys@agency-01.seed-1-a.example', 'ex3ver8ybnfvet16tve2b2pffw', 'cy', '78377b525757b494427f89014f97d79928f3938d14eb51e20fb5dec9834eb304', '5694d08a2e53ffcae0c3103e5ad6f6076abd960eb1f8a56577040bc1028f702b', 'b1b1bdb480c61d075300d9bff7d9cb69cf31695ea048e478facadf426e8d0fb0', 1, 1794500000000000, 1794500600000000, NULL, NULL);
-- from 9
INSERT INTO certificates_keys (kid, public, added_at) VALUES ('-RXeaZiVEaG0', 'FeTxcDHPH_jK_EoGQ3C532aXBUULwsIiAHQ1DbRxoD4', 1794482000000000);
INSERT INTO certificates_keys (kid, public, added_at) VALUES ('8KsS_9_0uAeP', 'La3rpjyOoDqKCUz79x_1Ir22j-RYXlk4pC7MGLMiS3Q', 1794482000000000);
INSERT INTO audit_events (id, at, actor, via, verb, subject, detail_hash, hash, print) VALUES (36, 1794482000000000, '', 'worker', 'certificates.key_added', 'key:-RXeaZiVEaG0', '3f12de1e7ac93003bebf7361850ffdf146b1e51cc9e7b66c5e4669013de27641', 'a7f678dc10b212b89a9966687ef3b24d8128145091a90c8d5396dec64cd4170e', '923950ca6748d86da9aa6ca89348b5eb115dc4d28a6193ad62538da83c361284');
INSERT INTO audit_details (event_id, salt, detail) VALUES (36, '00112233445566778899aabbccddee24', '{}');
INSERT INTO audit_events (id, at, actor, via, verb, subject, detail_hash, hash, print) VALUES (37, 1794482000000000, '', 'worker', 'certificates.key_added', 'key:8KsS_9_0uAeP', '29c654c00b42c051637bc645bd2a83a6b49b9f1e1281136d7f359cc8c0075652', 'df8db9e389195721f4a16bdf4cfaabe77d7c98a18ef57bad7522378307ccf953', '10a5c3a358d224b0336ca03eb8d26ff88a6719db4f4ea94ac122330f803bad51');
INSERT INTO audit_details (event_id, salt, detail) VALUES (37, '00112233445566778899aabbccddee25', '{}');
-- from 10
INSERT INTO people_totp (person_id, sealed, last_step, created_at, last_used_at) VALUES ('2my5ksgsy83sxjz5d4sfth2hk4', 'v1.laura', 59816666, 1794500000000000, 1794500000000000);
INSERT INTO people_totp_begun (person_id, session, sealed, expires_at) VALUES ('ex3ver8ybnfvet16tve2b2pffw', 'ad328846aa18b32a335816374511cac1063c704b8c57999e51da9f908290a7a4', 'v1.iolo', 1794500900000000);
INSERT INTO people_recovery_codes (code_hash, person_id, created_at, used_at) VALUES ('8c585378513f5f7a2e1456ee54042605fdb890392becefadd2ab180fd02fb341', '2my5ksgsy83sxjz5d4sfth2hk4', 1794500000000000, NULL);
-- from 12
INSERT INTO site_details (id, owner_name_en, owner_name_cy, owner_email, owner_phone, owner_hours_en, owner_hours_cy, owner_address_en, owner_address_cy, privacy_name_en, privacy_name_cy, privacy_email, privacy_phone, changed_at) VALUES (1, 'Dyffryn Arian Board', 'Bwrdd Dyffryn Arian', 'hello@board.example', '01632 960100', 'Monday to Friday, 9 to 5', 'Dydd Llun i ddydd Gwener, 9 tan 5', '', '', 'Data protection officer', 'Swyddog diogelu data', 'privacy@board.example', '', 1794500000000000);
INSERT INTO site_skipped (step, at) VALUES ('letters', 1794500000000000);
INSERT INTO site_tries (id, at, fault) VALUES (1, 1794500000000000, '');
-- from 13
INSERT INTO people_passkeys (id, person_id, key_id, name, credential, created_at, last_used_at) VALUES ('1q6w9r4t7y2p5s8d3f0g6h9j4k', 'ex3ver8ybnfvet16tve2b2pffw', 'a2V5LW9uZQ', 'Ffôn Iolo', '{}', 1794500000000000, NULL);
INSERT INTO people_passkey_challenges (holder, data, expires_at) VALUES ('6e45386daeb0b86da1ac4c609001d1e973f90314f0b709175264865c42dc6ba7', '{}', 1794500300000000);
-- from 14
INSERT INTO audit_checks (id, at, lines, fault) VALUES (1, 1794500000000000, 32, '');
-- from 15
INSERT INTO people_providers (id, key, organisation_id, name_en, name_cy, issuer, client_id, proof, sealed, scopes, acr, second_factor, only_way, enabled, created_at, tested_at) VALUES ('5t8y1p4s7d0f3g6h9j2k5z8x1c', 'arian', 'gbfs91tentjjh7s4aa5ksx52q0', 'Arian sign-in', 'Mewngofnodi Arian', 'https://sign-in.arian.example', 'golau', 'secret', 'v1.arian', 'openid email profile', '', 0, 0, 1, 1794500000000000, 1794500000000000);
INSERT INTO people_provider_domains (domain, provider_id) VALUES ('agency-01.seed-1-a.example', '5t8y1p4s7d0f3g6h9j2k5z8x1c');
INSERT INTO people_identities (id, issuer, subject, person_id, provider_id, email, created_at, last_used_at) VALUES ('6y9p2s5d8f1g4h7j0k3z6x9c2v', 'https://sign-in.arian.example', 'iolo-1', 'ex3ver8ybnfvet16tve2b2pffw', '5t8y1p4s7d0f3g6h9j2k5z8x1c', 'iolo.humphreys@agency-01.seed-1-a.example', 1794500000000000, 1794500000000000);
INSERT INTO people_sso_used (state_hash, used_at) VALUES ('4ba69735ca53765ed6a709edb56c6ea236b7193a3b29a6b390c346f0f4340e4e', 1794500000000000);
-- from 16
INSERT INTO site_notices (id, basis_en, basis_cy, kept_en, kept_cy, helpers_en, helpers_cy, link, changed_at) VALUES (1, 'Public task', 'Tasg gyhoeddus', 'Seven years', 'Saith mlynedd', '', '', 'https://board.example/privacy', 1794500000000000);
-- from 17
INSERT INTO people_totp_tries (id, person_id, at) VALUES (1, '2my5ksgsy83sxjz5d4sfth2hk4', 1794500000000000);
-- from 18
INSERT INTO certificates_issued (id, kind, revision, person_id, enrolment_id, attempt_id, organisation_id, holder_name, course_slug, title_en, title_cy, edition, edition_hash, language, minutes, objectives, board_id, board_en, board_cy, completed_at, valid_until, reviewed, demonstration, issued_at) VALUES ('pnbbcbb6e0x5hwphesdf4n4r5m', 'completion', 1, '7qk2m9x4c1v8b3n6w5z0h2j4ta', '4hm8z1t6y3r9k2d7q5w0x8c1va', '9b2n5v8c1x4z7k0j3h6g9f2d5a', 'gbfs91tentjjh7s4aa5ksx52q0', '[erased]', 'child-trafficking', 'Protecting children who may have been trafficked', 'Diogelu plant a all fod wedi’u masnachu', '2026.2', '3f2a9c0d1e2f', 'cy', 114, '[{"en":"tell child trafficking from smuggling","cy":"gwahaniaethu rhwng masnachu mewn plant a smyglo"},{"en":"use signs as prompts to act, not as proof","cy":"defnyddio arwyddion fel ysgogiad i weithredu, nid fel prawf"}]', 'e8mdqzghwn72je2hk3rvmfnzhm', 'Synthetic Safeguarding Board 1a', 'Bwrdd Diogelu Synthetig 1a', 1794477600000000, 1889172000000000, 0, 0, 1794484800000000);
INSERT INTO certificates_register (id, board_id, certificate_id, entered_at) VALUES (3, 'e8mdqzghwn72je2hk3rvmfnzhm', 'pnbbcbb6e0x5hwphesdf4n4r5m', 1794484800000000);
INSERT INTO certificates_signatures (certificate_id, kid, token, signed_at) VALUES ('pnbbcbb6e0x5hwphesdf4n4r5m', '8KsS_9_0uAeP', '', 1794484800000000);
INSERT INTO certificates_erased (certificate_id, token_hash, held, at) VALUES ('pnbbcbb6e0x5hwphesdf4n4r5m', '3b8c0384172c1f0940534356affc242d664297bce67c8f1a8077b988bd41dc4b', 1, 1794488400000000);
INSERT INTO audit_events (id, at, actor, via, verb, subject, detail_hash, hash, print) VALUES (38, 1794484800000000, '2my5ksgsy83sxjz5d4sfth2hk4', 'web', 'certificates.issued', 'certificate:pnbbcbb6e0x5hwphesdf4n4r5m', 'fdd6ee871d31e7971a3a4d7b7b95a5550f7a4ae6b425f6ea5237a960c7c5ca38', 'a7a2970542e063d52b7dcba1ac53ba68a74e4700003047c2283465478c06b5db', '4f880573bc13ed87cfda9a1294f710283e0d07f4f20fefdff81069c47378b3aa');
INSERT INTO audit_events (id, at, actor, via, verb, subject, detail_hash, hash, print) VALUES (39, 1794484800000000, '', 'worker', 'certificates.signed', 'certificate:pnbbcbb6e0x5hwphesdf4n4r5m', '3fd4f983a4fba0c2c102d73f5da172ede73404eee03384d4089126ac681cf0fa', 'a06d6e7317951de618b5bb7940c2c7eb65111e3b676749b8977558b884322ba8', '0db8af6fbb04d0f655a9672d9759a03eddc26f4149065a11aca716e1be321b6c');
INSERT INTO audit_events (id, at, actor, via, verb, subject, detail_hash, hash, print) VALUES (40, 1794488400000000, '2my5ksgsy83sxjz5d4sfth2hk4', 'web', 'certificates.erased', 'certificate:pnbbcbb6e0x5hwphesdf4n4r5m', 'eba592a0382c76a3d6c84aa1fb1e76bf13d70f0636fc92bd891c51df72c368da', '464dc4573712d967d3542db05570718f56ee734499b3e2f259e79e4544e54442', '73324f3ed12c2cd7ac140617a43bf8a50b603281317052977e7591aeaf4722dc');
INSERT INTO audit_details (event_id, salt, detail) VALUES (38, '98b0667d7b9210ef2a2d7e86e2cf13fa', '{"attempt":"9b2n5v8c1x4z7k0j3h6g9f2d5a","board":"e8mdqzghwn72je2hk3rvmfnzhm","course":"child-trafficking","edition":"2026.2","enrolment":"4hm8z1t6y3r9k2d7q5w0x8c1va","holder":"Nerys Bowen","person":"7qk2m9x4c1v8b3n6w5z0h2j4ta","revision":1}');
INSERT INTO audit_details (event_id, salt, detail) VALUES (39, '02fa7e6c308ac65e630ed5c674938c87', '{"kid":"8KsS_9_0uAeP"}');
INSERT INTO audit_details (event_id, salt, detail) VALUES (40, 'f508180a23056d27c3e35ffc765c5f12', '{}');
-- from 19
INSERT INTO site_retention (kind, days, changed_at) VALUES ('people.inactive', 1095, 1794500000000000);
INSERT INTO site_retention_runs (id, started_at, finished_at, days, counts) VALUES (1, 1794500000000000, 1794500001000000, '{"audit.details": 2555}', '{}');
-- from 20
INSERT INTO audit_emptied_before (event_id) VALUES (5);
-- from 21
INSERT INTO people_warned (person_id, at, counts_from) VALUES ('ex3ver8ybnfvet16tve2b2pffw', 1794500000000000, 1794500000000001);
-- from 25
INSERT INTO course_case_choices (enrolment_id, module, scenario, run, turn, decision, choice, job, edition, lang, at) VALUES ('dhjkm6yjr612jcwpkfj9s2ghmc', 'signs', 'callum', 1, 1, 'd1', 'a', 'health', '3f2a9c0d1e2f', 'cy', 1794470000000000);
-- from 26
INSERT INTO course_exercise_choices (enrolment_id, module, exercise, run, line, choice, edition, lang, at) VALUES ('dhjkm6yjr612jcwpkfj9s2ghmc', 'signs', 'attendance', 1, 'mondays', 'mark', '3f2a9c0d1e2f', 'cy', 1794470000000000);
-- from 28
INSERT INTO site_local_notes (id, board_id, about, edition, text_en, text_cy, review_by, saved_by, saved_at) VALUES ('4k7m0p3s6v9y2b5e8h1j4n7q0t', 'e8mdqzghwn72je2hk3rvmfnzhm', 'signs', 1, 'Ask for Front Door.', 'Gofynnwch am Ddrws Ffrynt.', '2027-03-01', '2my5ksgsy83sxjz5d4sfth2hk4', 1794500000000000);
-- from 29
INSERT INTO people_councils (key, name_en, name_cy, day_number, out_of_hours_number, checked_on, board_id, area_en, area_cy, retired_at) VALUES ('dros-y-ffin', 'Dros y Ffin Council', 'Cyngor Dros y Ffin', '01632 960103', '', '2026-10-01', 'e8mdqzghwn72je2hk3rvmfnzhm', 'east of the river', 'i’r dwyrain o’r afon', 1794500000000000);
-- from 30
INSERT INTO course_acceptances (id, course, edition, edition_hash, lang, statement, statement_print, office, reason, accepted_by, accepted_at) VALUES ('6n9q2t5w8z1b4e7h0k3n6q9t2w', 'child-trafficking', '2026.1', '3f2a9c0d1e2f', 'cy', 'Rwy’n derbyn.', '2f7e0a57a2fdbf7a51bd3a3bf8b9f6c2e6a0c4d3e2f1a0b9c8d7e6f5a4b3c2d1', 'Pennaeth Diogelu', 'Treial.', '2my5ksgsy83sxjz5d4sfth2hk4', 1794500000000000);
-- from 32
UPDATE people_persons SET nation = 'england' WHERE id = '2my5ksgsy83sxjz5d4sfth2hk4';
-- from 33
INSERT INTO people_council_numbers (council_key, edition, day_number, out_of_hours_number, checked_on, saved_by, saved_at) VALUES ('dros-y-ffin', 7, '01632 960103', '', '2026-10-01', '2my5ksgsy83sxjz5d4sfth2hk4', 1794500000000000);
-- from 34
INSERT INTO people_providers (id, key, organisation_id, name_en, name_cy, issuer, client_id, proof, sealed, scopes, acr, second_factor, only_way, enabled, created_at, tested_at, worked_at, failed_since, failed_at, failed, failed_said, failed_brought, told_at) VALUES ('2b5e8h1k4n7q0t3w6z9c2f5j8m', 'arian-2', 'gbfs91tentjjh7s4aa5ksx52q0', 'Arian key', 'Allwedd Arian', 'https://key.arian.example', 'golau', 'secret', 'v1.arian-2', 'openid email profile', '', 0, 1, 1, 1794500000000000, 1794500000000000, 1794500000000001, 1794500000000002, 1794500000000003, 'status', '502 Bad Gateway', 0, 1794500000000003);
-- from 35
INSERT INTO people_organisations (id, key, name_en, name_cy, kind, council_key, retired_at, merged_into) SELECT '8r1u4x7a0d3g6k9n2q5t8w1z4c', 'hen-ysgol', 'Old School', 'Hen Ysgol', 'school', NULL, 1794500000000000, id FROM people_organisations WHERE id = 'gbfs91tentjjh7s4aa5ksx52q0';
-- from 38
INSERT INTO people_teams (id, organisation_id, board_id, parent_id, name_en, name_cy, created_at, closed_at) VALUES ('0q3t6w9z2c5f8j1m4p7s0v3y6b', 'gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', NULL, 'Night duty', 'Dyletswydd nos', 1794500000000000, NULL);
INSERT INTO people_teams (id, organisation_id, board_id, parent_id, name_en, name_cy, created_at, closed_at) VALUES ('1r4v7x0a3d6g9k2n5q8t1w4z7c', 'gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', '0q3t6w9z2c5f8j1m4p7s0v3y6b', 'Homes', 'Cartrefi', 1794500000000000, 1794500000000001);
INSERT INTO people_positions (id, person_id, organisation_id, board_id, job_role, team_id, training_group, works_since, staff_number, manager_id, began_at, left_at, left_on, sort_en, sort_cy, words) VALUES ('2s5w8y1b4e7h0m3p6r9v2x5a8d', '2my5ksgsy83sxjz5d4sfth2hk4', 'gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', 'health', '0q3t6w9z2c5f8j1m4p7s0v3y6b', 'C', '2019-09-01', '0017', NULL, 1794500000000000, 1794500000000001, '2026-11-01', x'01', x'02', 'someone');
-- from 39
DELETE FROM people_moved;
INSERT INTO people_moved (position_id) VALUES ('2s5w8y1b4e7h0m3p6r9v2x5a8d');
INSERT INTO course_rules (id, organisation_id, board_id, course, parts, chosen, team_id, job_role, training_group, since_from, basis, days, on_day, window_from, window_to, every_months, grace_days, replaces_id, created_at, created_by) VALUES ('3t6x9z2c5f8j1n4q7s0w3y6b9e', 'gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', 'child-trafficking', '', 0, '0q3t6w9z2c5f8j1m4p7s0v3y6b', 'health', 'C', '2019-01-01', 'after_start', 28, '', '', '', 36, 7, NULL, 1794500000000000, '2my5ksgsy83sxjz5d4sfth2hk4');
INSERT INTO course_rules (id, organisation_id, board_id, course, parts, chosen, team_id, job_role, training_group, since_from, basis, days, on_day, window_from, window_to, every_months, grace_days, replaces_id, created_at, created_by) VALUES ('4v7y0a3d6g9k2p5r8t1x4z7c0f', 'gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', 'child-trafficking', 'signs first-hours', 1, NULL, '', '', '', 'in_window', 0, '', '09-01', '10-31', 12, 0, '3t6x9z2c5f8j1n4q7s0w3y6b9e', 1794500000000000, '2my5ksgsy83sxjz5d4sfth2hk4');
INSERT INTO course_rule_people (rule_id, position_id) VALUES ('4v7y0a3d6g9k2p5r8t1x4z7c0f', '2s5w8y1b4e7h0m3p6r9v2x5a8d');
INSERT INTO course_rule_states (rule_id, n, state, reason, at, by_id) VALUES ('3t6x9z2c5f8j1n4q7s0w3y6b9e', 1, 'active', '', 1794500000000000, '2my5ksgsy83sxjz5d4sfth2hk4');
INSERT INTO course_rule_states (rule_id, n, state, reason, at, by_id) VALUES ('3t6x9z2c5f8j1n4q7s0w3y6b9e', 2, 'ended', 'Replaced', 1794500000000001, '2my5ksgsy83sxjz5d4sfth2hk4');
INSERT INTO course_rule_states (rule_id, n, state, reason, at, by_id) VALUES ('4v7y0a3d6g9k2p5r8t1x4z7c0f', 1, 'active', '', 1794500000000001, '2my5ksgsy83sxjz5d4sfth2hk4');
INSERT INTO course_rule_spreads (rule_id, n) VALUES ('4v7y0a3d6g9k2p5r8t1x4z7c0f', 1);
INSERT INTO course_assignments (id, rule_id, position_id, cycle, asked_on, due_on, counts_from, done_before, created_at, ended_at, ended_why) VALUES ('5w8z1b4e7h0m3q6s9v2y5a8d1g', '3t6x9z2c5f8j1n4q7s0w3y6b9e', '2s5w8y1b4e7h0m3p6r9v2x5a8d', 1, '2026-11-13', '2026-12-11', '', '', 1794500000000000, 1794500000000001, 'replaced');
INSERT INTO course_standings (position_id, course, organisation_id, board_id, gone, team_id, job_role, training_group, modules, done_at, valid_until, due_on, status, turns_on, next_status) VALUES ('2s5w8y1b4e7h0m3p6r9v2x5a8d', 'child-trafficking', 'gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', 1, '', 'health', 'C', 0, NULL, NULL, '', 'not_started', '', '');
INSERT INTO course_tallies (organisation_id, board_id, course, gone, team_id, job_role, training_group, status, n) VALUES ('gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', 'child-trafficking', 0, '', 'health', 'C', 'in_date', 0);
INSERT INTO course_rule_tallies (rule_id, n) VALUES ('3t6x9z2c5f8j1n4q7s0w3y6b9e', 0);
-- from 41
UPDATE people_memberships SET leads_part = 1 WHERE role = 'lead' AND ended_at IS NULL;
INSERT INTO people_led_teams (membership_id, team_id) SELECT id, '0q3t6w9z2c5f8j1m4p7s0v3y6b' FROM people_memberships WHERE role = 'lead' AND ended_at IS NULL ORDER BY id LIMIT 1;
UPDATE people_positions SET suspended_at = 1794500000000000, suspended_reason = 'Leave' WHERE id = '2s5w8y1b4e7h0m3p6r9v2x5a8d';
UPDATE people_invitations SET team_id = '0q3t6w9z2c5f8j1m4p7s0v3y6b', training_group = 'C', works_since = '2019-09-01' WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
-- from 42
INSERT INTO people_tokens (id, jti_hash, kid, person_id, membership_id, name, scopes, created_at, expires_at, used_on, revoked_at) SELECT '3t6x9z2c5f8j1m4p7s0v3y6b9e', '6f1ed002ab5595859014ebf0951522d9ad5b5d1d4b7d7e6c9f0a1b2c3d4e5f60', '0a1b2c3d4e5f', person_id, id, 'Payroll', 'people:read completions:read', 1794500000000000, 1802276000000000, '2026-11-13', 1794600000000000 FROM people_memberships ORDER BY id LIMIT 1;
INSERT INTO people_request_keys (token_id, key_hash, request_hash, answer, at) VALUES ('3t6x9z2c5f8j1m4p7s0v3y6b9e', '9b', '7c', '{"id":"4w7z0b3e6h9k2n5q8t1v4y7a0d"}', 1794500000000000);
-- from 43
INSERT INTO course_letters (id, kind, position_id, organisation_id, board_id, day, planned_on, put_at, said_at, outcome) VALUES ('6x9a2c5f8i1n4r7t0w3z6b9e2h', 'reminder', '2s5w8y1b4e7h0m3p6r9v2x5a8d', 'gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', '2026-11-16', '2026-11-14', 1794500000000000, 1794500000000001, 'sent');
INSERT INTO course_letters (id, kind, position_id, organisation_id, board_id, day, planned_on, put_at, said_at, outcome) VALUES ('7y0b3d6g9j2o5s8u1x4a7c0f3i', 'nudge', '2s5w8y1b4e7h0m3p6r9v2x5a8d', 'gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', '2026-11-17', '2026-11-17', 1794500000000002, NULL, '');
INSERT INTO course_reminders (assignment_id, kind, day, planned_on, to_id) VALUES ('5w8z1b4e7h0m3q6s9v2y5a8d1g', 'before_30', '2026-11-16', '2026-11-14', '');
INSERT INTO course_reminded (day, put_at) VALUES ('2026-11-16', 1794500000000000);
-- from 44
INSERT INTO course_exemptions (id, position_id, course, rule_id, until_on, reason, reviewer_id, needs_board, created_at, created_by) VALUES ('6x9z2c5f8j1n4r7t0w3z6b9e2h', '2s5w8y1b4e7h0m3p6r9v2x5a8d', 'child-trafficking', '3t6x9z2c5f8j1n4q7s0w3y6b9e', '2027-05-31', 'On secondment', '2my5ksgsy83sxjz5d4sfth2hk4', 1, 1794500000000000, '2my5ksgsy83sxjz5d4sfth2hk4');
INSERT INTO course_exemption_answers (exemption_id, n, answer, reason, at, by_id) VALUES ('6x9z2c5f8j1n4r7t0w3z6b9e2h', 1, 'declined', 'Too long', 1794500000000001, '2my5ksgsy83sxjz5d4sfth2hk4');
-- from 45
INSERT INTO people_imports (id, organisation_id, board_id, by_id, door, language, content, plan, created_at, begun_at, steps, done, done_at, undo_at, undone_at) VALUES ('8z1c4f7i0m3p6s9v2y5b8e1h4k', 'gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', '2my5ksgsy83sxjz5d4sfth2hk4', 'web', 'cy', x'', x'', 1794500000000000, 1794500000000001, 1, 1, 1794500000000002, NULL, NULL);
INSERT INTO people_import_steps (id, import_id, n, verb, subject, person_id, before, after, passed, undone, at) VALUES ('9a2d5g8j1n4q7t0w3z6c9f2i5m', '8z1c4f7i0m3p6s9v2y5b8e1h4k', 0, 'change', '2s5w8y1b4e7h0m3p6r9v2x5a8d', '2my5ksgsy83sxjz5d4sfth2hk4', '{"JobRole":"education"}', '{"JobRole":"health"}', 0, '', 1794500000000001);
-- from 46
INSERT INTO people_positions (id, person_id, organisation_id, board_id, job_role, began_at) SELECT '1c4f7i0l3o6r9u2x5a8d1g4k7n', id, 'gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', 'health', 1794500000000000 FROM people_persons WHERE id <> '2my5ksgsy83sxjz5d4sfth2hk4' AND id NOT IN (SELECT person_id FROM people_positions WHERE organisation_id = 'gbfs91tentjjh7s4aa5ksx52q0') ORDER BY id LIMIT 1;
INSERT INTO people_duplicates (id, kept_id, duplicate_id, proposed_by, proposed_at, kept_said, duplicate_said, merged_at, ended_at, ended) VALUES ('0b3e6h9k2n5q8t1w4z7c0f3j6m', '1c4f7i0l3o6r9u2x5a8d1g4k7n', '2s5w8y1b4e7h0m3p6r9v2x5a8d', '2my5ksgsy83sxjz5d4sfth2hk4', 1794500000000000, 'yes', 'yes', 1794500000000001, NULL, '');
UPDATE people_positions SET duplicate_of = '1c4f7i0l3o6r9u2x5a8d1g4k7n' WHERE id = '2s5w8y1b4e7h0m3p6r9v2x5a8d';
-- from 50
INSERT INTO course_reminder_switches (organisation_id, board_id, kind, off, since) VALUES ('gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', 'before_30', 1, '2026-11-16');
INSERT INTO course_wordings (organisation_id, board_id, letter, subject_en, subject_cy, opening_en, opening_cy, closing_en, closing_cy, version) VALUES ('gbfs91tentjjh7s4aa5ksx52q0', 'e8mdqzghwn72je2hk3rvmfnzhm', 'late', '', '', 'Please finish this.', 'Gorffennwch hyn.', '', '', 1);
-- from 51
INSERT INTO course_extensions (assignment_id, before_id, planned_on, reason, by_id, at) VALUES ('5w8z1b4e7h0m3q6s9v2y5a8d1g', '5w8z1b4e7h0m3q6s9v2y5a8d1g', '2026-12-01', 'Away until January', '2my5ksgsy83sxjz5d4sfth2hk4', 1794500000000001);
-- from 53
UPDATE people_imports SET uninvited = 3, stayed = 2;
-- from 54
INSERT OR IGNORE INTO people_words (organisation_id, board_id, word, position_id) SELECT organisation_id, board_id, 'nia', id FROM people_positions ORDER BY id LIMIT 1;
-- from 55
INSERT INTO course_assessed (attempt_id, enrolment_id, edition, lang, at) SELECT id, enrolment_id, 'of-2026-abcd', 'cy', 1794500000000002 FROM quiz_attempts ORDER BY id LIMIT 1;
