"""The record's schema over time, one Alembic revision a file, each run in a transaction of its own."""
