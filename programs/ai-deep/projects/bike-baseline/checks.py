"""Checks of the notebook that need more than comparing a value."""


def check_q1_split(values):
    fit = values["fit"]
    valid = values["valid"]
    if not (fit["day"].max() == 14 and valid["day"].min() == 15 and len(fit) + len(valid) == 241):
        return False
    return True
