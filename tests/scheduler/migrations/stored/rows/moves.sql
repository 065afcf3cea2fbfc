INSERT INTO plan_changes (id, plan_id, version, section_id, user_id, at, kind, "before", "after", cost, reason) VALUES
    (1, 2, 1, 3, 2, '2026-11-24 08:00:00', 'move', '{"week": 2, "meetings": [[3, 840]], "room": 2, "teacher": 2}', '{"week": 2, "meetings": [[2, 840]], "room": 2, "teacher": 2}', '{}', '');
UPDATE plans SET version = 1 WHERE id = 2;
