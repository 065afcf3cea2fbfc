"""Questions about a plan that the solver answers: why, what if, where to, who else."""
