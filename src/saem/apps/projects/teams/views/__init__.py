"""The pages of a team: coming in, what it does, its people, its log, parts and reflections."""
