INSERT INTO rooms (id, venue_id, name, capacity, turnaround_minutes, fee, assumed) VALUES
    (3, 1, '多功能厅', 80, 15, 0, false);
INSERT INTO bookings (id, plan_id, section_id, room_id, status, reason, requested_at, decided_at, decided_by_id, offered_room_id) VALUES
    (3, 1, 1, 1, 'cancelled', '', '2026-11-22 08:00:00', '2026-11-22 09:00:00', 4, 3);
