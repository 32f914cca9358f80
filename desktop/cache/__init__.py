"""Sealed snapshots and the journal in SQLite."""
