"""The tables on SQLite and PostgreSQL, their migrations, connections and search index."""
