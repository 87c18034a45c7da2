"""Diagnosis before and after a program: an adaptive test, its result in plain words, and one scale for both."""
