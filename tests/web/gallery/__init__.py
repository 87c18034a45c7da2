"""A small site that shows every part of the web kit, for tests in a browser. No database, none of the apps."""
