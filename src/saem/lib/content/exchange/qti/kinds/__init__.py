"""The kinds of item in QTI, both ways, one file each; `qti/registry.py` lists them."""
