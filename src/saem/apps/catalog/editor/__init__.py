"""Writing a program in the browser: its files in a proposal, the page beside the source, saving as a revision."""
