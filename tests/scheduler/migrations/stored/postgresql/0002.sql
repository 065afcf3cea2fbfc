ALTER TABLE bookings ADD COLUMN offered_room_id INTEGER CONSTRAINT fk_bookings_offered_room_id_rooms REFERENCES rooms (id);
