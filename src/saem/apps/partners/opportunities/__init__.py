"""Careers: what learners may try, who takes part, and what each has tried."""
