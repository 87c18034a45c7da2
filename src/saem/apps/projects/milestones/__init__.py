"""Stages of a team: evidence with all its versions, gates, comments, and the board of a class."""
