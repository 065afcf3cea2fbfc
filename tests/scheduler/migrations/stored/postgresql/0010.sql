CREATE INDEX ix_booked_sessions_date ON booked_sessions (date);
