CREATE TABLE imports (
	id SERIAL NOT NULL, 
	user_id INTEGER NOT NULL, 
	term_id INTEGER, 
	register VARCHAR(40) NOT NULL, 
	filename VARCHAR(200) NOT NULL, 
	stale VARCHAR(200) NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	expires_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	CONSTRAINT pk_imports PRIMARY KEY (id), 
	CONSTRAINT fk_imports_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT fk_imports_term_id FOREIGN KEY(term_id) REFERENCES terms (id) ON DELETE CASCADE, 
	CONSTRAINT ck_imports_importstatus CHECK (status IN ('checking', 'checked', 'applied', 'undone'))
);
CREATE INDEX ix_imports_user_id ON imports (user_id);
CREATE INDEX ix_imports_term_id ON imports (term_id);
CREATE INDEX ix_imports_expires_at ON imports (expires_at);
CREATE TABLE import_rows (
	id SERIAL NOT NULL, 
	import_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	sheet VARCHAR(40) NOT NULL, 
	number INTEGER NOT NULL, 
	cells JSON NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	key VARCHAR(600) NOT NULL, 
	target_id INTEGER, 
	messages JSON NOT NULL, 
	warnings JSON NOT NULL, 
	changes JSON NOT NULL, 
	before JSON, 
	after JSON, 
	warned BOOLEAN NOT NULL, 
	clashes BOOLEAN NOT NULL, 
	slot JSON, 
	marks JSON NOT NULL, 
	CONSTRAINT pk_import_rows PRIMARY KEY (id), 
	CONSTRAINT fk_import_rows_import_id FOREIGN KEY(import_id) REFERENCES imports (id) ON DELETE CASCADE, 
	CONSTRAINT ck_import_rows_rowstate CHECK (state IN ('wrong', 'new', 'changed', 'unchanged', 'pending'))
);
CREATE INDEX ix_import_rows_import_position ON import_rows (import_id, position);
