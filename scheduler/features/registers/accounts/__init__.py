"""Sign-in, users with their roles, and the audit trail."""
