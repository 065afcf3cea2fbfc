"""Weeks, weekly hours, dates of a series, holidays."""
