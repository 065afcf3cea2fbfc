"""The second factor: codes of the moment and recovery codes, asked for after the password."""
