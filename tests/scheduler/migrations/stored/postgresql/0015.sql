CREATE TABLE jobs (
	id SERIAL NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	subject_id INTEGER NOT NULL, 
	rank INTEGER NOT NULL, 
	term_id INTEGER, 
	status VARCHAR(40) NOT NULL, 
	requested_by_id INTEGER, 
	requested_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	started_at TIMESTAMP WITHOUT TIME ZONE, 
	ended_at TIMESTAMP WITHOUT TIME ZONE, 
	seconds INTEGER NOT NULL, 
	attempt INTEGER NOT NULL, 
	worker VARCHAR(40), 
	lease_until TIMESTAMP WITHOUT TIME ZONE, 
	stop_requested BOOLEAN NOT NULL, 
	elapsed DOUBLE PRECISION NOT NULL, 
	failure VARCHAR(40), 
	CONSTRAINT pk_jobs PRIMARY KEY (id), 
	CONSTRAINT ck_jobs_seconds CHECK (seconds BETWEEN 1 AND 86400), 
	CONSTRAINT fk_jobs_requested_by_id FOREIGN KEY(requested_by_id) REFERENCES users (id), 
	CONSTRAINT fk_jobs_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT ck_jobs_jobstatus CHECK (status IN ('queued', 'running', 'finished', 'stopped', 'failed'))
);
CREATE INDEX ix_jobs_status ON jobs (status);
CREATE INDEX ix_jobs_term_id ON jobs (term_id);
CREATE UNIQUE INDEX uq_jobs_active ON jobs (kind, subject_id) WHERE status IN ('queued', 'running');
CREATE TABLE planning_jobs (
	id INTEGER NOT NULL, 
	seed INTEGER NOT NULL, 
	term_document BYTEA NOT NULL, 
	total INTEGER, 
	bound INTEGER, 
	placed INTEGER, 
	unplaced INTEGER, 
	best_plan BYTEA, 
	reasons JSON NOT NULL, 
	plan_id INTEGER, 
	scope VARCHAR(40) NOT NULL, 
	base_plan_id INTEGER, 
	base_document BYTEA, 
	unit_id INTEGER, 
	kept INTEGER NOT NULL, 
	draft_name VARCHAR(200), 
	CONSTRAINT pk_planning_jobs PRIMARY KEY (id), 
	CONSTRAINT ck_planning_jobs_base CHECK ((scope = 'whole') = (base_document IS NULL)), 
	CONSTRAINT ck_planning_jobs_unit CHECK ((scope = 'unit') = (unit_id IS NOT NULL)), 
	CONSTRAINT fk_planning_jobs_base_plan_id FOREIGN KEY(base_plan_id) REFERENCES plans (id), 
	CONSTRAINT fk_planning_jobs_plan_id FOREIGN KEY(plan_id) REFERENCES plans (id) ON DELETE SET NULL, 
	CONSTRAINT fk_planning_jobs_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT fk_planning_jobs_id FOREIGN KEY(id) REFERENCES jobs (id) ON DELETE CASCADE, 
	CONSTRAINT ck_planning_jobs_planningscope CHECK (scope IN ('whole', 'unit', 'selection', 'unplaced'))
);
CREATE TABLE scenario_jobs (
	id INTEGER NOT NULL, 
	seed INTEGER NOT NULL, 
	term_document BYTEA NOT NULL, 
	total INTEGER, 
	bound INTEGER, 
	placed INTEGER, 
	unplaced INTEGER, 
	best_plan BYTEA, 
	reasons JSON NOT NULL, 
	plan_id INTEGER, 
	scenario_id INTEGER NOT NULL, 
	start_plan BYTEA, 
	fingerprint VARCHAR(64), 
	CONSTRAINT pk_scenario_jobs PRIMARY KEY (id), 
	CONSTRAINT fk_scenario_jobs_plan_id FOREIGN KEY(plan_id) REFERENCES plans (id) ON DELETE SET NULL, 
	CONSTRAINT fk_scenario_jobs_scenario_id FOREIGN KEY(scenario_id) REFERENCES scenarios (id), 
	CONSTRAINT fk_scenario_jobs_id FOREIGN KEY(id) REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE INDEX ix_scenario_jobs_scenario_id ON scenario_jobs (scenario_id);
CREATE TABLE recommendation_jobs (
	id INTEGER NOT NULL, 
	seed INTEGER NOT NULL, 
	term_document BYTEA NOT NULL, 
	asked_plan_id INTEGER NOT NULL, 
	asked_document BYTEA, 
	fingerprint VARCHAR(64), 
	findings JSON, 
	CONSTRAINT pk_recommendation_jobs PRIMARY KEY (id), 
	CONSTRAINT fk_recommendation_jobs_asked_plan_id FOREIGN KEY(asked_plan_id) REFERENCES plans (id), 
	CONSTRAINT fk_recommendation_jobs_id FOREIGN KEY(id) REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE INDEX ix_recommendation_jobs_asked_plan_id ON recommendation_jobs (asked_plan_id);
INSERT INTO jobs (kind, subject_id, rank, id, term_id, status, requested_by_id, requested_at, started_at, ended_at, seconds, attempt, worker, lease_until, stop_requested, elapsed, failure) SELECT 'planning' AS kind, term_id AS subject_id, 0 AS rank, id, term_id, status, requested_by_id, requested_at, started_at, ended_at, seconds, attempt, worker, lease_until, stop_requested, elapsed, failure FROM solve_runs WHERE scenario_id IS NULL AND asked_plan_id IS NULL;
INSERT INTO planning_jobs (id, seed, term_document, total, bound, placed, unplaced, best_plan, reasons, plan_id, scope, base_plan_id, base_document, unit_id, kept, draft_name) SELECT id, seed, term_document, total, bound, placed, unplaced, best_plan, reasons, plan_id, scope, base_plan_id, base_document, unit_id, kept, draft_name FROM solve_runs WHERE scenario_id IS NULL AND asked_plan_id IS NULL;
INSERT INTO jobs (kind, subject_id, rank, id, term_id, status, requested_by_id, requested_at, started_at, ended_at, seconds, attempt, worker, lease_until, stop_requested, elapsed, failure) SELECT 'scenario' AS kind, scenario_id AS subject_id, 1 AS rank, id, term_id, status, requested_by_id, requested_at, started_at, ended_at, seconds, attempt, worker, lease_until, stop_requested, elapsed, failure FROM solve_runs WHERE scenario_id IS NOT NULL;
INSERT INTO scenario_jobs (id, seed, term_document, total, bound, placed, unplaced, best_plan, reasons, plan_id, scenario_id, start_plan, fingerprint) SELECT id, seed, term_document, total, bound, placed, unplaced, best_plan, reasons, plan_id, scenario_id, start_plan, fingerprint FROM solve_runs WHERE scenario_id IS NOT NULL;
INSERT INTO jobs (kind, subject_id, rank, id, term_id, status, requested_by_id, requested_at, started_at, ended_at, seconds, attempt, worker, lease_until, stop_requested, elapsed, failure) SELECT 'recommendation' AS kind, asked_plan_id AS subject_id, 1 AS rank, id, term_id, status, requested_by_id, requested_at, started_at, ended_at, seconds, attempt, worker, lease_until, stop_requested, elapsed, failure FROM solve_runs WHERE asked_plan_id IS NOT NULL;
INSERT INTO recommendation_jobs (id, seed, term_document, asked_plan_id, asked_document, fingerprint, findings) SELECT id, seed, term_document, asked_plan_id, start_plan AS asked_document, fingerprint, findings FROM solve_runs WHERE asked_plan_id IS NOT NULL;
CREATE TABLE planning_job_sections (
	job_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	CONSTRAINT pk_planning_job_sections PRIMARY KEY (job_id, section_id), 
	CONSTRAINT fk_planning_job_sections_job_id FOREIGN KEY(job_id) REFERENCES planning_jobs (id) ON DELETE CASCADE, 
	CONSTRAINT fk_planning_job_sections_section_id FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE CASCADE
);
CREATE INDEX ix_planning_job_sections_section_id ON planning_job_sections (section_id);
INSERT INTO planning_job_sections (job_id, section_id) SELECT run_id AS job_id, section_id FROM solve_run_sections WHERE 1 = 1;
CREATE TABLE search_points (
	id SERIAL NOT NULL, 
	job_id INTEGER NOT NULL, 
	elapsed DOUBLE PRECISION NOT NULL, 
	total INTEGER NOT NULL, 
	bound INTEGER NOT NULL, 
	placed INTEGER NOT NULL, 
	unplaced INTEGER NOT NULL, 
	phase VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_search_points PRIMARY KEY (id), 
	CONSTRAINT fk_search_points_job_id FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE INDEX ix_search_points_job_id ON search_points (job_id);
INSERT INTO search_points (id, job_id, elapsed, total, bound, placed, unplaced, phase) SELECT id, run_id AS job_id, elapsed, total, bound, placed, unplaced, phase FROM solve_points WHERE 1 = 1;
DROP TABLE solve_points;
DROP TABLE solve_run_sections;
DROP TABLE solve_runs;
