"""The item bank: what first tries say of items, the nightly refit, and the acceptance of learner models."""
