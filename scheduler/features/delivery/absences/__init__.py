"""Absences: a teacher reports that they cannot come."""
