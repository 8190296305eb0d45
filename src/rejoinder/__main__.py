"""`python -m rejoinder` is the `rejoinder` command."""

from rejoinder.project.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
