"""What the operating system tells, and is asked to leave awake: one file for each system."""
