CREATE TABLE assignments (
	id SERIAL NOT NULL, 
	plan_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	teacher_id INTEGER NOT NULL, 
	room_id INTEGER NOT NULL, 
	week INTEGER NOT NULL, 
	meetings JSON NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	cause VARCHAR(40), 
	note VARCHAR(400) NOT NULL, 
	asked_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	answered_at TIMESTAMP WITHOUT TIME ZONE, 
	answered_by_id INTEGER, 
	former_id INTEGER, 
	CONSTRAINT pk_assignments PRIMARY KEY (id), 
	CONSTRAINT ck_assignments_refused_with_cause CHECK (status <> 'refused' OR cause IS NOT NULL), 
	CONSTRAINT ck_assignments_answered_by_somebody CHECK (status NOT IN ('agreed', 'refused') OR (answered_at IS NOT NULL AND answered_by_id IS NOT NULL)), 
	CONSTRAINT ck_assignments_asked_without_answer CHECK (status <> 'asked' OR answered_at IS NULL), 
	CONSTRAINT fk_assignments_plan_id_plans FOREIGN KEY(plan_id) REFERENCES plans (id), 
	CONSTRAINT fk_assignments_section_id_sections FOREIGN KEY(section_id) REFERENCES sections (id), 
	CONSTRAINT fk_assignments_teacher_id_teachers FOREIGN KEY(teacher_id) REFERENCES teachers (id), 
	CONSTRAINT fk_assignments_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id), 
	CONSTRAINT fk_assignments_answered_by_id_users FOREIGN KEY(answered_by_id) REFERENCES users (id), 
	CONSTRAINT fk_assignments_former_id_assignments FOREIGN KEY(former_id) REFERENCES assignments (id), 
	CONSTRAINT ck_assignments_assignmentstatus CHECK (status IN ('asked', 'agreed', 'refused', 'withdrawn')), 
	CONSTRAINT ck_assignments_refusalcause CHECK (cause IN ('bad_hours', 'long_way', 'too_much', 'own_health', 'other_course', 'other_cause'))
);
CREATE INDEX ix_assignments_plan_id ON assignments (plan_id);
CREATE INDEX ix_assignments_section_id ON assignments (section_id);
CREATE INDEX ix_assignments_teacher_id ON assignments (teacher_id);
CREATE INDEX ix_assignments_status ON assignments (status);
CREATE UNIQUE INDEX uq_assignments_standing ON assignments (section_id) WHERE status IN ('asked', 'agreed');
CREATE TABLE covers (
	id SERIAL NOT NULL, 
	section_id INTEGER NOT NULL, 
	date DATE NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	teacher_id INTEGER NOT NULL, 
	whole_day BOOLEAN NOT NULL, 
	cause VARCHAR(40) NOT NULL, 
	note VARCHAR(400) NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	reason VARCHAR(400) NOT NULL, 
	reported_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	CONSTRAINT pk_covers PRIMARY KEY (id), 
	CONSTRAINT ck_covers_span CHECK (0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440), 
	CONSTRAINT ck_covers_cancelled_with_reason CHECK (status <> 'not_held' OR reason <> ''), 
	CONSTRAINT fk_covers_section_id_sections FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE CASCADE, 
	CONSTRAINT fk_covers_teacher_id_teachers FOREIGN KEY(teacher_id) REFERENCES teachers (id), 
	CONSTRAINT ck_covers_absencecause CHECK (cause IN ('illness', 'family_matter', 'training', 'other_work', 'other_reason')), 
	CONSTRAINT ck_covers_coverstatus CHECK (status IN ('open', 'covered', 'not_held', 'taken_back'))
);
CREATE INDEX ix_covers_section_id ON covers (section_id);
CREATE INDEX ix_covers_date ON covers (date);
CREATE INDEX ix_covers_teacher_id ON covers (teacher_id);
CREATE INDEX ix_covers_status ON covers (status);
CREATE UNIQUE INDEX uq_covers_session ON covers (section_id, date, start_minute) WHERE status <> 'taken_back';
CREATE TABLE substitutions (
	id SERIAL NOT NULL, 
	cover_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	date DATE NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	teacher_id INTEGER NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	cause VARCHAR(40), 
	note VARCHAR(400) NOT NULL, 
	asked_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	asked_by_id INTEGER, 
	answered_at TIMESTAMP WITHOUT TIME ZONE, 
	answered_by_id INTEGER, 
	CONSTRAINT pk_substitutions PRIMARY KEY (id), 
	CONSTRAINT ck_substitutions_span CHECK (0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440), 
	CONSTRAINT ck_substitutions_refused_with_cause CHECK (status <> 'substitute_refused' OR cause IS NOT NULL), 
	CONSTRAINT ck_substitutions_answered_by_somebody CHECK (status NOT IN ('substitute_agreed', 'substitute_refused') OR (answered_at IS NOT NULL AND answered_by_id IS NOT NULL)), 
	CONSTRAINT fk_substitutions_cover_id_covers FOREIGN KEY(cover_id) REFERENCES covers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_substitutions_section_id_sections FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE CASCADE, 
	CONSTRAINT fk_substitutions_teacher_id_teachers FOREIGN KEY(teacher_id) REFERENCES teachers (id), 
	CONSTRAINT fk_substitutions_asked_by_id_users FOREIGN KEY(asked_by_id) REFERENCES users (id), 
	CONSTRAINT fk_substitutions_answered_by_id_users FOREIGN KEY(answered_by_id) REFERENCES users (id), 
	CONSTRAINT ck_substitutions_substitutionstatus CHECK (status IN ('substitute_asked', 'substitute_agreed', 'substitute_refused', 'substitute_withdrawn')), 
	CONSTRAINT ck_substitutions_refusalcause CHECK (cause IN ('bad_hours', 'long_way', 'too_much', 'own_health', 'other_course', 'other_cause'))
);
CREATE INDEX ix_substitutions_cover_id ON substitutions (cover_id);
CREATE INDEX ix_substitutions_teacher_id ON substitutions (teacher_id);
CREATE INDEX ix_substitutions_status ON substitutions (status);
CREATE UNIQUE INDEX uq_substitutions_session ON substitutions (section_id, date, start_minute) WHERE status IN ('substitute_asked', 'substitute_agreed');
CREATE UNIQUE INDEX uq_substitutions_teacher ON substitutions (teacher_id, date, start_minute) WHERE status IN ('substitute_asked', 'substitute_agreed');
ALTER TABLE feed_events ADD COLUMN substitute_id INTEGER CONSTRAINT fk_feed_events_substitute_id_teachers REFERENCES teachers (id);
