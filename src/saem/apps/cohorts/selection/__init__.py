"""Selection: rules, reviewers, the draw, outcomes, offers and appeals, on what `lib.selection` computes (ADR 18)."""
