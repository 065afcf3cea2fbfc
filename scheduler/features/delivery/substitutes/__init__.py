"""Substitutes: who gives a session in the place of a teacher who cannot come, and who has to know."""
