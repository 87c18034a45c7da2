"""Practice items: what a learner is asked in many variants, and what an answer is worth.

`variant(item, seed)` is what is shown, `judge(item, seed, answer)` what the fields of its form are worth.
"""

from saem.lib.content.errors import VariantError
from saem.lib.content.items.answers import Answer
from saem.lib.content.items.judging import explanation, judge, judge_run, right_answer, variant
from saem.lib.content.items.kinds.code import CodeFile
from saem.lib.content.items.model import (
    Ask,
    Chart,
    CodeField,
    Judged,
    Line,
    Lines,
    NumberField,
    Option,
    Options,
    Pairs,
    Prose,
    Series,
    TextField,
    Variant,
)
from saem.lib.content.items.registry import KINDS
from saem.lib.content.items.rehearsal import rehearse
from saem.lib.content.items.uses import LeftOut, left_out_of_diagnosis

__all__ = [
    "KINDS",
    "Answer",
    "Ask",
    "Chart",
    "CodeField",
    "CodeFile",
    "Judged",
    "LeftOut",
    "Line",
    "Lines",
    "NumberField",
    "Option",
    "Options",
    "Pairs",
    "Prose",
    "Series",
    "TextField",
    "Variant",
    "VariantError",
    "explanation",
    "judge",
    "judge_run",
    "left_out_of_diagnosis",
    "rehearse",
    "right_answer",
    "variant",
]
