"""The closed list of what can be wrong with an author's notebook; web/messages/authoring.py has words for each."""

from enum import StrEnum


class Code(StrEnum):
    # the notebook
    NOT_NOTEBOOK = "authoring.not_notebook"
    TOO_LARGE = "authoring.too_large"
    OLD_NOTEBOOK = "authoring.old_notebook"
    BAD_CELL = "authoring.bad_cell"
    NO_QUESTION = "authoring.no_question"
    PYTHON = "authoring.python"
    STARTER_PYTHON = "authoring.starter_python"
    # marks
    REGION_UNCLOSED = "authoring.region_unclosed"
    REGION_UNOPENED = "authoring.region_unopened"
    REGION_NESTED = "authoring.region_nested"
    REGION_IN_MARKDOWN = "authoring.region_in_markdown"
    MARK_IN_MARKDOWN = "authoring.mark_in_markdown"
    INSTEAD_OUTSIDE = "authoring.instead_outside"
    LANGUAGE_UNCLOSED = "authoring.language_unclosed"
    MISSING_LANGUAGE = "authoring.missing_language"
    NEAR_MARK = "authoring.near_mark"
    # questions and checks
    BAD_ID = "authoring.bad_id"
    DUPLICATE_QUESTION = "authoring.duplicate_question"
    DUPLICATE_CHECK = "authoring.duplicate_check"
    CHECK_WITHOUT_QUESTION = "authoring.check_without_question"
    QUESTION_WITHOUT_CHECK = "authoring.question_without_check"
    QUESTION_WITHOUT_SOLUTION = "authoring.question_without_solution"
    MISSING_TITLE = "authoring.missing_title"
    MISSING_WORDS = "authoring.missing_words"
    UNKNOWN_DIRECTIVE = "authoring.unknown_directive"
    DUPLICATE_DIRECTIVE = "authoring.duplicate_directive"
    BAD_NUMBER = "authoring.bad_number"
    BAD_OPTIONS = "authoring.bad_options"
    CHECK_EMPTY = "authoring.check_empty"
    CHECK_TWO_KINDS = "authoring.check_two_kinds"
    CALL_ARGUMENTS = "authoring.call_arguments"
    CALLS_STUDENT = "authoring.calls_student"
    CHECK_NAMES_NOTHING = "authoring.check_names_nothing"
    UNKNOWN_NAME = "authoring.unknown_name"
    CHECKS_TWICE = "authoring.checks_twice"
    # what must not reach a student
    LEAK = "authoring.leak"
    # the project
    NO_PROJECT = "authoring.no_project"
    YAML_FLOW = "authoring.yaml_flow"
    NO_SOLUTION_LISTED = "authoring.no_solution_listed"
    HAND_EDITED = "authoring.hand_edited"
    # the way back, and moving over
    CELLS_DIFFER = "authoring.cells_differ"
    NOT_SAME = "authoring.not_same"
    SOURCE_EXISTS = "authoring.source_exists"
    NOTHING_MARKED = "authoring.nothing_marked"
    HAND_GRADED = "authoring.hand_graded"
