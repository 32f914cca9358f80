"""The practice server: a process of its own that speaks Bitwarden's protocol."""
