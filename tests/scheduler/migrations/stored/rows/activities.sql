INSERT INTO courses (id, title_zh, title_en, subject_code, target_group, minutes, sessions, per_week, every_weeks, day_gap, minimum_size, maximum_size, reach_metres, for_activity) VALUES
    (11, '家庭教育驿站 活动', 'Family station', 'calligraphy', 'elderly', 90, 1, 1, 1, 1, 10, 40, 9000, true),
    (12, '活动周 开幕', 'Opening', 'dance', 'elderly', 90, 1, 1, 1, 1, 10, 40, 9000, true);
INSERT INTO sections (id, term_id, course_id, unit_id, name, earliest_week, latest_week, priority, reach_metres, assumed) VALUES
    (11, 1, 11, 3, '驿站 1', 1, 2, 3, 9000, false),
    (12, 1, 12, 3, '开幕 1', 1, 2, 3, 9000, false);
INSERT INTO activity_series (id, term_id, unit_id, title_zh, title_en, content_id, course_id, at_least_every, people, per_thousand, fewest, most, sharing_metres, venue_kinds, reach_metres, priority, assumed) VALUES
    (1, 1, 3, '家庭教育驿站', 'Family station', 1, 11, 4, 20, NULL, 1, 40, NULL, '[]', 9000, 3, true);
INSERT INTO series_communities (series_id, community_id) VALUES
    (1, 1);
INSERT INTO series_sections (section_id, series_id, group_code) VALUES
    (11, 1, '330213001001');
INSERT INTO series_updates (id, series_id, at, undone, "before", "after") VALUES
    (1, 1, '2026-11-28 08:00:00', false, '{}', '{}');
INSERT INTO events (id, term_id, unit_id, title_zh, title_en, kind, first_day, last_day, assumed) VALUES
    (1, 1, 3, '终身学习活动周', 'Lifelong Learning Week', 'activity_week', '2027-03-01', '2027-03-07', true);
INSERT INTO event_items (id, event_id, title_zh, title_en, course_id, unit_id, first_day, last_day, start_minute, end_minute, places, people, reach_metres) VALUES
    (1, 1, '开幕', 'Opening', 12, 3, '2027-03-01', '2027-03-02', 540, 1020, 1, 30, 9000);
INSERT INTO event_item_communities (item_id, community_id) VALUES
    (1, 1);
INSERT INTO event_item_teachers (item_id, teacher_id) VALUES
    (1, 2);
INSERT INTO event_sections (section_id, item_id, place) VALUES
    (12, 1, 1);
