"""How long applications are kept, and taking away what was kept long enough."""
