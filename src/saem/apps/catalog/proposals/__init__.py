"""A change of a program that both institutions read, talk about and approve before it is published."""
