"""What a city has: network, venues, teachers, courses, accounts."""
