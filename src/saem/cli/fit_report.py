"""What `saem fit` found, as text for people."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from saem.cli.fit_words import say
from saem.lib.learners import Finding, LearnerModel, LearnersError
from saem.lib.learners.evaluation import Evaluation
from saem.lib.learners.reading import Problem, Table, UnreadableError

MOST_OF_A_KIND = 5


class Result(Protocol):
    """What there is to report."""

    @property
    def model(self) -> LearnerModel: ...
    @property
    def train(self) -> Table: ...
    @property
    def evaluated(self) -> Table: ...
    @property
    def evaluation(self) -> Evaluation: ...


def in_words(result: Result, language: str, *, detail: bool, saved: Path | None) -> str:
    """A table of names and numbers, then what is worth knowing."""
    table = [f"{say(name, language)}: {value}" for name, value in figures(result, language)]
    parts = [*table, *(details(result.evaluation, language) if detail else [])]
    found = findings(result, language)
    if found:
        parts += ["", say("findings", language), *(f"  ! {line}" for line in found)]
    return "\n".join([*parts, *([say("saved", language, folder=saved)] if saved else [])])


def figures(result: Result, language: str) -> list[tuple[str, str]]:
    """Name and value of each line of the table."""
    evaluation, fit, train = result.evaluation, result.model.fit_, result.train.responses
    scores, split = evaluation.scores, evaluation.protocol.split
    sizes = {"students": len(train.students), "items": len(train.items), "skills": len(train.skills)}
    yes_no = say("yes" if fit.converged else "no", language)
    values = {"iterations": fit.iterations, "seconds": fit.seconds, "starts": fit.starts}
    return [
        ("model", evaluation.model),
        ("responses", say("responses_value", language, n=len(train), **sizes)),
        ("evaluated_on", say(split["kind"], language, **{"n": scores.n, **split})),
        ("auc", shown(scores.auc, language)),
        *fold_auc(evaluation, language),
        ("mean_skill_auc", shown(evaluation.mean_skill_auc, language)),
        ("rmse", shown(scores.rmse, language)),
        ("log_loss", shown(scores.log_loss, language)),
        ("accuracy", shown(scores.accuracy, language)),
        ("calibration", shown(evaluation.calibration.error, language)),
        ("log_likelihood", f"{fit.log_likelihood:,.2f}"),
        ("converged", say("converged_value", language, yes_no=yes_no, **values)),
        ("protocol", evaluation.protocol.hash),
    ]


def fold_auc(evaluation: Evaluation, language: str) -> list[tuple[str, str]]:
    """How far the folds' AUCs differ; no line where there are none."""
    spread = evaluation.spread["auc"]
    return [] if spread is None else [("fold_auc", say("fold_auc_value", language, **asdict(spread)))]


def details(evaluation: Evaluation, language: str) -> list[str]:
    """Skill by skill and group by group."""
    skills = [
        say("row_skill", language, name=one.skill, n=one.n, mean=one.mean_outcome, auc=shown(one.auc, language))
        for one in evaluation.skills
    ]
    groups = [
        say("row_group", language, name=one.group or say("none", language), n=one.scores.n,
            auc=shown(one.scores.auc, language), rmse=one.scores.rmse, gap=one.gap)
        for one in evaluation.groups
    ]  # fmt: skip
    parts = (("skills", skills), ("groups", groups))
    return [line for title, rows in parts if rows for line in ("", say(title, language), *(f"  {row}" for row in rows))]


def findings(result: Result, language: str) -> list[str]:
    """Of reading both files, of the fit and of the predictions, in sentences."""
    tables = {id(table): table for table in (result.train, result.evaluated)}.values()
    # A finding of reading counts rows as the file has them; a model counts the rows it was given.
    read = [(finding, finding.row) for table in tables for finding in table.responses.findings]
    fitted = [(finding, _file_row(finding, result.train)) for finding in result.model.fit_.findings]
    predicted = [(finding, _file_row(finding, result.evaluated)) for finding in result.evaluation.findings]
    said: dict[str, dict[str, None]] = {}
    for finding, row in (*read, *fitted, *predicted):
        line = None if row is None else row + 2
        sentence = _placed(say(finding.code, language, where=finding.where), line, language)
        said.setdefault(finding.code, {})[sentence] = None
    return [line for sentences in said.values() for line in _first(list(sentences), language)]


def _first(sentences: list[str], language: str) -> list[str]:
    """A few of a kind: thousands of items that a fold has not seen are one fact, not thousands."""
    more = len(sentences) - MOST_OF_A_KIND
    return sentences if more <= 0 else [*sentences[:MOST_OF_A_KIND], say("more", language, count=more)]


def problems_of(error: LearnersError, language: str) -> dict[str, Any]:
    """Every problem with its file, line and words."""
    if isinstance(error, UnreadableError):
        listed = [{**asdict(one), "message": _words_of(one, language)} for one in error.problems]
        return {"file": str(error.path), "problems": listed, "left_out": error.left_out}
    # An evaluation that failed, or a model: no line of a file is to blame.
    problem = Problem("model_failed", value=str(error))
    return {"file": "", "problems": [{**asdict(problem), "message": _words_of(problem, language)}], "left_out": 0}


def problems_in_words(problems: dict[str, Any], language: str) -> str:
    """The problems, one a line."""
    lines = [f"  ✗ {_placed(one['message'], one['line'] or None, language)}" for one in problems["problems"]]
    more = [say("more", language, count=problems["left_out"])] if problems["left_out"] else []
    return "\n".join([say("wrong", language, file=problems["file"]), *lines, *more])


def shown(value: float | None, language: str) -> str:
    """Four decimals, or that there is none."""
    return say("none", language) if value is None else f"{value:.4f}"


def _words_of(problem: Problem, language: str) -> str:
    return say(problem.code, language, column=problem.column, value=problem.value, where=problem.value)


def _placed(text: str, line: int | None, language: str) -> str:
    return text if line is None else say("line", language, line=line, text=text)


def _file_row(finding: Finding, table: Table) -> int | None:
    return None if finding.row is None else int(table.line[finding.row]) - 2
