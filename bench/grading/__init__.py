"""Our grader beside nbgrader and otter-grader: the same assignment, the same submissions, one run."""
