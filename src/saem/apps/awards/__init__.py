"""What learners carry away: certificates, badges and their portfolio."""
