"""A lesson as who teaches a class meets it: the page for teachers, and what the class answered at the end."""
