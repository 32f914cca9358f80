"""The server over httpx: pace, refresh, decode, errors."""
