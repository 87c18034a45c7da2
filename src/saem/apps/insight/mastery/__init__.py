"""What a class has mastered, who needs what, and the data behind each claim."""
