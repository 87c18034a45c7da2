"""Partners: mentors and their vetting, matching, contact in the open, challenges, what partners achieve, opportunities."""
