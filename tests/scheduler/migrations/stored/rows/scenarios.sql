INSERT INTO scenarios (id, term_id, name, changes, created_at, created_by_id, taken_over_at, replaced) VALUES
    (1, 1, '阅览室晚些关门', '{"version": 1, "changes": []}', '2026-11-28 08:00:00', 2, NULL, '[]');
INSERT INTO plans (id, term_id, name, status, created_at, created_by_id, total, bound, cost, reasons, scenario_id) VALUES
    (21, 1, '设想 1', 'scenario', '2026-11-28 08:00:00', 2, 1200, 900, '{}', '{}', 1);
INSERT INTO solve_runs (id, term_id, status, requested_by_id, requested_at, started_at, ended_at, seconds, seed, term_document, attempt, stop_requested, elapsed, reasons, scenario_id, asked_plan_id, start_plan, fingerprint, findings, plan_id) VALUES
    (21, 1, 'finished', 2, '2026-11-28 08:00:00', '2026-11-28 08:00:01', '2026-11-28 08:01:01', 60, 1, BINARY '78da', 1, false, 60.5, '[]', 1, NULL, BINARY '78da', 'f', NULL, 21),
    (22, 1, 'finished', 2, '2026-11-28 08:00:00', '2026-11-28 08:00:01', '2026-11-28 08:01:01', 60, 1, BINARY '78da', 1, false, 60.5, '[]', NULL, 1, NULL, NULL, '[]', NULL);
