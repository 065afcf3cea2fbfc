INSERT INTO solve_runs (id, term_id, status, requested_by_id, requested_at, started_at, ended_at, seconds, seed, term_document, attempt, stop_requested, elapsed, reasons, scope, base_plan_id, base_document, unit_id, kept, draft_name) VALUES
    (11, 1, 'stopped', 2, '2026-11-28 08:00:00', '2026-11-28 08:00:01', '2026-11-28 08:01:01', 60, 1, BINARY '78da', 1, false, 60.5, '[]', 'unit', 1, BINARY '78da', 3, 2, NULL),
    (12, 1, 'finished', 2, '2026-11-28 08:00:00', '2026-11-28 08:00:01', '2026-11-28 08:01:01', 60, 1, BINARY '78da', 1, false, 60.5, '[]', 'selection', 1, BINARY '78da', NULL, 2, '方案 3');
INSERT INTO solve_run_sections (run_id, section_id) VALUES
    (12, 1);
