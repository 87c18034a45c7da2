"""Practice: the item that helps most now, what an answer to it was worth, and what is known of the learner by it."""
