"""Learning City Scheduler: the web application around the planner in ``solver``."""
