"""Notebooks that a team writes in the workspace: drafts of cells that run as a lesson's do, saved as versions."""
