"""How the rows of each register become JSON and are written back, in one place for each register."""
