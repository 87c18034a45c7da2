"""One step of a rating: how far a response moves an ability or a difficulty, and how sure it is afterwards."""

import math

Rating = tuple[float, float]


def moved(  # noqa: PLR0917 (numba knows no keyword-only arguments)
    mean: float, variance: float, share: float, miss: float, weight: float, spread: float, growth: float
) -> Rating:  # fmt: skip
    """The new mean and variance of a rating that entered the log-odds of a response times `share`.

    `miss` is the score minus its chance, `weight` chance * (1 - chance), `spread` the variance of the log-odds.
    `growth` > 0 is Elo: a step of K = 2 * variance, since a rating with a constant small K wanders with the variance
    K / 2, and 1 / K grows with every response (the uncertainty function a / (1 + b n) of Pelanek 2016). `growth` 0 is
    Bayes: one Gauss-Newton (extended Kalman) step of the posterior, all ratings of the response kept independent.
    """
    if growth > 0.0:
        step = 2.0 * variance * miss
        return mean + (step if share > 0.0 else -step), 1.0 / (1.0 / variance + growth)
    gain = variance * share / (1.0 + weight * spread)
    return mean + gain * miss, variance - gain * variance * share * weight


def chance_of(score: float, spread: float, growth: float) -> float:
    """The chance of a right answer at these log-odds; Bayes draws it to 1/2 by their variance (MacKay 1992)."""
    return logistic(score if growth > 0.0 else score / math.sqrt(1.0 + math.pi * spread / 8.0))


def logistic(score: float) -> float:
    """1 / (1 + exp(-score)), kept off 0 and 1."""
    return 1.0 / (1.0 + math.exp(-min(27.0, max(-27.0, score))))
