INSERT INTO solve_runs (id, term_id, status, requested_by_id, requested_at, started_at, ended_at, seconds, seed, term_document, attempt, worker, lease_until, stop_requested, elapsed, total, bound, placed, unplaced, best_plan, failure, plan_id) VALUES
    (1, 1, 'finished', 2, '2026-11-22 08:00:00', '2026-11-22 08:00:01', '2026-11-22 08:01:01', 60, 1, BINARY '78da', 1, 'worker', NULL, false, 60.5, 1200, 900, 2, 1, BINARY '78da', NULL, 1);
INSERT INTO solve_points (id, run_id, elapsed, total, bound, placed, unplaced, phase) VALUES
    (1, 1, 0.5, 1500, 900, 1, 2, 'construct'),
    (2, 1, 30.0, 1200, 900, 2, 1, 'walk');
