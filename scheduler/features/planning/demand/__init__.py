"""Demand: how many people of each community want which course in a term."""
