INSERT INTO features (code, name_zh, name_en) VALUES
    ('mirror', '镜面墙', 'mirror wall'),
    ('wifi', '无线网络', 'Wi-Fi');
INSERT INTO subjects (code, name_zh, name_en, category, archived_at) VALUES
    ('calligraphy', '书法', 'Calligraphy', 'arts', NULL),
    ('dance', '舞蹈', 'Dance', 'dance', NULL);
INSERT INTO units (id, code, name, level, parent_id, path, archived_at) VALUES
    (1, '330200', '宁波市', 'city', NULL, '330200/', NULL),
    (2, '330213', '奉化区', 'county', 1, '330200/330213/', NULL),
    (3, '330213001', '锦屏街道', 'street', 2, '330200/330213/330213001/', NULL),
    (4, '330213002', '岳林街道', 'street', 2, '330200/330213/330213002/', NULL);
INSERT INTO users (id, username, name, password_hash, session_key, active, created_at) VALUES
    (1, 'administrator', 'Administrator', '$argon2id$v=19$m=8,t=1,p=1$Mye8MMNDT1541BLvXJu0OA$jwTT5M7HJGZVd2630I6lQHvGr9IvFsfCFxN0ZeiRbhw', 'd34abea95a2d95006fa36e2310894382', true, '2026-11-22 08:00:00'),
    (2, 'coordinator', 'Coordinator', '$argon2id$v=19$m=8,t=1,p=1$6sT2qNvmt66WBPES2hnsQA$qMvbUbm5QFu8SycRkTYGVqYJTPGObPuzi27eHqZN38k', '3c2f81c3ff204270453f95944481a069', true, '2026-11-22 08:00:00'),
    (3, 'street', 'Street', '$argon2id$v=19$m=8,t=1,p=1$rp8e4k5+3BBbikOvVaFnrQ$XNJW0fhgcnlwW0ci5m5Gb/OWhiGI+ah8FhW30EmIKvU', 'e5383c0c3a53070121607ebd7ceb1958', true, '2026-11-22 08:00:00'),
    (4, 'library', 'Library', '$argon2id$v=19$m=8,t=1,p=1$0rAjCsKk3TbH0gFvhy2Pdg$xDq43ItFFM3xAm8dyq5ErJSUhu2CRI/WeanfVbut9Ys', '23d0cbaf836b3e64ea1cde3343ad3e93', true, '2026-11-22 08:00:00'),
    (5, 'teacher', 'Teacher', '$argon2id$v=19$m=8,t=1,p=1$gyB1+TfgRPUj8xwOfBFSrA$jLALrBHXx9EHrhbxU8eBJ0LeNpTssna2XLLcjC2H/+w', '5b6af2fa2ab50bf7326f8e822f2bfee4', true, '2026-11-22 08:00:00'),
    (6, 'resident', 'Resident', '$argon2id$v=19$m=8,t=1,p=1$r9vdMu86nr8v5MNedAVCxw$6YMRNkxLsTstgnQy65YkrBiL3z4pOpG6E0Llu9NDZlA', '03f8818b06e4a4f0073954554b647227', true, '2026-11-22 08:00:00');
INSERT INTO communities (id, code, name, unit_id, population, archived_at, latitude, longitude, place_source) VALUES
    (1, '330213001001', '东门社区', 3, 2000, NULL, 29.655, 121.405, 'assumed'),
    (2, '330213001002', '西溪社区', 3, 2000, NULL, 29.66, 121.4, 'assumed'),
    (3, '330213002001', '大成村', 4, 2000, NULL, 29.7, 121.45, 'assumed'),
    (4, '330213002002', '金钟村', 4, 2000, NULL, 29.702, 121.455, 'assumed');
INSERT INTO courses (id, title_zh, title_en, subject_code, target_group, minutes, sessions, per_week, every_weeks, day_gap, minimum_size, maximum_size, reach_metres, archived_at) VALUES
    (1, '书法入门', 'Calligraphy for beginners', 'calligraphy', 'elderly', 90, 10, 1, 1, 1, 10, 40, 9000, NULL),
    (2, '广场舞', 'Square dance', 'dance', 'elderly', 90, 10, 1, 1, 1, 10, 40, 9000, NULL);
INSERT INTO teachers (id, unit_id, name, kind, max_day, max_week, wanted_week, fee, reach_metres, assumed, archived_at, latitude, longitude, place_source) VALUES
    (1, 3, '书法教师 1', 'part_time', 3, 6, 4, 100, 20000, false, NULL, 29.654, 121.406, 'assumed'),
    (2, 4, '舞蹈志愿者 1', 'volunteer', 3, 6, 4, 100, 20000, false, NULL, 29.7, 121.45, 'assumed');
INSERT INTO terms (id, unit_id, name, first_day, weeks, grid_minutes, metres_per_minute, overhead_minutes, weights, archived_at) VALUES
    (1, 2, '2027 年春季学期', '2027-03-01', 16, 30, 250, 5, '{"unplaced": 30, "lost": 20, "distance": 1, "teacher_distance": 1, "money": 1, "time": 1, "clash": 20, "uncovered": 150, "overwork": 4, "moved_time": 6, "moved_room": 2, "moved_teacher": 3}', NULL);
INSERT INTO venues (id, unit_id, kind, name, address, contact, phone, confirmation, step_free, assumed, archived_at, latitude, longitude, place_source) VALUES
    (1, 3, 'library', '奉化区图书馆', '', '', '', 'manager', NULL, true, NULL, 29.656, 121.404, 'assumed'),
    (2, 4, 'culture_station', '岳林街道文化站', '', '', '', 'automatic', NULL, true, NULL, 29.701, 121.452, 'assumed');
INSERT INTO budgets (id, term_id, unit_id, yuan) VALUES
    (1, 1, 3, 50000);
INSERT INTO course_features (course_id, feature_code) VALUES
    (2, 'mirror');
INSERT INTO course_windows (course_id, cost, id, weekday, start_minute, end_minute) VALUES
    (1, 0, 1, 0, 510, 690),
    (1, 0, 2, 0, 840, 1020),
    (1, 0, 3, 1, 510, 690),
    (1, 0, 4, 1, 840, 1020),
    (1, 0, 5, 2, 510, 690),
    (1, 0, 6, 2, 840, 1020),
    (1, 0, 7, 3, 510, 690),
    (1, 0, 8, 3, 840, 1020),
    (1, 0, 9, 4, 510, 690),
    (1, 0, 10, 4, 840, 1020),
    (2, 0, 11, 0, 510, 690),
    (2, 0, 12, 0, 840, 1020),
    (2, 0, 13, 1, 510, 690),
    (2, 0, 14, 1, 840, 1020),
    (2, 0, 15, 2, 510, 690),
    (2, 0, 16, 2, 840, 1020),
    (2, 0, 17, 3, 510, 690),
    (2, 0, 18, 3, 840, 1020),
    (2, 0, 19, 4, 510, 690),
    (2, 0, 20, 4, 840, 1020);
INSERT INTO grants (id, user_id, role, unit_id, venue_id, teacher_id) VALUES
    (1, 1, 'administrator', NULL, NULL, NULL),
    (2, 2, 'coordinator', 2, NULL, NULL),
    (3, 3, 'coordinator', 3, NULL, NULL),
    (4, 4, 'venue_manager', NULL, 1, NULL),
    (5, 5, 'teacher', NULL, NULL, 1),
    (6, 6, 'resident', NULL, NULL, NULL);
INSERT INTO rooms (id, venue_id, name, capacity, turnaround_minutes, fee, assumed, archived_at) VALUES
    (1, 1, '阅览室', 40, 10, 0, false, NULL),
    (2, 2, '排练厅', 50, 10, 0, false, NULL);
INSERT INTO teacher_subjects (teacher_id, subject_code) VALUES
    (1, 'calligraphy'),
    (2, 'calligraphy'),
    (2, 'dance');
INSERT INTO teacher_windows (teacher_id, id, weekday, start_minute, end_minute) VALUES
    (1, 1, 0, 510, 1260),
    (1, 2, 1, 510, 1260),
    (1, 3, 2, 510, 1260),
    (1, 4, 3, 510, 1260),
    (1, 5, 4, 510, 1260),
    (1, 6, 5, 510, 1260),
    (1, 7, 6, 510, 1260),
    (2, 8, 0, 510, 1260),
    (2, 9, 1, 510, 1260),
    (2, 10, 2, 510, 1260),
    (2, 11, 3, 510, 1260),
    (2, 12, 4, 510, 1260),
    (2, 13, 5, 510, 1260),
    (2, 14, 6, 510, 1260);
INSERT INTO plans (id, term_id, name, status, created_at, created_by_id, published_at, total, bound, cost, reasons) VALUES
    (1, 1, '方案 1', 'published', '2026-11-22 08:00:00', NULL, '2026-11-22 08:00:00', 1200, 900, '{"unplaced": 1100, "distance": 100}', '{"2": {"code": "no_teacher_in_reach", "parameters": []}}'),
    (2, 1, '方案 2', 'draft', '2026-11-22 08:00:00', NULL, NULL, 1200, 900, '{"unplaced": 1100, "distance": 100}', '{"2": {"code": "no_teacher_in_reach", "parameters": []}}');
INSERT INTO room_features (room_id, feature_code) VALUES
    (1, 'wifi'),
    (2, 'mirror'),
    (2, 'wifi');
INSERT INTO room_windows (room_id, id, weekday, start_minute, end_minute) VALUES
    (1, 1, 0, 510, 1260),
    (1, 2, 1, 510, 1260),
    (1, 3, 2, 510, 1260),
    (1, 4, 3, 510, 1260),
    (1, 5, 4, 510, 1260),
    (1, 6, 5, 510, 1260),
    (1, 7, 6, 510, 1260),
    (2, 8, 0, 510, 1260),
    (2, 9, 1, 510, 1260),
    (2, 10, 2, 510, 1260),
    (2, 11, 3, 510, 1260),
    (2, 12, 4, 510, 1260),
    (2, 13, 5, 510, 1260),
    (2, 14, 6, 510, 1260);
INSERT INTO sections (id, term_id, course_id, unit_id, name, earliest_week, latest_week, priority, reach_metres, pinned_week, pinned_room_id, pinned_teacher_id, assumed, archived_at) VALUES
    (1, 1, 1, 3, '锦屏街道·书法 1 班', 1, 2, 3, 9000, NULL, NULL, NULL, false, NULL),
    (2, 1, 1, 4, '岳林街道·书法 1 班', 1, 2, 3, 9000, NULL, NULL, NULL, false, NULL),
    (3, 1, 2, 4, '岳林街道·广场舞 1 班', 1, 2, 3, 9000, NULL, NULL, NULL, false, NULL);
INSERT INTO bookings (id, plan_id, section_id, room_id, status, reason, requested_at, decided_at, decided_by_id) VALUES
    (1, 1, 1, 1, 'requested', '', '2026-11-22 08:00:00', NULL, NULL),
    (2, 1, 3, 2, 'confirmed', '', '2026-11-22 08:00:00', '2026-11-22 08:00:00', NULL);
INSERT INTO placements (plan_id, section_id, week, room_id, teacher_id) VALUES
    (1, 1, 1, 1, 1),
    (1, 3, 2, 2, 2),
    (2, 1, 1, 1, 1),
    (2, 3, 2, 2, 2);
INSERT INTO section_learners (section_id, community_id, people) VALUES
    (1, 1, 12),
    (1, 2, 8),
    (2, 3, 15),
    (3, 3, 10),
    (3, 4, 20);
INSERT INTO booked_sessions (id, booking_id, room_id, date, start_minute, end_minute, free_minute, holds) VALUES
    (1, 1, 1, '2027-03-02', 540, 630, 640, true),
    (2, 1, 1, '2027-03-09', 540, 630, 640, true),
    (3, 1, 1, '2027-03-16', 540, 630, 640, true),
    (4, 1, 1, '2027-03-23', 540, 630, 640, true),
    (5, 1, 1, '2027-03-30', 540, 630, 640, true),
    (6, 1, 1, '2027-04-06', 540, 630, 640, true),
    (7, 1, 1, '2027-04-13', 540, 630, 640, true),
    (8, 1, 1, '2027-04-20', 540, 630, 640, true),
    (9, 1, 1, '2027-04-27', 540, 630, 640, true),
    (10, 1, 1, '2027-05-04', 540, 630, 640, true),
    (11, 2, 2, '2027-03-11', 840, 930, 940, true),
    (12, 2, 2, '2027-03-18', 840, 930, 940, true),
    (13, 2, 2, '2027-03-25', 840, 930, 940, true),
    (14, 2, 2, '2027-04-01', 840, 930, 940, true),
    (15, 2, 2, '2027-04-08', 840, 930, 940, true),
    (16, 2, 2, '2027-04-15', 840, 930, 940, true),
    (17, 2, 2, '2027-04-22', 840, 930, 940, true),
    (18, 2, 2, '2027-04-29', 840, 930, 940, true),
    (19, 2, 2, '2027-05-06', 840, 930, 940, true),
    (20, 2, 2, '2027-05-13', 840, 930, 940, true);
INSERT INTO meetings (plan_id, section_id, weekday, start_minute) VALUES
    (1, 1, 1, 540),
    (1, 3, 3, 840),
    (2, 1, 1, 540),
    (2, 3, 2, 840);
INSERT INTO audit_entries (id, at, user_id, action, "table", "row", changes) VALUES
    (1, '2026-11-22 08:00:00', NULL, 'create', 'units', '1', '{"id": [null, 1], "code": [null, "330200"], "name": [null, "宁波市"], "level": [null, "city"], "path": [null, "330200/"]}'),
    (2, '2026-11-22 08:00:00', NULL, 'create', 'units', '2', '{"id": [null, 2], "code": [null, "330213"], "name": [null, "奉化区"], "level": [null, "county"], "parent_id": [null, 1], "path": [null, "330200/330213/"]}'),
    (3, '2026-11-22 08:00:00', NULL, 'create', 'units', '3', '{"id": [null, 3], "code": [null, "330213001"], "name": [null, "锦屏街道"], "level": [null, "street"], "parent_id": [null, 2], "path": [null, "330200/330213/330213001/"]}'),
    (4, '2026-11-22 08:00:00', NULL, 'create', 'units', '4', '{"id": [null, 4], "code": [null, "330213002"], "name": [null, "岳林街道"], "level": [null, "street"], "parent_id": [null, 2], "path": [null, "330200/330213/330213002/"]}'),
    (5, '2026-11-22 08:00:00', 2, 'create', 'plans', '1', '{"id": [null, 1], "term_id": [null, 1], "name": [null, "方案 1"], "status": [null, "draft"], "created_at": [null, "2026-11-22T08:00:00+00:00"], "total": [null, 1200], "bound": [null, 900], "cost": [null, {"unplaced": 1100, "distance": 100}], "reasons": [null, {"2": {"code": "no_teacher_in_reach", "parameters": []}}], "version": [null, 0]}'),
    (6, '2026-11-22 08:00:00', 2, 'update', 'plans', '1', '{"status": ["draft", "published"], "published_at": [null, "2026-11-22T08:00:00+00:00"]}'),
    (7, '2026-11-22 08:00:00', 2, 'create', 'plans', '2', '{"id": [null, 2], "term_id": [null, 1], "name": [null, "方案 1"], "status": [null, "draft"], "created_at": [null, "2026-11-22T08:00:00+00:00"], "total": [null, 1200], "bound": [null, 900], "cost": [null, {"unplaced": 1100, "distance": 100}], "reasons": [null, {"2": {"code": "no_teacher_in_reach", "parameters": []}}], "version": [null, 0]}'),
    (8, '2026-11-22 08:00:00', 2, 'update', 'plans', '2', '{"name": ["方案 1", "方案 2"]}');
INSERT INTO installation (id, demonstration) VALUES (1, false);
INSERT INTO census (unit_id, year, population, share_0_14, share_5_14, share_60_plus, share_65_plus, source) VALUES
    (2, 2020, 577505, 0.11, 0.07, 0.24, 0.17, 'census');
INSERT INTO calendar_days (id, term_id, date, kind, name) VALUES
    (1, 1, '2027-06-09', 'off', '端午节');
INSERT INTO demand (id, term_id, course_id, community_id, people, assumed) VALUES
    (1, 1, 1, 4, 31, false);
INSERT INTO shared_learners (first_id, second_id, people) VALUES
    (1, 2, 5);
INSERT INTO section_teachers (section_id, teacher_id) VALUES
    (3, 2);
INSERT INTO section_venues (section_id, venue_id) VALUES
    (3, 2);
INSERT INTO teacher_absences (id, teacher_id, date, reason) VALUES
    (1, 2, '2027-06-21', '');
INSERT INTO room_closures (id, room_id, date, reason) VALUES
    (1, 1, '2027-06-22', '盘点');
