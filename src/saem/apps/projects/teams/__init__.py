"""Teams: forming, joining, leaving, merging, roles, mentors, the weekly log and reflections."""
