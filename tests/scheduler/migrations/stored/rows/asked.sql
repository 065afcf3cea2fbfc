INSERT INTO assignments (id, plan_id, section_id, teacher_id, room_id, week, meetings, status, cause, note, asked_at, answered_at, answered_by_id, former_id) VALUES
    (1, 1, 1, 1, 1, 1, '[[1, 540]]', 'asked', NULL, '', '2026-11-22 08:00:00', NULL, NULL, NULL),
    (2, 1, 3, 2, 2, 2, '[[3, 840]]', 'asked', NULL, '', '2026-11-22 08:00:00', NULL, NULL, NULL);
