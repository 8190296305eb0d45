"""`python -m rejoinder.project` is the `rejoinder` command."""

from rejoinder.project.cli import main

raise SystemExit(main())
