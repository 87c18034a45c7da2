"""The harness: the few files that exist inside a sandbox. Standard library only, and nothing secret."""
