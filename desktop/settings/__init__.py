"""Typed settings, profile folders and the system keychain."""
