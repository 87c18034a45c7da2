"""Which team gets which mentor, and why."""
