"""Desired state, difference and ordered steps: pure, no I/O."""
