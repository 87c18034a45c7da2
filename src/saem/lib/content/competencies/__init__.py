"""Competencies that lessons, projects and items can be tagged with: schemes by code, in our own words."""

from saem.lib.content.competencies.schemes import Competency, Scheme, competency, schemes, tag_problems

__all__ = ["Competency", "Scheme", "competency", "schemes", "tag_problems"]
