"""Pages of proposals: to be read, to be talked about, to be written."""
