"""The commands, one a file: `configure(parser)` says what it takes, `run(arguments)` does it and gives the exit code.

Modules import Django inside `run` only, so that help is there at once.
"""

from __future__ import annotations

# Name, module, one line of help; in the order in which a newcomer needs them.
COMMANDS = (
    ("serve", "serve", "run the server: makes or updates the database, serves pages, does the jobs"),
    ("work", "work", "do the jobs in a process of their own, here or on another machine"),
    ("demo", "demo", "make a publication with stories and comments to look at, and serve it"),
    ("site", "site", "add a site, show or change its policies, or list them"),
    ("thread", "thread", "list threads, give them other keys, merge them"),
    ("staff", "staff", "give somebody a role on a site, or list who has one"),
    ("token", "token", "give a program a token for the API, list them, or end one"),
    ("import", "import_", "take in a story and its comments from a saved page"),
    ("export", "export", "write a site's threads and comments as JSON lines"),
    ("generate", "generate", "make a plausible thread of any size, to try things with"),
    ("doctor", "doctor", "look for what is wrong and say what to do"),
    ("decisions", "decisions", "check the chain of decisions and print its head, to be noted elsewhere"),
    ("report", "report", "count what was decided in a year: the transparency report"),
    ("assist", "assist", "the newsroom's own model: keys, learning, versions, trying it on a history"),
    ("sourcing", "sourcing", "suggest who says what in a text"),
    ("backup", "backup", "write database and media into one file, while the server runs"),
    ("restore", "restore", "check such a file and put it in the place of what is there"),
    ("migrate", "migrate", "bring the database to this version (serve does it by itself)"),
)
