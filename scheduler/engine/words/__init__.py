"""Codes of the solver as sentences for people."""
