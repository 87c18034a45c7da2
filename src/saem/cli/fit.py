"""`saem fit MODEL RESPONSES.csv`: fit a learner model and say how well it predicts students it has never seen."""

import inspect
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from saem.cli.fit_report import in_words, problems_in_words, problems_of
from saem.lib.learners import MODELS, LearnerModel, LearnersError, ParameterError, ResponsesError, model_class
from saem.lib.learners.cards import write_card
from saem.lib.learners.evaluation import Evaluation, evaluate, evaluate_fitted
from saem.lib.learners.reading import Problem, Table, UnreadableError, read_table

FOLDS = 5
CSV = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True)
class Fitted:
    """A model, what it was fitted on, and how it does on the rows of `evaluated`."""

    model: LearnerModel
    train: Table
    evaluated: Table
    evaluation: Evaluation


@click.command("fit")
@click.argument("model")
@click.argument("responses", type=CSV)
@click.option("--test", type=CSV, help="Evaluate on the students of this file, who must be others.")
@click.option("--folds", type=click.IntRange(min=2), help=f"Evaluate on folds of students [{FOLDS}].")
@click.option("--starts", type=click.IntRange(min=1), help="From how many starts to fit, where the model has starts.")
@click.option("--tol", type=float, help="When a fit has converged, where the model has a tolerance.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the folds, and of models that draw.")
@click.option("--parameter", multiple=True, metavar="NAME=VALUE", help="Any parameter of the model, as JSON.")
@click.option("--group", metavar="COLUMN", help="Also say how wrong the model is in each group of this column.")
@click.option("--jobs", type=int, help="Fit folds in so many processes.")
@click.option("--save", type=click.Path(file_okay=False, path_type=Path), help="Keep the model and its card here.")
@click.option("--detail", is_flag=True, help="Also skills, groups, calibration, folds, findings and the protocol.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", show_default=True)
def fit_command(
    *, responses: Path, save: Path | None, as_json: bool, detail: bool, language: str, **asked: Any
) -> None:
    """Fit MODEL on RESPONSES (CSV: student, item, skill, correct and, where there is one, time) and evaluate it.

    Several skills of a response are joined by `~`. The evaluation is of students that the model has not seen: other
    folds, or another file. The log-likelihood is of the fit on all of RESPONSES.
    """
    parameters = chosen_parameters(asked["model"], asked)
    try:
        fitted = fit_and_evaluate(responses, parameters, asked)
        if save:
            fitted.model.save(save)
            write_card(fitted.model.card(fitted.evaluation.as_json()), save)
    except ParameterError as error:
        raise click.UsageError(str(error)) from error
    except LearnersError as error:
        complain(error, language, as_json=as_json)
    if as_json:
        click.echo(json.dumps(as_data(fitted, detail=detail), ensure_ascii=False, allow_nan=False))
    else:
        click.echo(in_words(fitted, language, detail=detail, saved=save))


def chosen_parameters(name: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The model's parameters from the options; raises UsageError for an unknown model or a parameter it lacks."""
    if name not in MODELS:
        raise click.UsageError(f"no model is called {name}; there are {', '.join(sorted(MODELS))}")
    try:
        known = tuple(inspect.signature(model_class(name)).parameters)
    except (ImportError, ParameterError) as error:
        raise click.UsageError(f"{name} cannot be used here: {error}") from error
    parameters = dict(parse_parameter(text) for text in asked["parameter"])
    for option, parameter in (("starts", "starts"), ("tol", "tolerance")):
        if asked[option] is not None:
            parameters[parameter] = asked[option]
            if parameter not in known:
                raise click.UsageError(f"{name} has no {parameter}: --{option} means nothing to it")
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        raise click.UsageError(f"{name} has no parameter {', '.join(unknown)}; it has {', '.join(known)}")
    return {"seed": asked["seed"], **parameters} if "seed" in known else parameters


def parse_parameter(text: str) -> tuple[str, Any]:
    """`name=value` with a JSON value; a bare word is text."""
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise click.UsageError(f"--parameter needs NAME=VALUE, not {text}")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def fit_and_evaluate(responses: Path, parameters: dict[str, Any], asked: dict[str, Any]) -> Fitted:
    """The model fitted on all responses, and its evaluation on held-out students."""
    if asked["test"] and asked["folds"]:
        raise click.UsageError("--test and --folds are two ways to evaluate; choose one")
    test = read_table(asked["test"], group=asked["group"]) if asked["test"] else None
    train = read_table(responses, group=None if test else asked["group"])
    for path, table in ((responses, train), (asked["test"], test)):
        if table is not None and not len(table.responses):
            raise UnreadableError(path, (Problem("no_responses"),))
    with rows_of(responses, train):
        model = model_class(asked["model"])(**parameters).fit(train.responses)
    if test:
        with rows_of(asked["test"], test):
            evaluation = evaluate_fitted(model, train.responses, test.responses, groups=test.group)
        return Fitted(model, train, test, evaluation)
    evaluation = evaluate(
        asked["model"], parameters, train.responses, folds=asked["folds"] or FOLDS, seed=asked["seed"],
        groups=train.group, jobs=asked["jobs"],
    )  # fmt: skip
    return Fitted(model, train, train, evaluation)


@contextmanager
def rows_of(path: Path, table: Table) -> Iterator[None]:
    """What a model has against a row becomes a problem of a line of the file."""
    try:
        yield
    except ResponsesError as error:
        line = 0 if error.row is None else int(table.line[error.row])
        raise UnreadableError(path, (Problem(error.code, line, value=error.where),)) from error


def as_data(fitted: Fitted, *, detail: bool) -> dict[str, Any]:
    """What `--json` prints."""
    evaluation, fit = fitted.evaluation, fitted.model.fit_
    data: dict[str, Any] = {
        "model": evaluation.model,
        "n": evaluation.scores.n,
        "auc": evaluation.scores.auc,
        "rmse": evaluation.scores.rmse,
        "log_loss": evaluation.scores.log_loss,
        "log_likelihood": fit.log_likelihood,
        "converged": fit.converged,
        "iterations": fit.iterations,
        "seconds": fit.seconds,
        "protocol": evaluation.protocol.hash,
        "spread": {name: one and asdict(one) for name, one in evaluation.spread.items()},
    }
    if detail:
        read = [asdict(finding) for finding in fitted.train.responses.findings]
        data["detail"] = {"read": read, "fit": asdict(fit), "evaluation": evaluation.as_json()}
    return data


def complain(error: LearnersError, language: str, *, as_json: bool) -> None:
    """List what is wrong with the responses, and end with 1."""
    problems = problems_of(error, language)
    click.echo(json.dumps(problems, ensure_ascii=False) if as_json else problems_in_words(problems, language))
    sys.exit(1)
