"""Completion (이수): dated rules, who has met them and why not yet, numbers and the office's records."""
