"""Absences: a teacher reports that she cannot come."""
