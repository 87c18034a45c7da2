"""The board of a class, the page of a stage with its gate, evidence and its versions."""
