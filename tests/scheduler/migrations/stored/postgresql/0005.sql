ALTER TABLE demand ADD COLUMN worked_out BOOLEAN DEFAULT false NOT NULL;
CREATE TABLE demand_sources (
	id SERIAL NOT NULL, 
	term_id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	people INTEGER NOT NULL, 
	percent INTEGER NOT NULL, 
	CONSTRAINT pk_demand_sources PRIMARY KEY (id), 
	CONSTRAINT fk_demand_sources_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT fk_demand_sources_course_id FOREIGN KEY(course_id) REFERENCES courses (id), 
	CONSTRAINT fk_demand_sources_community_id FOREIGN KEY(community_id) REFERENCES communities (id), 
	CONSTRAINT ck_demand_sources_people CHECK (people BETWEEN 1 AND 100000), 
	CONSTRAINT ck_demand_sources_percent CHECK (percent BETWEEN 1 AND 100), 
	CONSTRAINT ck_demand_sources_percent_of_survey CHECK (percent = 100 OR kind = 'survey'), 
	CONSTRAINT uq_demand_sources_term_id_course_id_community_id_kind UNIQUE (term_id, course_id, community_id, kind), 
	CONSTRAINT ck_demand_sources_sourcekind CHECK (kind IN ('past', 'waiting', 'survey', 'interest'))
);
CREATE INDEX ix_demand_sources_term_id ON demand_sources (term_id);
CREATE INDEX ix_demand_sources_course_id ON demand_sources (course_id);
CREATE INDEX ix_demand_sources_community_id ON demand_sources (community_id);
CREATE TABLE demand_steps (
	id SERIAL NOT NULL, 
	term_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	undone BOOLEAN NOT NULL, 
	changes JSON NOT NULL, 
	CONSTRAINT pk_demand_steps PRIMARY KEY (id), 
	CONSTRAINT fk_demand_steps_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT fk_demand_steps_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT ck_demand_steps_stepkind CHECK (kind IN ('worked_out', 'taken_over'))
);
CREATE INDEX ix_demand_steps_term_id ON demand_steps (term_id);
CREATE INDEX ix_demand_steps_user_id ON demand_steps (user_id);
CREATE TABLE proposal_runs (
	id SERIAL NOT NULL, 
	term_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	most_sections INTEGER, 
	most_yuan INTEGER, 
	stopped BOOLEAN NOT NULL, 
	at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	CONSTRAINT pk_proposal_runs PRIMARY KEY (id), 
	CONSTRAINT fk_proposal_runs_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT fk_proposal_runs_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT ck_proposal_runs_most_sections CHECK (most_sections BETWEEN 0 AND 100000), 
	CONSTRAINT ck_proposal_runs_most_yuan CHECK (most_yuan BETWEEN 0 AND 1000000000)
);
CREATE INDEX ix_proposal_runs_term_id ON proposal_runs (term_id);
CREATE INDEX ix_proposal_runs_user_id ON proposal_runs (user_id);
CREATE TABLE proposed_courses (
	id SERIAL NOT NULL, 
	run_id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	people INTEGER NOT NULL, 
	solved BOOLEAN NOT NULL, 
	proven BOOLEAN NOT NULL, 
	venues BOOLEAN NOT NULL, 
	left_out JSON NOT NULL, 
	CONSTRAINT pk_proposed_courses PRIMARY KEY (id), 
	CONSTRAINT fk_proposed_courses_run_id FOREIGN KEY(run_id) REFERENCES proposal_runs (id) ON DELETE CASCADE, 
	CONSTRAINT fk_proposed_courses_course_id FOREIGN KEY(course_id) REFERENCES courses (id), 
	CONSTRAINT ck_proposed_courses_people CHECK (people BETWEEN 0 AND 1000000000), 
	CONSTRAINT uq_proposed_courses_run_id_course_id UNIQUE (run_id, course_id)
);
CREATE INDEX ix_proposed_courses_course_id ON proposed_courses (course_id);
CREATE TABLE proposals (
	id SERIAL NOT NULL, 
	asked_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	venue_id INTEGER, 
	gathering_id INTEGER, 
	section_id INTEGER, 
	name VARCHAR(200) NOT NULL, 
	price INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	edited BOOLEAN NOT NULL, 
	batch INTEGER NOT NULL, 
	CONSTRAINT pk_proposals PRIMARY KEY (id), 
	CONSTRAINT fk_proposals_asked_id FOREIGN KEY(asked_id) REFERENCES proposed_courses (id) ON DELETE CASCADE, 
	CONSTRAINT fk_proposals_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT fk_proposals_venue_id FOREIGN KEY(venue_id) REFERENCES venues (id), 
	CONSTRAINT fk_proposals_gathering_id FOREIGN KEY(gathering_id) REFERENCES communities (id), 
	CONSTRAINT fk_proposals_section_id FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE SET NULL, 
	CONSTRAINT ck_proposals_gathers CHECK (venue_id IS NULL OR gathering_id IS NULL), 
	CONSTRAINT ck_proposals_price CHECK (price BETWEEN 0 AND 1000000000), 
	CONSTRAINT ck_proposals_proposalstate CHECK (state IN ('open', 'left_out', 'accepted'))
);
CREATE INDEX ix_proposals_asked_id ON proposals (asked_id);
CREATE INDEX ix_proposals_unit_id ON proposals (unit_id);
CREATE INDEX ix_proposals_venue_id ON proposals (venue_id);
CREATE INDEX ix_proposals_gathering_id ON proposals (gathering_id);
CREATE INDEX ix_proposals_section_id ON proposals (section_id);
CREATE TABLE proposed_learners (
	proposal_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	people INTEGER NOT NULL, 
	CONSTRAINT pk_proposed_learners PRIMARY KEY (proposal_id, community_id), 
	CONSTRAINT fk_proposed_learners_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id) ON DELETE CASCADE, 
	CONSTRAINT fk_proposed_learners_community_id FOREIGN KEY(community_id) REFERENCES communities (id), 
	CONSTRAINT ck_proposed_learners_people CHECK (people BETWEEN 1 AND 1000)
);
CREATE INDEX ix_proposed_learners_community_id ON proposed_learners (community_id);
