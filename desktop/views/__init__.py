"""What the user sees: shell, pages, dialogs, wizard, theme."""
