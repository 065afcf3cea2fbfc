ALTER TABLE courses ADD COLUMN for_activity BOOLEAN DEFAULT 0 NOT NULL;
CREATE TABLE activity_series (
	id INTEGER NOT NULL, 
	term_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	title_zh VARCHAR(200) NOT NULL, 
	title_en VARCHAR(200) NOT NULL, 
	content_id INTEGER NOT NULL, 
	course_id INTEGER, 
	at_least_every INTEGER NOT NULL, 
	people INTEGER NOT NULL, 
	per_thousand INTEGER, 
	fewest INTEGER NOT NULL, 
	most INTEGER NOT NULL, 
	sharing_metres INTEGER, 
	venue_kinds JSON NOT NULL, 
	reach_metres INTEGER NOT NULL, 
	priority INTEGER NOT NULL, 
	assumed BOOLEAN NOT NULL, 
	archived_at DATETIME, 
	CONSTRAINT pk_activity_series PRIMARY KEY (id), 
	CONSTRAINT ck_activity_series_at_least_every CHECK (at_least_every BETWEEN 1 AND 26), 
	CONSTRAINT ck_activity_series_people CHECK (people BETWEEN 1 AND 1000), 
	CONSTRAINT ck_activity_series_per_thousand CHECK (per_thousand BETWEEN 1 AND 1000), 
	CONSTRAINT ck_activity_series_bounds CHECK (1 <= fewest AND fewest <= most AND most <= 1000), 
	CONSTRAINT ck_activity_series_sharing CHECK (sharing_metres BETWEEN 100 AND 20000), 
	CONSTRAINT ck_activity_series_reach CHECK (reach_metres BETWEEN 100 AND 200000), 
	CONSTRAINT ck_activity_series_priority CHECK (priority BETWEEN 1 AND 5), 
	CONSTRAINT fk_activity_series_term_id_terms FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT fk_activity_series_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT fk_activity_series_content_id_courses FOREIGN KEY(content_id) REFERENCES courses (id), 
	CONSTRAINT fk_activity_series_course_id_courses FOREIGN KEY(course_id) REFERENCES courses (id), 
	CONSTRAINT uq_activity_series_term_id_title_zh UNIQUE (term_id, title_zh), 
	CONSTRAINT uq_activity_series_course_id UNIQUE (course_id)
);
CREATE INDEX ix_activity_series_term_id ON activity_series (term_id);
CREATE INDEX ix_activity_series_unit_id ON activity_series (unit_id);
CREATE INDEX ix_activity_series_content_id ON activity_series (content_id);
CREATE TABLE series_communities (
	series_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	CONSTRAINT pk_series_communities PRIMARY KEY (series_id, community_id), 
	CONSTRAINT fk_series_communities_series_id_activity_series FOREIGN KEY(series_id) REFERENCES activity_series (id) ON DELETE CASCADE, 
	CONSTRAINT fk_series_communities_community_id_communities FOREIGN KEY(community_id) REFERENCES communities (id)
);
CREATE TABLE series_sections (
	section_id INTEGER NOT NULL, 
	series_id INTEGER NOT NULL, 
	group_code VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_series_sections PRIMARY KEY (section_id), 
	CONSTRAINT fk_series_sections_section_id_sections FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE CASCADE, 
	CONSTRAINT fk_series_sections_series_id_activity_series FOREIGN KEY(series_id) REFERENCES activity_series (id) ON DELETE CASCADE, 
	CONSTRAINT uq_series_sections_series_id_group_code UNIQUE (series_id, group_code)
);
CREATE TABLE series_updates (
	id INTEGER NOT NULL, 
	series_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	undone BOOLEAN NOT NULL, 
	"before" JSON NOT NULL, 
	"after" JSON NOT NULL, 
	CONSTRAINT pk_series_updates PRIMARY KEY (id), 
	CONSTRAINT fk_series_updates_series_id_activity_series FOREIGN KEY(series_id) REFERENCES activity_series (id) ON DELETE CASCADE
);
CREATE INDEX ix_series_updates_series_id ON series_updates (series_id);
CREATE TABLE events (
	id INTEGER NOT NULL, 
	term_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	title_zh VARCHAR(200) NOT NULL, 
	title_en VARCHAR(200) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	assumed BOOLEAN NOT NULL, 
	archived_at DATETIME, 
	CONSTRAINT pk_events PRIMARY KEY (id), 
	CONSTRAINT ck_events_days CHECK (first_day <= last_day), 
	CONSTRAINT fk_events_term_id_terms FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT fk_events_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_events_term_id_title_zh UNIQUE (term_id, title_zh), 
	CONSTRAINT ck_events_eventkind CHECK (kind IN ('activity_week', 'lecture', 'countryside', 'other_event'))
);
CREATE INDEX ix_events_term_id ON events (term_id);
CREATE INDEX ix_events_unit_id ON events (unit_id);
CREATE TABLE event_items (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	title_zh VARCHAR(200) NOT NULL, 
	title_en VARCHAR(200) NOT NULL, 
	course_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	places INTEGER NOT NULL, 
	people INTEGER NOT NULL, 
	reach_metres INTEGER NOT NULL, 
	archived_at DATETIME, 
	CONSTRAINT pk_event_items PRIMARY KEY (id), 
	CONSTRAINT ck_event_items_days CHECK (first_day <= last_day), 
	CONSTRAINT ck_event_items_span CHECK (0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440), 
	CONSTRAINT ck_event_items_places CHECK (places BETWEEN 1 AND 50), 
	CONSTRAINT ck_event_items_people CHECK (people BETWEEN 1 AND 20000), 
	CONSTRAINT ck_event_items_reach CHECK (reach_metres BETWEEN 100 AND 200000), 
	CONSTRAINT fk_event_items_event_id_events FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE, 
	CONSTRAINT fk_event_items_course_id_courses FOREIGN KEY(course_id) REFERENCES courses (id), 
	CONSTRAINT fk_event_items_unit_id_units FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_event_items_event_id_title_zh UNIQUE (event_id, title_zh), 
	CONSTRAINT uq_event_items_course_id UNIQUE (course_id)
);
CREATE INDEX ix_event_items_event_id ON event_items (event_id);
CREATE INDEX ix_event_items_unit_id ON event_items (unit_id);
CREATE TABLE event_item_communities (
	item_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	CONSTRAINT pk_event_item_communities PRIMARY KEY (item_id, community_id), 
	CONSTRAINT fk_event_item_communities_item_id_event_items FOREIGN KEY(item_id) REFERENCES event_items (id) ON DELETE CASCADE, 
	CONSTRAINT fk_event_item_communities_community_id_communities FOREIGN KEY(community_id) REFERENCES communities (id)
);
CREATE TABLE event_item_teachers (
	item_id INTEGER NOT NULL, 
	teacher_id INTEGER NOT NULL, 
	CONSTRAINT pk_event_item_teachers PRIMARY KEY (item_id, teacher_id), 
	CONSTRAINT fk_event_item_teachers_item_id_event_items FOREIGN KEY(item_id) REFERENCES event_items (id) ON DELETE CASCADE, 
	CONSTRAINT fk_event_item_teachers_teacher_id_teachers FOREIGN KEY(teacher_id) REFERENCES teachers (id)
);
CREATE TABLE event_sections (
	section_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_event_sections PRIMARY KEY (section_id), 
	CONSTRAINT ck_event_sections_place CHECK (place >= 1), 
	CONSTRAINT fk_event_sections_section_id_sections FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE CASCADE, 
	CONSTRAINT fk_event_sections_item_id_event_items FOREIGN KEY(item_id) REFERENCES event_items (id) ON DELETE CASCADE, 
	CONSTRAINT uq_event_sections_item_id_place UNIQUE (item_id, place)
);
