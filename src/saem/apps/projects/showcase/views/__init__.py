"""Pages of the showcase: of the team and its teachers, of each person and their guardian, of everybody."""
