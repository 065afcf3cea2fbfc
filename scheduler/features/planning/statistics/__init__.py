"""Pictures of a plan, each with the table behind it."""
