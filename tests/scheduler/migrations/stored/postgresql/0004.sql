ALTER TABLE plans ADD COLUMN version INTEGER DEFAULT '0' NOT NULL;
CREATE TABLE plan_changes (
	id SERIAL NOT NULL, 
	plan_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	before JSON, 
	after JSON, 
	cost JSON NOT NULL, 
	reason VARCHAR(500) NOT NULL, 
	CONSTRAINT pk_plan_changes PRIMARY KEY (id), 
	CONSTRAINT fk_plan_changes_plan_id_plans FOREIGN KEY(plan_id) REFERENCES plans (id) ON DELETE CASCADE, 
	CONSTRAINT fk_plan_changes_section_id_sections FOREIGN KEY(section_id) REFERENCES sections (id), 
	CONSTRAINT fk_plan_changes_user_id_users FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT uq_plan_changes_plan_id_version UNIQUE (plan_id, version), 
	CONSTRAINT ck_plan_changes_changekind CHECK (kind IN ('move', 'undo', 'redo'))
);
CREATE INDEX ix_plan_changes_section_id ON plan_changes (section_id);
CREATE INDEX ix_plan_changes_user_id ON plan_changes (user_id);
CREATE TRIGGER plan_changes_append_only BEFORE UPDATE ON plan_changes
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
