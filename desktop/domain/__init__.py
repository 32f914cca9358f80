"""Records, ids, events and errors; imports nothing of ours."""
