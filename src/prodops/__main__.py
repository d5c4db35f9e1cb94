"""`python -m prodops`: the command where its script is not on the path."""

from prodops.serve.cli import main

if __name__ == "__main__":
    main()
