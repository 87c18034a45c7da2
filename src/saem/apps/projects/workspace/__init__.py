"""What a team's files say: differences between versions, cards against files, experiments out of submissions."""
