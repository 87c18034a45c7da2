"""What calls, applications and the forms around them answer to a browser."""
