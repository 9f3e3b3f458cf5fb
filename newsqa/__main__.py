"""``python -m newsqa``: the command line, for when its script is not on the path."""

from newsqa.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
