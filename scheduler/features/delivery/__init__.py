"""What happens with a published plan: bookings, assignments, absences, substitutes, calendars."""
