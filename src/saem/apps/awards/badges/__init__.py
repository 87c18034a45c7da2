"""Open Badges 3.0: words, issue, status lists, endorsements, and reading a badge that somebody brings."""
