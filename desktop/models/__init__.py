"""Table models and the bridge from events to signals (QtCore only)."""
