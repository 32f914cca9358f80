"""Use cases as plain coroutines: session, clients, members, import, run."""
