"""One file per layout of minutes, found by scanning: each has `render(sheet, words)`."""
