"""`python -m saem.cli` is `saem`."""

from saem.cli import main

main()
