"""Migrations of the database: Alembic finds them here, and those that landed are never changed."""
