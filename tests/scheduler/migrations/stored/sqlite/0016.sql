CREATE TABLE change_sets (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	user_id INTEGER, 
	kind VARCHAR(40) NOT NULL, 
	term_id INTEGER, 
	subject VARCHAR(40) NOT NULL, 
	subject_id INTEGER NOT NULL, 
	version INTEGER, 
	takes_back_id INTEGER, 
	backward BOOLEAN NOT NULL, 
	facts JSON NOT NULL, 
	CONSTRAINT pk_change_sets PRIMARY KEY (id), 
	CONSTRAINT fk_change_sets_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT fk_change_sets_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT fk_change_sets_takes_back_id FOREIGN KEY(takes_back_id) REFERENCES change_sets (id) ON DELETE CASCADE, 
	CONSTRAINT uq_change_sets_subject_subject_id_version UNIQUE (subject, subject_id, version), 
	CONSTRAINT uq_change_sets_takes_back_id UNIQUE (takes_back_id), 
	CONSTRAINT ck_change_sets_changesetkind CHECK (kind IN ('section_moved', 'section_pinned', 'series_updated', 'series_archived', 'scenario_taken_over', 'demand_worked_out', 'sources_taken_over', 'sections_opened', 'workbook_taken_over'))
);
CREATE INDEX ix_change_sets_user_id ON change_sets (user_id);
CREATE INDEX ix_change_sets_term_id ON change_sets (term_id);
CREATE TABLE change_entries (
	id INTEGER NOT NULL, 
	change_set_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	register VARCHAR(40) NOT NULL, 
	"row" VARCHAR(40) NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	CONSTRAINT pk_change_entries PRIMARY KEY (id), 
	CONSTRAINT fk_change_entries_change_set_id FOREIGN KEY(change_set_id) REFERENCES change_sets (id) ON DELETE CASCADE
);
CREATE INDEX ix_change_entries_change_set_id ON change_entries (change_set_id);
CREATE INDEX ix_change_entries_register_row ON change_entries (register, "row");
CREATE TRIGGER change_sets_update BEFORE UPDATE ON change_sets BEGIN SELECT RAISE(ABORT, 'what was changed is only ever added to'); END;
CREATE TRIGGER change_entries_update BEFORE UPDATE ON change_entries BEGIN SELECT RAISE(ABORT, 'what was changed is only ever added to'); END;
DROP TABLE plan_changes;
