"""Which message of Python means which explanation. The first rule that fits wins; a new kind is one line."""

from typing import NamedTuple


class Rule(NamedTuple):
    """`types` of exceptions (none: any), a pattern in the message whose groups become parameters, and the code."""

    types: tuple[str, ...]
    pattern: str
    code: str


SYNTAX = ("SyntaxError",)
INDENT = ("IndentationError", "TabError", "SyntaxError")
TYPE, VALUE = ("TypeError",), ("ValueError",)
OS_ERRORS = ("PermissionError", "OSError", "URLError", "ConnectionError", "gaierror", "BlockingIOError", "HTTPError")

RULES = (
    # the process itself ended
    Rule(("TimeoutError", "TimeIsUpError"), "", "python.timeout"),
    Rule(("MemoryError", "_ArrayMemoryError"), "", "python.memory"),
    Rule(("TooMuchOutput",), "", "python.output"),
    Rule(("Crash",), "", "python.crashed"),
    Rule(("SystemExit",), "", "python.exit_called"),
    Rule(("KeyboardInterrupt",), "", "python.interrupted"),
    # shape of the text
    Rule(("TabError",), "", "python.tabs"),
    Rule(INDENT, "inconsistent use of tabs", "python.tabs"),
    Rule(INDENT, r"expected an indented block after (?P<what>.+?) on line", "python.indent_missing"),
    Rule(INDENT, "expected an indented block", "python.indent_missing"),
    Rule(INDENT, "unexpected indent", "python.indent_unexpected"),
    Rule(INDENT, "unindent does not match", "python.indent_mismatch"),
    Rule(SYNTAX, r"invalid character '(?P<character>[“”‘’＂＇`´])'", "python.smart_quotes"),
    Rule(SYNTAX, r"invalid character '(?P<character>[（），：；＝＋－．［］｛｝])'", "python.fullwidth"),
    Rule(SYNTAX, r"invalid character '(?P<character>.+?)'", "python.strange_character"),
    Rule(SYNTAX, "invalid non-printable character", "python.invisible_character"),
    Rule(SYNTAX, r"expected ':'", "python.missing_colon"),
    Rule(SYNTAX, r"'(?P<bracket>[(\[{])' was never closed", "python.unclosed_bracket"),
    Rule(SYNTAX, r"unmatched '(?P<bracket>.)'", "python.unmatched_bracket"),
    Rule(SYNTAX, r"closing parenthesis '(?P<bracket>.)' does not match", "python.unmatched_bracket"),
    Rule(SYNTAX, "unterminated (triple-quoted )?(f-)?string literal", "python.unterminated_string"),
    Rule(SYNTAX, "EOL while scanning string", "python.unterminated_string"),
    Rule(SYNTAX, "Missing parentheses in call to 'print'", "python.print_parentheses"),
    Rule(SYNTAX, r"cannot assign to (?P<what>[\w ]+?)( here|\.| \(|$)", "python.cannot_assign"),
    Rule(SYNTAX, r"Maybe you meant '=='", "python.assign_in_condition"),
    Rule(SYNTAX, "forgot a comma", "python.missing_comma"),
    Rule(SYNTAX, "invalid decimal literal", "python.name_with_digit"),
    Rule(SYNTAX, "leading zeros", "python.leading_zeros"),
    Rule(SYNTAX, "'return' outside function", "python.return_outside"),
    Rule(SYNTAX, "'(break|continue)' (outside|not properly)", "python.loop_word_outside"),
    Rule(SYNTAX, "unexpected EOF|unexpected end", "python.unfinished"),
    Rule(("SyntaxError", "IndentationError"), "", "python.syntax"),
    # names and modules
    Rule(("UnboundLocalError",), r"local variable '(?P<name>\w+)'", "python.unbound_local"),
    Rule(("NameError",), r"name '(?P<name>\w+)' is not defined. Did you mean: '(?P<nearest>\w+)'", "python.name_near"),
    Rule(("NameError",), r"name '(?P<name>\w+)' is not defined", "python.name_unknown"),
    Rule(("ModuleNotFoundError",), r"No module named '(?P<module>[^']+)'", "python.module_missing"),
    Rule(("ImportError",), r"cannot import name '(?P<name>\w+)' from '(?P<module>[^']+)'", "python.import_name"),
    Rule(("KeyError",), r"^'(?P<key>.*)'\. Did you mean: '(?P<nearest>.*)'\?$", "python.column_near"),
    Rule(("KeyError",), r"""^["'\[]+(?P<key>[^"'\]]+).*not (in|found in) (index|axis)""", "python.key_missing"),
    Rule(("KeyError",), r"None of \[.*?\[['\"]?(?P<key>[^'\",\]]+)", "python.key_missing"),
    Rule(("KeyError",), r"""^['"]?(?P<key>.*?)['"]?$""", "python.key_missing"),
    Rule(
        ("AttributeError",), r"module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'", "python.module_attribute"
    ),
    Rule(("AttributeError",), r"'(?P<kind>\w+)' object has no attribute '(?P<name>\w+)'", "python.attribute_missing"),
    Rule(("AttributeError",), "", "python.attribute"),
    # values of the wrong kind
    Rule(TYPE, "[Ee]llipsis", "python.ellipsis_left"),
    Rule(TYPE, r'can only concatenate str \(not "(?P<kind>\w+)"\)', "python.text_plus"),
    Rule(TYPE, r"unsupported operand type\(s\) for .+: '(int|float)' and 'str'", "python.text_plus"),
    Rule(TYPE, r"unsupported operand type\(s\) for .+: 'str' and '(int|float)'", "python.text_plus"),
    Rule(TYPE, r"unsupported operand .*'NoneType'|'NoneType' object is not", "python.none_used"),
    Rule(
        TYPE,
        r"unsupported operand type\(s\) for (?P<sign>.+?): '(?P<left>\w+)' and '(?P<right>\w+)'",
        "python.operands",
    ),
    Rule(TYPE, r"'(?P<sign>[<>]=?)' not supported between", "python.compare_kinds"),
    Rule(TYPE, r"(?P<name>\w+)\(\) missing \d+ required .*argument", "python.missing_argument"),
    Rule(TYPE, r"(?P<name>\w+)\(\) takes .* but \d+ (was|were) given", "python.too_many_arguments"),
    Rule(TYPE, r"(?P<name>\w+)\(\) got an unexpected keyword argument '(?P<word>\w+)'", "python.unknown_keyword"),
    Rule(TYPE, r"(?P<name>\w+)(\(\))? (takes|expected) .* (given|got \d+)", "python.argument_count"),
    Rule(TYPE, r"object of type '(?P<kind>\w+)' has no len", "python.no_length"),
    Rule(TYPE, r"'(?P<kind>\w+)' object is not callable", "python.not_callable"),
    Rule(TYPE, r"'(?P<kind>\w+)' object is not subscriptable", "python.not_subscriptable"),
    Rule(TYPE, r"'(?P<kind>\w+)' object is not iterable", "python.not_iterable"),
    Rule(TYPE, r"unhashable type: '(?P<kind>\w+)'", "python.unhashable"),
    Rule(TYPE, r"indices must be integers", "python.index_kind"),
    Rule(TYPE, "", "python.kind"),
    Rule(VALUE, r"could not convert string to float: '?(?P<text>.*?)'?$", "python.text_to_number"),
    Rule(VALUE, r"invalid literal for int\(\) with base 10: '(?P<text>.*)'", "python.text_to_number"),
    Rule(VALUE, "contains NaN|contains infinity|cannot convert float NaN", "python.nan_in_data"),
    Rule(VALUE, "Expected 2D array, got (1D|scalar) array", "python.needs_2d"),
    Rule(VALUE, "inconsistent numbers of samples|same first dimension|must be the same size", "python.lengths_differ"),
    Rule(VALUE, "same length|Length of values|Lengths must match|Length mismatch", "python.lengths_differ"),
    Rule(VALUE, "could not be broadcast|shapes .* not aligned|mismatch in its core dimension", "python.shapes_differ"),
    Rule(VALUE, r"X has (?P<found>\d+) features, but .* expecting (?P<expected>\d+)", "python.features_differ"),
    Rule(VALUE, "feature names", "python.feature_names"),
    Rule(VALUE, r"truth value of an? .* is ambiguous", "python.truth_ambiguous"),
    Rule(VALUE, "values to unpack", "python.unpack"),
    Rule(VALUE, "at least 2 classes|number of classes has to be greater than one", "python.one_class"),
    Rule(VALUE, "Unknown label type", "python.label_kind"),
    Rule(
        VALUE, r"0 sample\(s\)|empty (sequence|set)|iterable argument is empty|attempt to get arg", "python.empty_data"
    ),
    Rule(VALUE, "", "python.value"),
    # the rest of a beginner's day
    Rule(("IndexError",), "", "python.index"),
    Rule(("ZeroDivisionError",), "", "python.zero_division"),
    Rule(("FileNotFoundError",), r"No such file or directory: '(?P<file>[^']+)'", "python.file_missing"),
    Rule(("FileNotFoundError",), "", "python.file_missing_unnamed"),
    Rule(("UnicodeDecodeError", "UnicodeEncodeError"), "", "python.encoding"),
    Rule(("EmptyDataError", "ParserError"), "", "python.table_unreadable"),
    Rule(("NotFittedError",), "", "python.not_fitted"),
    Rule(("RecursionError",), "", "python.recursion"),
    Rule(("OverflowError",), "", "python.overflow"),
    Rule(("EOFError",), "", "python.input_unavailable"),
    Rule(("StopIteration",), "", "python.stop_iteration"),
    Rule(("AssertionError",), "", "python.assertion"),
    Rule(("LinAlgError",), "", "python.linear_algebra"),
    Rule(("NotImplementedError",), "", "python.not_written_yet"),
    Rule(OS_ERRORS, "[Nn]ame or service|resolution|[Nn]etwork|urlopen|[Cc]onnection", "python.blocked_network"),
    Rule(OS_ERRORS, r"(File too large|No space left)", "python.blocked_disk"),
    Rule(OS_ERRORS, r"(Permission denied|Read-only|Operation not permitted)", "python.blocked_file"),
    Rule(("OSError", "PermissionError"), "", "python.blocked_file"),
)
