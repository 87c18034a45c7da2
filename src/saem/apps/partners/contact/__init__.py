"""Contact of teams and mentors, only in the open: the thread, office hours, reviews."""
