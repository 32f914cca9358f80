"""Mutants: each takes one protection away, and the test named after its property must notice."""
