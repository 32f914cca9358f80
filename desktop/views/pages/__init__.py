"""The pages of the shell: one file each."""
