INSERT INTO change_sets (id, at, user_id, kind, term_id, subject, subject_id, version, takes_back_id, backward, facts) VALUES
    (1, '2026-11-24 08:00:00', 2, 'section_moved', 1, 'plans', 2, 1, NULL, false, '{"cost": {}, "reason": ""}'),
    (2, '2026-11-28 08:00:00', 2, 'section_pinned', 1, 'plans', 2, 2, NULL, false, '{"cost": {}, "reason": ""}'),
    (3, '2026-11-28 08:00:00', NULL, 'series_updated', 1, 'activity_series', 1, NULL, NULL, false, '{}'),
    (4, '2026-11-28 08:00:00', 2, 'demand_worked_out', 1, 'terms', 1, NULL, NULL, false, '{}'),
    (5, '2026-11-22 08:00:00', 2, 'workbook_taken_over', NULL, 'imports', 2, NULL, NULL, false, '{}');
INSERT INTO change_entries (id, change_set_id, position, register, "row", title, "before", "after") VALUES
    (1, 1, 0, 'placements', '2/3', '', '{"week": 2, "meetings": [[3, 840]], "room": 2, "teacher": 2}', '{"week": 2, "meetings": [[2, 840]], "room": 2, "teacher": 2}'),
    (2, 2, 0, 'sections', '3', '岳林街道·广场舞 1 班', '{"pinned_week": null, "pinned_meetings": [], "pinned_room": null, "pinned_teacher": null}', '{"pinned_week": null, "pinned_meetings": [], "pinned_room": 2, "pinned_teacher": null}'),
    (3, 5, 0, 'rooms', '1', '阅览室', '{"capacity": 38, "archived": false}', '{"capacity": 40, "archived": false}');
