"""The other end: many centres' packages received, merged and published by a ministry, in SQLite or PostgreSQL."""
