"""The pages of sessions and attendance."""
