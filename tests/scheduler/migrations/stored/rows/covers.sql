INSERT INTO covers (id, section_id, date, start_minute, end_minute, teacher_id, whole_day, cause, note, status, reason, reported_at) VALUES
    (1, 3, '2027-03-11', 840, 930, 2, false, 'illness', '', 'open', '', '2026-11-28 08:00:00');
INSERT INTO substitutions (id, cover_id, section_id, date, start_minute, end_minute, teacher_id, status, cause, note, asked_at, asked_by_id, answered_at, answered_by_id) VALUES
    (1, 1, 3, '2027-03-11', 840, 930, 1, 'substitute_refused', 'too_much', '', '2026-11-28 08:00:00', 2, '2026-11-28 09:00:00', 5);
