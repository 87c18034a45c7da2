"""Responses from a CSV file: every problem with its line, every doubt as a finding."""

from .problems import Problem, UnreadableError
from .table import Table, read_csv, read_table

__all__ = ["Problem", "Table", "UnreadableError", "read_csv", "read_table"]
