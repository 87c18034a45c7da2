"""Skills of which the data say too little, or whose parameters mean something else than their names: no mastery there.

After Beck and Chang (2007), Identifiability, and Baker, Corbett and Aleven (2008), More accurate student modeling.
"""

import numpy as np

from saem.lib.learners.findings import Finding, Weight

from .logits import chance_of, logit_of
from .sequences import Booleans, Floats
from .task import GUESS, LEARN, PRIOR, SLIP

# Guess + slip from here on: right and wrong answers say almost the same about the skill.
ALIKE = 0.95
NEVER_LEARNT, LEARNT_AT_ONCE = 1e-3, 0.95
# A parameter this near to 0 or 1 is at its bound; it is kept there when the others' errors are worked out.
AT_BOUND = 1e-3
# A parameter whose 95 % interval is wider than this is not known from the data.
UNKNOWN_WIDTH = 0.8
# Starts that end this near in log-likelihood, and this far apart in a parameter, explain the data equally well.
EQUALLY_LIKELY, FAR_APART = 0.1, 0.1


def degenerate(
    theta: Floats, totals: Floats, covariance: Floats, summit: Floats, likelihood: Floats
) -> tuple[str, ...]:
    """For each tag the code of what is wrong with it, "" for nothing.

    `theta` (tags, 5), `totals` (tags, 3) students, responses and right answers, `covariance` (tags, 5, 5) of logits,
    `summit` (tags, starts, 5) and `likelihood` (tags, starts) of every start.
    """
    students, responses, right = totals.T
    checks: tuple[tuple[str, Booleans], ...] = (
        ("one_response", responses == 1),
        ("all_right", right == responses),
        ("all_wrong", right == 0),
        ("never_repeated", students == responses),
        ("guess_and_slip_near_one", theta[:, GUESS] + theta[:, SLIP] >= ALIKE),
        ("learn_near_zero", theta[:, LEARN] <= NEVER_LEARNT),
        ("learn_near_one", theta[:, LEARN] >= LEARNT_AT_ONCE),
        ("not_identified", _too_wide(theta, covariance) | _ambiguous(summit, likelihood)),
    )
    return tuple(next((code for code, broken in checks if broken[tag]), "") for tag in range(len(theta)))


def findings_of(names: tuple[str, ...], why: tuple[str, ...], theta: Floats, converged: Booleans) -> list[Finding]:
    """One finding for each degenerate tag, each that did not converge, and notes on guesses and slips over a half."""
    found = [Finding(code, name) for name, code in zip(names, why, strict=True) if code]
    found += [Finding("not_converged", name) for name, sure in zip(names, converged, strict=True) if not sure]
    for code, which in (("guess_over_half", GUESS), ("slip_over_half", SLIP)):
        high = np.flatnonzero(theta[:, which] > 0.5)  # noqa: PLR2004 - the code says it
        found += [Finding(code, names[tag], weight=Weight.NOTE) for tag in high if not why[tag]]
    return found


def covariance_of(information: Floats, theta: Floats) -> Floats:
    """Covariance (tags, 5, 5) of the logits: the inverse of the information of the parameters off their bounds.

    Parameters at a bound have none. Where the information is not positive, variances are infinite.
    """
    symmetric = (information + information.transpose(0, 2, 1)) / 2
    out = np.zeros_like(symmetric)
    for tag, one in enumerate(theta):
        free = np.flatnonzero((one > AT_BOUND) & (one < 1 - AT_BOUND))
        if not len(free):
            continue
        values, vectors = np.linalg.eigh(symmetric[tag][np.ix_(free, free)])
        if values[0] > 1e-9 * max(values[-1], 1.0):
            out[tag][np.ix_(free, free)] = (vectors / values) @ vectors.T
        else:
            out[tag][free, free] = np.inf
    return out


def _too_wide(theta: Floats, covariance: Floats) -> Booleans:
    error = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    logit = logit_of(theta)
    width = chance_of(logit + 1.96 * error) - chance_of(logit - 1.96 * error)
    return np.asarray((width[:, [LEARN, PRIOR, GUESS, SLIP]] > UNKNOWN_WIDTH).any(axis=1))


def _ambiguous(summit: Floats, likelihood: Floats) -> Booleans:
    near = likelihood >= likelihood.max(axis=1, keepdims=True) - EQUALLY_LIKELY
    low = np.where(near[:, :, None], summit, np.inf).min(axis=1)
    high = np.where(near[:, :, None], summit, -np.inf).max(axis=1)
    return np.asarray((high - low > FAR_APART).any(axis=1))
