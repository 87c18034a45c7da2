"""What code of teams has in common, across classes and years: passages beside each other, never a verdict."""
