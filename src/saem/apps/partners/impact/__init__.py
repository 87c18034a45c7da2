"""What a partner promised, gave and reached."""
