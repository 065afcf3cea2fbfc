"""Calendar subscriptions (iCalendar) by course, community, venue and room."""
