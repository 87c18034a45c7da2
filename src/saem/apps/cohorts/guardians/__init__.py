"""A guardian's consent to one thing of a child: what asking, answering, recording and taking back have in common."""
