ALTER TABLE import_rows DROP COLUMN "after";
ALTER TABLE import_rows DROP COLUMN "marks";
