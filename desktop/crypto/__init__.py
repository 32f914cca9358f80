"""Keys and encrypted strings: bytes in, bytes out."""
