CREATE TABLE features (
	code VARCHAR(40) NOT NULL, 
	name_zh VARCHAR(200) NOT NULL, 
	name_en VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_features PRIMARY KEY (code)
);
CREATE TABLE installation (
	id INTEGER NOT NULL, 
	demonstration BOOLEAN NOT NULL, 
	CONSTRAINT pk_installation PRIMARY KEY (id), 
	CONSTRAINT ck_installation_single CHECK (id = 1)
);
CREATE TABLE subjects (
	code VARCHAR(40) NOT NULL, 
	name_zh VARCHAR(200) NOT NULL, 
	name_en VARCHAR(200) NOT NULL, 
	category VARCHAR(40) NOT NULL, 
	archived_at DATETIME, 
	CONSTRAINT pk_subjects PRIMARY KEY (code), 
	CONSTRAINT ck_subjects_category CHECK (category IN ('arts', 'music', 'dance', 'health', 'digital', 'language', 'craft', 'skills', 'family', 'youth', 'civic', 'farming'))
);
CREATE TABLE units (
	id INTEGER NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	level VARCHAR(40) NOT NULL, 
	parent_id INTEGER, 
	path VARCHAR(200) NOT NULL, 
	archived_at DATETIME, 
	CONSTRAINT pk_units PRIMARY KEY (id), 
	CONSTRAINT ck_units_parent CHECK (parent_id IS NOT NULL OR level = 'city'), 
	CONSTRAINT fk_units_parent_id FOREIGN KEY(parent_id) REFERENCES units (id), 
	CONSTRAINT uq_units_code UNIQUE (code), 
	CONSTRAINT ck_units_level CHECK (level IN ('city', 'county', 'street'))
);
CREATE INDEX ix_units_parent_id ON units (parent_id);
CREATE INDEX ix_units_path ON units (path);
CREATE TABLE users (
	id INTEGER NOT NULL, 
	username VARCHAR(40) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	password_hash VARCHAR(200) NOT NULL, 
	session_key VARCHAR(40) NOT NULL, 
	active BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_users PRIMARY KEY (id), 
	CONSTRAINT uq_users_session_key UNIQUE (session_key), 
	CONSTRAINT uq_users_username UNIQUE (username)
);
CREATE TABLE audit_entries (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	user_id INTEGER, 
	action VARCHAR(40) NOT NULL, 
	"table" VARCHAR(40) NOT NULL, 
	"row" VARCHAR(40) NOT NULL, 
	changes JSON NOT NULL, 
	CONSTRAINT pk_audit_entries PRIMARY KEY (id), 
	CONSTRAINT fk_audit_entries_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT ck_audit_entries_action CHECK (action IN ('create', 'update', 'delete', 'sign_in', 'sign_in_refused', 'sign_out'))
);
CREATE INDEX ix_audit_entries_at ON audit_entries (at);
CREATE INDEX ix_audit_entries_table ON audit_entries ("table");
CREATE INDEX ix_audit_entries_user_id ON audit_entries (user_id);
CREATE TABLE census (
	unit_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	population INTEGER NOT NULL, 
	share_0_14 DOUBLE NOT NULL, 
	share_5_14 DOUBLE NOT NULL, 
	share_60_plus DOUBLE NOT NULL, 
	share_65_plus DOUBLE NOT NULL, 
	source VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_census PRIMARY KEY (unit_id), 
	CONSTRAINT ck_census_population CHECK (population >= 0), 
	CONSTRAINT ck_census_share_60_plus CHECK (share_60_plus BETWEEN 0 AND 1), 
	CONSTRAINT fk_census_unit_id FOREIGN KEY(unit_id) REFERENCES units (id) ON DELETE CASCADE
);
CREATE TABLE communities (
	id INTEGER NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	unit_id INTEGER NOT NULL, 
	population INTEGER NOT NULL, 
	archived_at DATETIME, 
	latitude DOUBLE NOT NULL, 
	longitude DOUBLE NOT NULL, 
	place_source VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_communities PRIMARY KEY (id), 
	CONSTRAINT ck_communities_population CHECK (population >= 0), 
	CONSTRAINT fk_communities_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_communities_code UNIQUE (code), 
	CONSTRAINT ck_communities_placesource CHECK (place_source IN ('known', 'assumed'))
);
CREATE INDEX ix_communities_unit_id ON communities (unit_id);
CREATE TABLE courses (
	id INTEGER NOT NULL, 
	title_zh VARCHAR(200) NOT NULL, 
	title_en VARCHAR(200) NOT NULL, 
	subject_code VARCHAR(40) NOT NULL, 
	target_group VARCHAR(40) NOT NULL, 
	minutes INTEGER NOT NULL, 
	sessions INTEGER NOT NULL, 
	per_week INTEGER NOT NULL, 
	every_weeks INTEGER NOT NULL, 
	day_gap INTEGER NOT NULL, 
	minimum_size INTEGER NOT NULL, 
	maximum_size INTEGER NOT NULL, 
	reach_metres INTEGER NOT NULL, 
	archived_at DATETIME, 
	CONSTRAINT pk_courses PRIMARY KEY (id), 
	CONSTRAINT ck_courses_size CHECK (1 <= minimum_size AND minimum_size <= maximum_size AND maximum_size <= 1000), 
	CONSTRAINT ck_courses_day_gap CHECK (day_gap BETWEEN 1 AND 6), 
	CONSTRAINT ck_courses_every_weeks CHECK (every_weeks BETWEEN 1 AND 26), 
	CONSTRAINT ck_courses_minutes CHECK (minutes BETWEEN 15 AND 480), 
	CONSTRAINT ck_courses_per_week CHECK (per_week BETWEEN 1 AND 7), 
	CONSTRAINT ck_courses_reach CHECK (reach_metres BETWEEN 100 AND 200000), 
	CONSTRAINT ck_courses_sessions CHECK (sessions BETWEEN 1 AND 300), 
	CONSTRAINT fk_courses_subject_code FOREIGN KEY(subject_code) REFERENCES subjects (code), 
	CONSTRAINT uq_courses_title_zh UNIQUE (title_zh), 
	CONSTRAINT ck_courses_targetgroup CHECK (target_group IN ('elderly', 'youth', 'family', 'worker', 'farmer', 'migrant', 'everyone'))
);
CREATE INDEX ix_courses_subject_code ON courses (subject_code);
CREATE TABLE teachers (
	id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	max_day INTEGER NOT NULL, 
	max_week INTEGER NOT NULL, 
	wanted_week INTEGER NOT NULL, 
	fee INTEGER NOT NULL, 
	reach_metres INTEGER NOT NULL, 
	assumed BOOLEAN NOT NULL, 
	archived_at DATETIME, 
	latitude DOUBLE NOT NULL, 
	longitude DOUBLE NOT NULL, 
	place_source VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_teachers PRIMARY KEY (id), 
	CONSTRAINT ck_teachers_fee CHECK (fee BETWEEN 0 AND 100000), 
	CONSTRAINT ck_teachers_max_day CHECK (max_day BETWEEN 1 AND 12), 
	CONSTRAINT ck_teachers_max_week CHECK (max_week BETWEEN 1 AND 60), 
	CONSTRAINT ck_teachers_reach CHECK (reach_metres BETWEEN 0 AND 500000), 
	CONSTRAINT ck_teachers_wanted_week CHECK (wanted_week BETWEEN 0 AND max_week), 
	CONSTRAINT fk_teachers_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_teachers_unit_id_name UNIQUE (unit_id, name), 
	CONSTRAINT ck_teachers_teacherkind CHECK (kind IN ('full_time', 'part_time', 'volunteer')), 
	CONSTRAINT ck_teachers_placesource CHECK (place_source IN ('known', 'assumed'))
);
CREATE INDEX ix_teachers_unit_id ON teachers (unit_id);
CREATE TABLE terms (
	id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	first_day DATE NOT NULL, 
	weeks INTEGER NOT NULL, 
	grid_minutes INTEGER NOT NULL, 
	metres_per_minute INTEGER NOT NULL, 
	overhead_minutes INTEGER NOT NULL, 
	weights JSON NOT NULL, 
	archived_at DATETIME, 
	CONSTRAINT pk_terms PRIMARY KEY (id), 
	CONSTRAINT ck_terms_grid_minutes CHECK (grid_minutes IN (5, 10, 15, 20, 30, 60)), 
	CONSTRAINT ck_terms_metres_per_minute CHECK (metres_per_minute BETWEEN 10 AND 2000), 
	CONSTRAINT ck_terms_overhead_minutes CHECK (overhead_minutes BETWEEN 0 AND 240), 
	CONSTRAINT ck_terms_weeks CHECK (weeks BETWEEN 1 AND 53), 
	CONSTRAINT fk_terms_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_terms_unit_id_name UNIQUE (unit_id, name)
);
CREATE INDEX ix_terms_unit_id ON terms (unit_id);
CREATE TABLE venues (
	id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	address VARCHAR(300) NOT NULL, 
	contact VARCHAR(200) NOT NULL, 
	phone VARCHAR(40) NOT NULL, 
	confirmation VARCHAR(40) NOT NULL, 
	step_free BOOLEAN, 
	assumed BOOLEAN NOT NULL, 
	archived_at DATETIME, 
	latitude DOUBLE NOT NULL, 
	longitude DOUBLE NOT NULL, 
	place_source VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_venues PRIMARY KEY (id), 
	CONSTRAINT fk_venues_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_venues_unit_id_name UNIQUE (unit_id, name), 
	CONSTRAINT ck_venues_venuekind CHECK (kind IN ('library', 'culture_hall', 'culture_station', 'museum', 'community_college', 'community_school', 'learning_point', 'school', 'youth_palace', 'care_home', 'company_site', 'other')), 
	CONSTRAINT ck_venues_confirmation CHECK (confirmation IN ('manager', 'automatic')), 
	CONSTRAINT ck_venues_placesource CHECK (place_source IN ('known', 'assumed'))
);
CREATE INDEX ix_venues_unit_id ON venues (unit_id);
CREATE TABLE budgets (
	id INTEGER NOT NULL, 
	term_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	yuan INTEGER NOT NULL, 
	CONSTRAINT pk_budgets PRIMARY KEY (id), 
	CONSTRAINT ck_budgets_yuan CHECK (yuan BETWEEN 0 AND 1000000000), 
	CONSTRAINT fk_budgets_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT fk_budgets_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_budgets_term_id_unit_id UNIQUE (term_id, unit_id)
);
CREATE INDEX ix_budgets_term_id ON budgets (term_id);
CREATE INDEX ix_budgets_unit_id ON budgets (unit_id);
CREATE TABLE calendar_days (
	id INTEGER NOT NULL, 
	term_id INTEGER NOT NULL, 
	date DATE NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_calendar_days PRIMARY KEY (id), 
	CONSTRAINT fk_calendar_days_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT uq_calendar_days_term_id_date UNIQUE (term_id, date), 
	CONSTRAINT ck_calendar_days_daykind CHECK (kind IN ('off', 'make_up'))
);
CREATE INDEX ix_calendar_days_term_id ON calendar_days (term_id);
CREATE TABLE course_features (
	course_id INTEGER NOT NULL, 
	feature_code VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_course_features PRIMARY KEY (course_id, feature_code), 
	CONSTRAINT fk_course_features_course_id FOREIGN KEY(course_id) REFERENCES courses (id) ON DELETE CASCADE, 
	CONSTRAINT fk_course_features_feature_code FOREIGN KEY(feature_code) REFERENCES features (code)
);
CREATE TABLE course_windows (
	course_id INTEGER NOT NULL, 
	cost INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	weekday INTEGER NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	CONSTRAINT pk_course_windows PRIMARY KEY (id), 
	CONSTRAINT ck_course_windows_span CHECK (0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440), 
	CONSTRAINT ck_course_windows_weekday CHECK (weekday BETWEEN 0 AND 6), 
	CONSTRAINT fk_course_windows_course_id FOREIGN KEY(course_id) REFERENCES courses (id) ON DELETE CASCADE
);
CREATE INDEX ix_course_windows_course_id ON course_windows (course_id);
CREATE TABLE demand (
	id INTEGER NOT NULL, 
	term_id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	people INTEGER NOT NULL, 
	assumed BOOLEAN NOT NULL, 
	CONSTRAINT pk_demand PRIMARY KEY (id), 
	CONSTRAINT ck_demand_people CHECK (people BETWEEN 1 AND 100000), 
	CONSTRAINT fk_demand_community_id FOREIGN KEY(community_id) REFERENCES communities (id), 
	CONSTRAINT fk_demand_course_id FOREIGN KEY(course_id) REFERENCES courses (id), 
	CONSTRAINT fk_demand_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT uq_demand_term_id_course_id_community_id UNIQUE (term_id, course_id, community_id)
);
CREATE INDEX ix_demand_community_id ON demand (community_id);
CREATE INDEX ix_demand_course_id ON demand (course_id);
CREATE INDEX ix_demand_term_id ON demand (term_id);
CREATE TABLE grants (
	id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	role VARCHAR(40) NOT NULL, 
	unit_id INTEGER, 
	venue_id INTEGER, 
	teacher_id INTEGER, 
	CONSTRAINT pk_grants PRIMARY KEY (id), 
	CONSTRAINT ck_grants_coordinator_of_unit CHECK ((role = 'coordinator') = (unit_id IS NOT NULL)), 
	CONSTRAINT ck_grants_teacher_of_record CHECK ((role = 'teacher') = (teacher_id IS NOT NULL)), 
	CONSTRAINT ck_grants_manager_of_venue CHECK ((role = 'venue_manager') = (venue_id IS NOT NULL)), 
	CONSTRAINT fk_grants_teacher_id FOREIGN KEY(teacher_id) REFERENCES teachers (id), 
	CONSTRAINT fk_grants_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT fk_grants_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE, 
	CONSTRAINT fk_grants_venue_id FOREIGN KEY(venue_id) REFERENCES venues (id), 
	CONSTRAINT uq_grants_user_id_role_unit_id_venue_id_teacher_id UNIQUE (user_id, role, unit_id, venue_id, teacher_id), 
	CONSTRAINT ck_grants_role CHECK (role IN ('administrator', 'coordinator', 'venue_manager', 'teacher', 'resident'))
);
CREATE INDEX ix_grants_user_id ON grants (user_id);
CREATE INDEX ix_grants_venue_id ON grants (venue_id);
CREATE TABLE plans (
	id INTEGER NOT NULL, 
	term_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by_id INTEGER, 
	published_at DATETIME, 
	total INTEGER NOT NULL, 
	bound INTEGER, 
	cost JSON NOT NULL, 
	reasons JSON NOT NULL, 
	CONSTRAINT pk_plans PRIMARY KEY (id), 
	CONSTRAINT fk_plans_created_by_id FOREIGN KEY(created_by_id) REFERENCES users (id), 
	CONSTRAINT fk_plans_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT ck_plans_planstatus CHECK (status IN ('draft', 'published', 'superseded'))
);
CREATE INDEX ix_plans_term_id ON plans (term_id);
CREATE UNIQUE INDEX uq_plans_published ON plans (term_id) WHERE status = 'published';
CREATE TABLE rooms (
	id INTEGER NOT NULL, 
	venue_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	capacity INTEGER NOT NULL, 
	turnaround_minutes INTEGER NOT NULL, 
	fee INTEGER NOT NULL, 
	assumed BOOLEAN NOT NULL, 
	archived_at DATETIME, 
	CONSTRAINT pk_rooms PRIMARY KEY (id), 
	CONSTRAINT ck_rooms_capacity CHECK (capacity BETWEEN 1 AND 5000), 
	CONSTRAINT ck_rooms_fee CHECK (fee BETWEEN 0 AND 100000), 
	CONSTRAINT ck_rooms_turnaround CHECK (turnaround_minutes BETWEEN 0 AND 240), 
	CONSTRAINT fk_rooms_venue_id FOREIGN KEY(venue_id) REFERENCES venues (id), 
	CONSTRAINT uq_rooms_venue_id_name UNIQUE (venue_id, name)
);
CREATE INDEX ix_rooms_venue_id ON rooms (venue_id);
CREATE TABLE teacher_absences (
	id INTEGER NOT NULL, 
	teacher_id INTEGER NOT NULL, 
	date DATE NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_teacher_absences PRIMARY KEY (id), 
	CONSTRAINT fk_teacher_absences_teacher_id FOREIGN KEY(teacher_id) REFERENCES teachers (id) ON DELETE CASCADE, 
	CONSTRAINT uq_teacher_absences_teacher_id_date UNIQUE (teacher_id, date)
);
CREATE INDEX ix_teacher_absences_teacher_id ON teacher_absences (teacher_id);
CREATE TABLE teacher_subjects (
	teacher_id INTEGER NOT NULL, 
	subject_code VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_teacher_subjects PRIMARY KEY (teacher_id, subject_code), 
	CONSTRAINT fk_teacher_subjects_subject_code FOREIGN KEY(subject_code) REFERENCES subjects (code), 
	CONSTRAINT fk_teacher_subjects_teacher_id FOREIGN KEY(teacher_id) REFERENCES teachers (id) ON DELETE CASCADE
);
CREATE TABLE teacher_windows (
	teacher_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	weekday INTEGER NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	CONSTRAINT pk_teacher_windows PRIMARY KEY (id), 
	CONSTRAINT ck_teacher_windows_span CHECK (0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440), 
	CONSTRAINT ck_teacher_windows_weekday CHECK (weekday BETWEEN 0 AND 6), 
	CONSTRAINT fk_teacher_windows_teacher_id FOREIGN KEY(teacher_id) REFERENCES teachers (id) ON DELETE CASCADE
);
CREATE INDEX ix_teacher_windows_teacher_id ON teacher_windows (teacher_id);
CREATE TABLE room_closures (
	id INTEGER NOT NULL, 
	room_id INTEGER NOT NULL, 
	date DATE NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_room_closures PRIMARY KEY (id), 
	CONSTRAINT fk_room_closures_room_id FOREIGN KEY(room_id) REFERENCES rooms (id) ON DELETE CASCADE, 
	CONSTRAINT uq_room_closures_room_id_date UNIQUE (room_id, date)
);
CREATE INDEX ix_room_closures_room_id ON room_closures (room_id);
CREATE TABLE room_features (
	room_id INTEGER NOT NULL, 
	feature_code VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_room_features PRIMARY KEY (room_id, feature_code), 
	CONSTRAINT fk_room_features_feature_code FOREIGN KEY(feature_code) REFERENCES features (code), 
	CONSTRAINT fk_room_features_room_id FOREIGN KEY(room_id) REFERENCES rooms (id) ON DELETE CASCADE
);
CREATE TABLE room_windows (
	room_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	weekday INTEGER NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	CONSTRAINT pk_room_windows PRIMARY KEY (id), 
	CONSTRAINT ck_room_windows_span CHECK (0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440), 
	CONSTRAINT ck_room_windows_weekday CHECK (weekday BETWEEN 0 AND 6), 
	CONSTRAINT fk_room_windows_room_id FOREIGN KEY(room_id) REFERENCES rooms (id) ON DELETE CASCADE
);
CREATE INDEX ix_room_windows_room_id ON room_windows (room_id);
CREATE TABLE sections (
	id INTEGER NOT NULL, 
	term_id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	earliest_week INTEGER NOT NULL, 
	latest_week INTEGER NOT NULL, 
	priority INTEGER NOT NULL, 
	reach_metres INTEGER NOT NULL, 
	pinned_week INTEGER, 
	pinned_room_id INTEGER, 
	pinned_teacher_id INTEGER, 
	assumed BOOLEAN NOT NULL, 
	archived_at DATETIME, 
	CONSTRAINT pk_sections PRIMARY KEY (id), 
	CONSTRAINT ck_sections_weeks CHECK (1 <= earliest_week AND earliest_week <= latest_week AND latest_week <= 53), 
	CONSTRAINT ck_sections_pinned_week CHECK (pinned_week BETWEEN earliest_week AND latest_week), 
	CONSTRAINT ck_sections_priority CHECK (priority BETWEEN 1 AND 5), 
	CONSTRAINT ck_sections_reach CHECK (reach_metres BETWEEN 100 AND 200000), 
	CONSTRAINT fk_sections_course_id FOREIGN KEY(course_id) REFERENCES courses (id), 
	CONSTRAINT fk_sections_pinned_room_id FOREIGN KEY(pinned_room_id) REFERENCES rooms (id), 
	CONSTRAINT fk_sections_pinned_teacher_id FOREIGN KEY(pinned_teacher_id) REFERENCES teachers (id), 
	CONSTRAINT fk_sections_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT fk_sections_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_sections_term_id_name UNIQUE (term_id, name)
);
CREATE INDEX ix_sections_course_id ON sections (course_id);
CREATE INDEX ix_sections_term_id ON sections (term_id);
CREATE INDEX ix_sections_unit_id ON sections (unit_id);
CREATE TABLE solve_runs (
	id INTEGER NOT NULL, 
	term_id INTEGER NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	requested_by_id INTEGER, 
	requested_at DATETIME NOT NULL, 
	started_at DATETIME, 
	ended_at DATETIME, 
	seconds INTEGER NOT NULL, 
	seed INTEGER NOT NULL, 
	term_document BLOB NOT NULL, 
	attempt INTEGER NOT NULL, 
	worker VARCHAR(40), 
	lease_until DATETIME, 
	stop_requested BOOLEAN NOT NULL, 
	elapsed DOUBLE NOT NULL, 
	total INTEGER, 
	bound INTEGER, 
	placed INTEGER, 
	unplaced INTEGER, 
	best_plan BLOB, 
	failure VARCHAR(40), 
	plan_id INTEGER, 
	CONSTRAINT pk_solve_runs PRIMARY KEY (id), 
	CONSTRAINT ck_solve_runs_seconds CHECK (seconds BETWEEN 1 AND 86400), 
	CONSTRAINT fk_solve_runs_plan_id FOREIGN KEY(plan_id) REFERENCES plans (id) ON DELETE SET NULL, 
	CONSTRAINT fk_solve_runs_requested_by_id FOREIGN KEY(requested_by_id) REFERENCES users (id), 
	CONSTRAINT fk_solve_runs_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT ck_solve_runs_runstatus CHECK (status IN ('queued', 'running', 'finished', 'stopped', 'failed'))
);
CREATE INDEX ix_solve_runs_status ON solve_runs (status);
CREATE INDEX ix_solve_runs_term_id ON solve_runs (term_id);
CREATE UNIQUE INDEX uq_solve_runs_active ON solve_runs (term_id) WHERE status IN ('queued', 'running');
CREATE TABLE bookings (
	id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	room_id INTEGER NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	reason VARCHAR(500) NOT NULL, 
	requested_at DATETIME NOT NULL, 
	decided_at DATETIME, 
	decided_by_id INTEGER, 
	CONSTRAINT pk_bookings PRIMARY KEY (id), 
	CONSTRAINT ck_bookings_declined_with_reason CHECK (status <> 'declined' OR reason <> ''), 
	CONSTRAINT fk_bookings_decided_by_id FOREIGN KEY(decided_by_id) REFERENCES users (id), 
	CONSTRAINT fk_bookings_plan_id FOREIGN KEY(plan_id) REFERENCES plans (id), 
	CONSTRAINT fk_bookings_room_id FOREIGN KEY(room_id) REFERENCES rooms (id), 
	CONSTRAINT fk_bookings_section_id FOREIGN KEY(section_id) REFERENCES sections (id), 
	CONSTRAINT ck_bookings_bookingstatus CHECK (status IN ('requested', 'confirmed', 'countered', 'declined', 'expired', 'cancelled'))
);
CREATE INDEX ix_bookings_plan_id ON bookings (plan_id);
CREATE INDEX ix_bookings_room_id ON bookings (room_id);
CREATE INDEX ix_bookings_section_id ON bookings (section_id);
CREATE INDEX ix_bookings_status ON bookings (status);
CREATE UNIQUE INDEX uq_bookings_live ON bookings (plan_id, section_id) WHERE status IN ('requested', 'confirmed');
CREATE TABLE feed_events (
	section_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	uid VARCHAR(36) NOT NULL, 
	sequence INTEGER NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	room_id INTEGER NOT NULL, 
	date DATE NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_feed_events PRIMARY KEY (section_id, number), 
	CONSTRAINT ck_feed_events_number CHECK (number >= 1), 
	CONSTRAINT ck_feed_events_sequence CHECK (sequence >= 0), 
	CONSTRAINT fk_feed_events_room_id FOREIGN KEY(room_id) REFERENCES rooms (id), 
	CONSTRAINT fk_feed_events_section_id FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE CASCADE, 
	CONSTRAINT uq_feed_events_uid UNIQUE (uid), 
	CONSTRAINT ck_feed_events_feedstatus CHECK (status IN ('tentative', 'confirmed', 'cancelled'))
);
CREATE INDEX ix_feed_events_room_id ON feed_events (room_id);
CREATE TABLE pinned_meetings (
	section_id INTEGER NOT NULL, 
	weekday INTEGER NOT NULL, 
	start_minute INTEGER NOT NULL, 
	CONSTRAINT pk_pinned_meetings PRIMARY KEY (section_id, weekday), 
	CONSTRAINT ck_pinned_meetings_start CHECK (start_minute BETWEEN 0 AND 1439), 
	CONSTRAINT ck_pinned_meetings_weekday CHECK (weekday BETWEEN 0 AND 6), 
	CONSTRAINT fk_pinned_meetings_section_id FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE CASCADE
);
CREATE TABLE placements (
	plan_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	week INTEGER NOT NULL, 
	room_id INTEGER NOT NULL, 
	teacher_id INTEGER NOT NULL, 
	CONSTRAINT pk_placements PRIMARY KEY (plan_id, section_id), 
	CONSTRAINT ck_placements_week CHECK (week BETWEEN 1 AND 53), 
	CONSTRAINT fk_placements_plan_id FOREIGN KEY(plan_id) REFERENCES plans (id) ON DELETE CASCADE, 
	CONSTRAINT fk_placements_room_id FOREIGN KEY(room_id) REFERENCES rooms (id), 
	CONSTRAINT fk_placements_section_id FOREIGN KEY(section_id) REFERENCES sections (id), 
	CONSTRAINT fk_placements_teacher_id FOREIGN KEY(teacher_id) REFERENCES teachers (id)
);
CREATE INDEX ix_placements_room_id ON placements (room_id);
CREATE INDEX ix_placements_section_id ON placements (section_id);
CREATE INDEX ix_placements_teacher_id ON placements (teacher_id);
CREATE TABLE section_learners (
	section_id INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	people INTEGER NOT NULL, 
	CONSTRAINT pk_section_learners PRIMARY KEY (section_id, community_id), 
	CONSTRAINT ck_section_learners_people CHECK (people BETWEEN 1 AND 1000), 
	CONSTRAINT fk_section_learners_community_id FOREIGN KEY(community_id) REFERENCES communities (id), 
	CONSTRAINT fk_section_learners_section_id FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE CASCADE
);
CREATE INDEX ix_section_learners_community_id ON section_learners (community_id);
CREATE TABLE section_teachers (
	section_id INTEGER NOT NULL, 
	teacher_id INTEGER NOT NULL, 
	CONSTRAINT pk_section_teachers PRIMARY KEY (section_id, teacher_id), 
	CONSTRAINT fk_section_teachers_section_id FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE CASCADE, 
	CONSTRAINT fk_section_teachers_teacher_id FOREIGN KEY(teacher_id) REFERENCES teachers (id)
);
CREATE TABLE section_venues (
	section_id INTEGER NOT NULL, 
	venue_id INTEGER NOT NULL, 
	CONSTRAINT pk_section_venues PRIMARY KEY (section_id, venue_id), 
	CONSTRAINT fk_section_venues_section_id FOREIGN KEY(section_id) REFERENCES sections (id) ON DELETE CASCADE, 
	CONSTRAINT fk_section_venues_venue_id FOREIGN KEY(venue_id) REFERENCES venues (id)
);
CREATE TABLE shared_learners (
	first_id INTEGER NOT NULL, 
	second_id INTEGER NOT NULL, 
	people INTEGER NOT NULL, 
	CONSTRAINT pk_shared_learners PRIMARY KEY (first_id, second_id), 
	CONSTRAINT ck_shared_learners_order CHECK (first_id < second_id), 
	CONSTRAINT ck_shared_learners_people CHECK (people BETWEEN 1 AND 1000), 
	CONSTRAINT fk_shared_learners_first_id FOREIGN KEY(first_id) REFERENCES sections (id) ON DELETE CASCADE, 
	CONSTRAINT fk_shared_learners_second_id FOREIGN KEY(second_id) REFERENCES sections (id) ON DELETE CASCADE
);
CREATE INDEX ix_shared_learners_second_id ON shared_learners (second_id);
CREATE TABLE solve_points (
	id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	elapsed DOUBLE NOT NULL, 
	total INTEGER NOT NULL, 
	bound INTEGER NOT NULL, 
	placed INTEGER NOT NULL, 
	unplaced INTEGER NOT NULL, 
	phase VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_solve_points PRIMARY KEY (id), 
	CONSTRAINT fk_solve_points_run_id FOREIGN KEY(run_id) REFERENCES solve_runs (id) ON DELETE CASCADE
);
CREATE INDEX ix_solve_points_run_id ON solve_points (run_id);
CREATE TABLE booked_sessions (
	id INTEGER NOT NULL, 
	booking_id INTEGER NOT NULL, 
	room_id INTEGER NOT NULL, 
	date DATE NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	free_minute INTEGER NOT NULL, 
	holds BOOLEAN NOT NULL, 
	CONSTRAINT pk_booked_sessions PRIMARY KEY (id), 
	CONSTRAINT ck_booked_sessions_span CHECK (0 <= start_minute AND start_minute < end_minute AND end_minute <= free_minute), 
	CONSTRAINT fk_booked_sessions_booking_id FOREIGN KEY(booking_id) REFERENCES bookings (id) ON DELETE CASCADE, 
	CONSTRAINT fk_booked_sessions_room_id FOREIGN KEY(room_id) REFERENCES rooms (id)
);
CREATE INDEX ix_booked_sessions_booking_id ON booked_sessions (booking_id);
CREATE INDEX ix_booked_sessions_room_date ON booked_sessions (room_id, date);
CREATE TABLE meetings (
	plan_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	weekday INTEGER NOT NULL, 
	start_minute INTEGER NOT NULL, 
	CONSTRAINT pk_meetings PRIMARY KEY (plan_id, section_id, weekday), 
	CONSTRAINT ck_meetings_start CHECK (start_minute BETWEEN 0 AND 1439), 
	CONSTRAINT ck_meetings_weekday CHECK (weekday BETWEEN 0 AND 6), 
	CONSTRAINT fk_meetings_plan_id_section_id FOREIGN KEY(plan_id, section_id) REFERENCES placements (plan_id, section_id) ON DELETE CASCADE
);
CREATE TRIGGER booked_sessions_insert BEFORE INSERT ON booked_sessions BEGIN SELECT RAISE(ABORT, 'EXCLUDE constraint failed: ex_booked_sessions_room') FROM booked_sessions AS other
    WHERE NEW.holds AND other.holds AND other.room_id = NEW.room_id AND other.date = NEW.date
    AND other.start_minute < NEW.free_minute AND NEW.start_minute < other.free_minute; END;
CREATE TRIGGER booked_sessions_update BEFORE UPDATE ON booked_sessions BEGIN SELECT RAISE(ABORT, 'EXCLUDE constraint failed: ex_booked_sessions_room') FROM booked_sessions AS other
    WHERE NEW.holds AND other.holds AND other.room_id = NEW.room_id AND other.date = NEW.date
    AND other.start_minute < NEW.free_minute AND NEW.start_minute < other.free_minute AND other.id <> NEW.id; END;
CREATE TRIGGER audit_entries_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END;
CREATE TRIGGER audit_entries_delete BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END;
