"""The kinds of item, one file each; `registry` lists them."""
