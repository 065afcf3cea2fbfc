DROP TABLE series_updates;
DROP TABLE demand_steps;
ALTER TABLE scenarios DROP COLUMN replaced;
ALTER TABLE proposals DROP COLUMN batch;
