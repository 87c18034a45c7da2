"""Reviews of teams: marking by the rubric, double marking and moderation, peer review, AI use, words at a place."""
