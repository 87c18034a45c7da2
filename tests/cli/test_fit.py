"""`saem fit` as a researcher or a script uses it: JSON on stdout, exit codes 0, 1 and 2, and no site."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import mean, stdev

import pytest
from click.testing import CliRunner, Result

import saem
from saem.cli import main
from saem.cli.fit_words import WORDS
from saem.lib.learners import MODELS, registry
from saem.lib.learners.evaluation import data_hash, evaluate
from saem.lib.learners.reading import read_csv
from tests.lib.learners.battery import data_for
from tests.lib.learners.reference import SkillCounts, asked_in

KEYS = [
    "model",
    "n",
    "auc",
    "rmse",
    "log_loss",
    "log_likelihood",
    "converged",
    "iterations",
    "seconds",
    "protocol",
    "spread",
]
HEADER = "student,item,skill,correct,time,region\n"


@pytest.fixture(autouse=True)
def reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.MODELS, "skill-counts", ("tests.lib.learners.reference", "SkillCounts"))


@pytest.fixture
def train(tmp_path: Path) -> Path:
    return write(tmp_path / "train.csv", half="train")


@pytest.fixture
def test(tmp_path: Path) -> Path:
    return write(tmp_path / "test.csv", half="test")


def write(path: Path, *, half: str) -> Path:
    responses = getattr(data_for("skill-counts"), half)
    lines = []
    for row in range(len(responses)):
        asked, student = asked_in(responses, row), responses.students[responses.student[row]]
        region = "North" if student < "student-20" else "South"
        lines.append(
            f"{student},{asked.item},{'~'.join(asked.skills)},{responses.score[row]:.0f},{asked.time},{region}"
        )
    path.write_text(HEADER + "\n".join(lines))
    return path


def fit(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["fit", *map(str, arguments)])


def test_json_is_exactly_what_was_promised(train: Path) -> None:
    done = fit("skill-counts", train, "--json")
    assert done.exit_code == 0
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert list(found) == KEYS
    responses = read_csv(train)
    expected = evaluate("skill-counts", {}, responses, folds=5, seed=0)
    assert (found["model"], found["n"]) == ("skill-counts", len(data_for("skill-counts").train))
    assert (found["auc"], found["rmse"], found["log_loss"]) == (
        expected.scores.auc, expected.scores.rmse, expected.scores.log_loss,
    )  # fmt: skip
    assert found["protocol"] == expected.protocol.hash
    folds = [one.auc for one in expected.fold_scores]
    assert found["spread"]["auc"] == pytest.approx({"mean": mean(folds), "deviation": stdev(folds)})
    assert list(found["spread"]) == ["auc", "log_loss", "rmse", "accuracy"]
    assert found["log_likelihood"] == SkillCounts().fit(responses).fit_.log_likelihood
    assert (found["converged"], found["iterations"]) == (True, 1)


def test_folds_and_seed_are_part_of_the_protocol(train: Path) -> None:
    runs = [("--folds", "3"), ("--folds", "4"), ("--folds", "3", "--seed", "1"), ("--folds", "3", "--jobs", "2")]
    hashes = [json.loads(fit("skill-counts", train, "--json", *run).stdout)["protocol"] for run in runs]
    assert len(set(hashes)) == 3
    assert hashes[0] == hashes[3]


def test_another_file_is_the_test(train: Path, test: Path) -> None:
    found = json.loads(fit("skill-counts", train, "--test", test, "--json", "--detail").stdout)
    assert list(found) == [*KEYS, "detail"]
    assert found["n"] == len(data_for("skill-counts").test)
    assert set(found["spread"].values()) == {None}
    protocol = json.loads(found["detail"]["evaluation"]["protocol"]["text"])
    assert protocol["split"] == {"kind": "test", "test": data_hash(read_csv(test))}
    assert found["detail"]["evaluation"]["skills"]


def test_a_test_file_with_a_student_of_the_training_file_is_refused(train: Path, tmp_path: Path) -> None:
    name = data_for("skill-counts").train.students[data_for("skill-counts").train.student[0]]
    leaking = tmp_path / "leaking.csv"
    leaking.write_text(f"{HEADER}{name},item-01,skill-1,1,0,North\n")
    done = fit("skill-counts", train, "--test", leaking, "--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert (found["file"], found["problems"][0]["code"]) == (str(leaking), "shared_students")
    assert name in found["problems"][0]["message"]


def test_for_people(train: Path) -> None:
    korean = fit("skill-counts", train, "--detail", "--group", "region")
    assert korean.exit_code == 0
    for told in (
        "학습자 모형: skill-counts",
        "AUC: 0.",
        "학생 단위 5겹",
        "평가 규약: sha256:",
        "집단별",
        "North: 응답",
    ):
        assert told in korean.stdout
    english = fit("skill-counts", train, "--language", "en")
    assert "Evaluated on: 5 folds by student, seed 0" in english.stdout
    assert "AUC of each fold: mean 0." in english.stdout
    assert "겹마다 따로 잰 AUC: 평균 0." in korean.stdout
    assert "By skill" not in english.stdout


def test_findings_are_said_with_their_lines(tmp_path: Path) -> None:
    rows = "s1,i1,a,1,9,x\ns1,i1,a,0,3,x\ns2,i1,a,1,1,x\ns2,i2,a,0,2,x\ns2,i2,a,0,2,x\ns3,i1,b,1,1,x\n"
    (tmp_path / "r.csv").write_text(HEADER + rows)
    done = fit("skill-counts", tmp_path / "r.csv", "--folds", "2", "--language", "en")
    assert done.exit_code == 0
    assert "line 3: Rows out of the order of time" in done.stdout
    assert "line 6: 1 rows with the same student" in done.stdout
    assert "  ! A skill with one response: b\n" in done.stdout


def test_a_hundred_findings_of_a_kind_are_one_fact(tmp_path: Path) -> None:
    rows = [f"s{n},i{n},k{n},1,{n},x" for n in range(100)]
    (tmp_path / "r.csv").write_text(HEADER + "\n".join(rows))
    done = fit("skill-counts", tmp_path / "r.csv", "--language", "en")
    assert done.exit_code == 0
    assert done.stdout.count("A skill with one response") == 5
    assert "There are 95 more of these." in done.stdout


def test_wrong_responses_are_listed_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(HEADER + "s1,i1,a,1,9,x\n,i1,a,ja,9,x\n")
    done = fit("skill-counts", path)
    assert done.exit_code == 1
    assert "3번째 줄: ‘student’ 칸이 비어 있어요." in done.stdout
    assert "3번째 줄: ‘correct’는 숫자여야 하는데 ‘ja’라고 적혀 있어요." in done.stdout
    found = json.loads(fit("skill-counts", path, "--json", "--language", "en").stdout)
    assert [(each["code"], each["line"]) for each in found["problems"]] == [
        ("empty_cell", 3),
        ("correct_not_a_number", 3),
    ]
    assert found["problems"][0]["message"] == "The cell of “student” is empty."


def test_what_a_model_refuses_is_a_line_of_the_file(tmp_path: Path) -> None:
    """The rows were sorted before the model saw them."""
    path = tmp_path / "points.csv"
    path.write_text(HEADER + "s1,i1,a,1,9,x\ns1,i1,a,3,3,x\ns2,i1,a,1,1,x\n")
    done = fit("skill-counts", path, "--json")
    assert done.exit_code == 1
    assert [(each["code"], each["line"]) for each in json.loads(done.stdout)["problems"]] == [("score_not_binary", 3)]


def test_a_file_without_responses(train: Path, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(HEADER)
    for arguments in ((path,), (train, "--test", path)):
        done = fit("skill-counts", *arguments, "--json")
        assert done.exit_code == 1
        assert json.loads(done.stdout) == {
            "file": str(path), "left_out": 0, "problems": [
                {"code": "no_responses", "line": 0, "column": "", "value": "", "message": "응답이 하나도 없어요."}
            ],
        }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["skill-counts", "--starts", "3"], "skill-counts has no starts: --starts means nothing to it"),
        (["skill-counts", "--tol", "1e-3"], "skill-counts has no tolerance: --tol means nothing to it"),
        (["skill-counts", "--parameter", "depth=3"], "no parameter depth; it has strength"),
        (["skill-counts", "--parameter", "depth"], "needs NAME=VALUE"),
        (["skill-counts", "--folds", "900"], "900 folds of"),
        (["skill-counts", "--folds", "1"], "--folds"),
        (["magic"], "no model is called magic; there are"),
    ],
)
def test_used_wrongly(train: Path, arguments: list[str], told: str) -> None:
    done = fit(arguments[0], train, *arguments[1:])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert told in " ".join(done.stderr.split())


def test_two_ways_to_evaluate_are_one_too_many(train: Path, test: Path) -> None:
    done = fit("skill-counts", train, "--test", test, "--folds", "5")
    assert (done.exit_code, "choose one" in done.stderr) == (2, True)


def test_an_unknown_model_lists_the_known(train: Path) -> None:
    done = fit("magic", train)
    assert all(name in done.stderr for name in MODELS)


def test_parameters_reach_the_model(train: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    done = fit("skill-counts", train, "--parameter", "strength=1.5", "--save", folder)
    assert str(folder) in done.stdout
    model = SkillCounts.load(folder)
    assert model.strength == 1.5
    card = json.loads((folder / "card.json").read_text())
    assert (card["model"], card["evaluation"]["protocol"]["hash"]) == ("skill-counts", hash_of(train, 1.5))
    assert not any(name in (folder / "card.json").read_text() for name in data_for("skill-counts").train.students)


def hash_of(path: Path, strength: float) -> str:
    return evaluate("skill-counts", {"strength": strength}, read_csv(path)).protocol.hash


def test_both_languages_have_the_same_words() -> None:
    assert list(WORDS["ko"]) == list(WORDS["en"])


def test_it_needs_no_site(tmp_path: Path, train: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("SAEM_", "DJANGO_"))}
    bare["PYTHONPATH"] = str(Path(saem.__file__).parents[1])
    (tmp_path / "here").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "saem.cli", "fit", "magic", str(train)],
        env=bare, cwd=tmp_path / "here", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "no model is called magic" in done.stderr
    assert list((tmp_path / "here").iterdir()) == [], "it makes no home"
    probe = "import sys, saem.cli.fit; print([n for n in ('saem.settings', 'numba', 'pandas', 'sklearn') if n in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", probe], env=bare, capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"
