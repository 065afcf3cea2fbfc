"""Proposed sections: what the location model would open for those who want a course and have no section yet."""
