"""What is allowed and what it costs, said for CP-SAT and as a plain check."""
