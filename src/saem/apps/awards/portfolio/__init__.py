"""The learner's portfolio: what it holds, who sees it, what is written in it, and how it leaves the house."""
