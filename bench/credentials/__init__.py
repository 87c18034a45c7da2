"""What learners carry away: how fast a batch of documents and badges is made."""
