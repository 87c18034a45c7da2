"""How well each model predicts students it has not seen: `python -m bench.learners.accuracy [--responses CSV]...`.

One row per response, whole students held out. Without a file the responses are simulated. `--responses CSV` (student,
item, skill, correct, optionally time) holds out a fifth of its students; `--split TRAIN TEST` uses a split as published.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.machine import machine
from saem.lib.learners import MODELS, LearnersError, Responses, model_class
from saem.lib.learners.evaluation import evaluate_fitted, student_folds
from saem.lib.learners.evaluation.folds import alone
from saem.lib.learners.reading import read_csv
from saem.lib.learners.simulation import ASSISTMENTS_2009, SMALL, simulate_bkt, simulate_pfa

Split = tuple[str, Responses, Responses]
HEAD = f"{'model':12} {'AUC':>7} {'log loss':>9} {'RMSE':>7} {'fit CPU s':>10} {'predict CPU s':>14}  converged"


def simulated() -> Iterator[Split]:
    """Learners of two kinds, of the size of ASSISTments 2009-2010."""
    yield halves("simulated: PFA with abilities", simulate_pfa(ASSISTMENTS_2009, two_skills=0.2, seed=1)[0])
    yield halves("simulated: BKT with item effects", simulate_bkt(ASSISTMENTS_2009, item_spread=0.7, seed=1)[0])


def halves(name: str, responses: Responses) -> Split:
    """Four fifths of the students and the last fifth; names that only the others have are not passed on."""
    held = student_folds(responses, 5, 0) == 0
    return name, alone(responses.rows(~held)), alone(responses.rows(held))


def row(name: str, train: Responses, test: Responses) -> str:
    """One line of the table; a model that cannot use these responses says why."""
    try:
        started = time.process_time()
        model = model_class(name)().fit(train)
        fitted = time.process_time()
        scores = evaluate_fitted(model, train, test).scores
        # Evaluating also hashes the data and counts by skill, so predicting is timed alone.
        begun = time.process_time()
        model.predict(test)
        predicted = time.process_time() - begun
    except (LearnersError, ImportError) as error:
        return f"{name:12} cannot: {str(error).splitlines()[0]}"
    auc = "-" if scores.auc is None else f"{scores.auc:.4f}"
    converged = "yes" if model.fit_.converged else "NO"
    return f"{name:12} {auc:>7} {scores.log_loss:9.4f} {scores.rmse:7.4f} {fitted - started:10.2f} {predicted:14.2f}  {converged}"


def warm(models: Sequence[str]) -> None:
    """Compile every kernel, so that no model pays for it in the table."""
    _, train, test = halves("", simulate_bkt(SMALL, seed=1)[0])
    for name in models:
        row(name, train, test)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", metavar="CSV", type=Path, action="append", default=[])
    parser.add_argument("--split", metavar=("TRAIN", "TEST"), type=Path, nargs=2, action="append", default=[])
    parser.add_argument("--models", nargs="+", default=sorted(MODELS), choices=sorted(MODELS))
    options = parser.parse_args()
    print(machine())
    warm(options.models)
    splits = [halves(path.name, read_csv(path)) for path in options.responses]
    splits += [(train.name, read_csv(train), read_csv(test)) for train, test in options.split]
    for name, train, test in splits or simulated():
        print(f"\n{name}: {len(train):,} responses to fit, {len(test):,} to predict\n{HEAD}")
        for model in options.models:
            print(row(model, train, test), flush=True)


if __name__ == "__main__":
    main()
