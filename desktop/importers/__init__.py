"""Foreign files: one module per format, a registry, the worker process."""
