"""Mentors: who they are, what they promise, and until when their vetting holds."""
