"""The audit trail of every change, and what is kept in memory until the trail tells of one."""
