INSERT INTO plan_changes (id, plan_id, version, section_id, user_id, at, kind, "before", "after", cost, reason) VALUES
    (2, 2, 2, 3, 2, '2026-11-28 08:00:00', 'pin', '{"pinned": {"week": null, "meetings": [], "room": null, "teacher": null}}', '{"pinned": {"week": null, "meetings": [], "room": 2, "teacher": null}}', '{}', '');
UPDATE plans SET version = 2 WHERE id = 2;
UPDATE sections SET pinned_room_id = 2 WHERE id = 3;
