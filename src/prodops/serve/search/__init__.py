"""The search over everything that pages show: one interface, kept by SQLite FTS5 or by PostgreSQL."""
