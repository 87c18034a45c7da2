"""What first tries say about items: how hard, how telling, which options draw whom, and what looks wrong.

`item_statistics(tries)` computes, `alarms_of(statistics)` judges. Nothing here is made up where data are few: a figure
that they cannot carry is None.
"""

from .alarms import Alarm, alarms_of
from .calibration import LEAST_LEARNERS_1PL, LEAST_LEARNERS_2PL, LEAST_OF_ITEM_1PL, LEAST_OF_ITEM_2PL, Calibrated
from .drift import Drift
from .statistics import FirstTries, ItemStatistics, OptionStatistics, item_statistics

__all__ = [
    "LEAST_LEARNERS_1PL",
    "LEAST_LEARNERS_2PL",
    "LEAST_OF_ITEM_1PL",
    "LEAST_OF_ITEM_2PL",
    "Alarm",
    "Calibrated",
    "Drift",
    "FirstTries",
    "ItemStatistics",
    "OptionStatistics",
    "alarms_of",
    "item_statistics",
]
