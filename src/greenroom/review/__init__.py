"""How what was kept is read again: on the terminal and as JSON."""
