"""One file per native format, found by scanning: each has `write(world, folder)`."""
