"""Claviger: the native desk of a managed service provider for its Bitwarden clients."""
