CREATE TABLE scenarios (
	id INTEGER NOT NULL, 
	term_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	changes JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by_id INTEGER, 
	taken_over_at DATETIME, 
	replaced JSON NOT NULL, 
	archived_at DATETIME, 
	CONSTRAINT pk_scenarios PRIMARY KEY (id), 
	CONSTRAINT fk_scenarios_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT fk_scenarios_created_by_id FOREIGN KEY(created_by_id) REFERENCES users (id), 
	CONSTRAINT uq_scenarios_term_id_name UNIQUE (term_id, name)
);
CREATE INDEX ix_scenarios_term_id ON scenarios (term_id);
ALTER TABLE plans ADD COLUMN scenario_id INTEGER CONSTRAINT fk_plans_scenario_id REFERENCES scenarios (id) ON DELETE CASCADE;
ALTER TABLE solve_runs ADD COLUMN scenario_id INTEGER CONSTRAINT fk_solve_runs_scenario_id REFERENCES scenarios (id);
ALTER TABLE solve_runs ADD COLUMN asked_plan_id INTEGER CONSTRAINT fk_solve_runs_asked_plan_id REFERENCES plans (id);
ALTER TABLE solve_runs ADD COLUMN start_plan BLOB;
ALTER TABLE solve_runs ADD COLUMN fingerprint VARCHAR(64);
ALTER TABLE solve_runs ADD COLUMN findings JSON;
CREATE INDEX ix_plans_scenario_id ON plans (scenario_id);
CREATE INDEX ix_solve_runs_scenario_id ON solve_runs (scenario_id);
CREATE INDEX ix_solve_runs_asked_plan_id ON solve_runs (asked_plan_id);
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(sql, '(''draft'', ''published'', ''superseded'', ''discarded'')', '(''draft'', ''published'', ''superseded'', ''discarded'', ''scenario'')') WHERE type = 'table' AND name = 'plans';
PRAGMA writable_schema = OFF;
DROP INDEX uq_solve_runs_active;
CREATE UNIQUE INDEX uq_solve_runs_active ON solve_runs (term_id) WHERE status IN ('queued', 'running') AND scenario_id IS NULL AND asked_plan_id IS NULL;
CREATE UNIQUE INDEX uq_solve_runs_active_scenario ON solve_runs (scenario_id) WHERE status IN ('queued', 'running') AND scenario_id IS NOT NULL;
CREATE UNIQUE INDEX uq_solve_runs_active_question ON solve_runs (asked_plan_id) WHERE status IN ('queued', 'running') AND asked_plan_id IS NOT NULL;
