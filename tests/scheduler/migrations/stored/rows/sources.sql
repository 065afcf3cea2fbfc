INSERT INTO demand_sources (id, term_id, course_id, community_id, kind, people, percent) VALUES
    (1, 1, 1, 4, 'survey', 62, 50);
INSERT INTO demand_steps (id, term_id, user_id, kind, at, undone, changes) VALUES
    (1, 1, 2, 'worked_out', '2026-11-28 08:00:00', false, '[]');
INSERT INTO proposal_runs (id, term_id, user_id, most_sections, most_yuan, stopped, at) VALUES
    (1, 1, 2, 3, NULL, false, '2026-11-28 08:00:00');
INSERT INTO proposed_courses (id, run_id, course_id, position, people, solved, proven, venues, left_out) VALUES
    (1, 1, 1, 0, 31, true, true, true, '{}');
INSERT INTO proposals (id, asked_id, unit_id, venue_id, gathering_id, section_id, name, price, state, edited, batch) VALUES
    (1, 1, 4, 2, NULL, NULL, '岳林街道·书法 2 班', 0, 'open', false, 0);
INSERT INTO proposed_learners (proposal_id, community_id, people) VALUES
    (1, 4, 31);
