"""Runs of the solver: the queue, the search in a process of its own, what it tells on the way."""
