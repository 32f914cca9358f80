"""Widgets painted from the tokens; import them from their own modules."""
