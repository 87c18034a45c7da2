"""Badges for results of projects: levels, who reaches them, giving, and what happens when a result falls."""
