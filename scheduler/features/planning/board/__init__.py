"""The board on which a draft is adjusted by hand: rows of rooms, venues, teachers or communities over the week."""
