"""Partners: mentors, their vetting and matching, contact in the open, challenges, opportunities, what came of it."""
