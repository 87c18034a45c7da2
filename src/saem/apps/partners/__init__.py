"""Partners: mentors, their vetting and matching, contact in the open, challenges, opportunities, and what came of it."""
