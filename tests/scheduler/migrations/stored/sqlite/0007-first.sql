ALTER TABLE solve_runs ADD COLUMN base_document BLOB;
ALTER TABLE solve_runs ADD COLUMN unit_id INTEGER CONSTRAINT fk_solve_runs_unit_id_units REFERENCES units (id);
ALTER TABLE solve_runs ADD COLUMN base_plan_id INTEGER CONSTRAINT fk_solve_runs_base_plan_id_plans REFERENCES plans (id) ON DELETE SET NULL;
ALTER TABLE solve_runs ADD COLUMN kept INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE solve_runs ADD COLUMN draft_name VARCHAR(200) DEFAULT '' NOT NULL;
ALTER TABLE solve_runs ADD COLUMN scope VARCHAR(40) DEFAULT 'whole' NOT NULL CONSTRAINT ck_solve_runs_runscope CHECK (scope IN ('whole', 'unit', 'selection', 'unplaced')) CONSTRAINT ck_solve_runs_base CHECK ((scope = 'whole') = (base_document IS NULL)) CONSTRAINT ck_solve_runs_unit CHECK ((scope = 'unit') = (unit_id IS NOT NULL));
CREATE TABLE solve_run_sections (
	run_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	CONSTRAINT pk_solve_run_sections PRIMARY KEY (run_id, section_id), 
	CONSTRAINT fk_solve_run_sections_run_id_solve_runs FOREIGN KEY(run_id) REFERENCES solve_runs (id) ON DELETE CASCADE, 
	CONSTRAINT fk_solve_run_sections_section_id_sections FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE CASCADE
);
CREATE INDEX ix_solve_run_sections_section_id ON solve_run_sections (section_id);
