"""Terms: their weeks, days off, budgets and the weights of the plan's cost."""
