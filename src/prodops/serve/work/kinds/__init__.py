"""One file per kind of work, found by scanning: `TITLE` says what it is, `run(asked, around)` does it."""
