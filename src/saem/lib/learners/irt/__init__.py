"""Item response theory: calibrated items, abilities with their errors, fit, linking and fairness."""

from .bank import ItemBank

__all__ = ["ItemBank"]
