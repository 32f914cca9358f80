"""Claviger: the native desk of a managed service provider for its Bitwarden clients."""

__version__ = "0.1.0"
