from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("word", nargs="*", metavar="WORD", help="a sentence to ask it about")


def run(arguments: argparse.Namespace) -> int:
    """What the shipped prior holds, or what it says of a sentence. Needs no database and no settings."""
    from rejoinder.project.commands.assist.needed import check_installed
    from rejoinder.project.terminal import say

    check_installed()
    for line in _said(" ".join(arguments.word)) if arguments.word else _held():
        say(line)
    return 0


def _held() -> list[str]:
    import hashlib
    from importlib.resources import files

    from rejoinder.assist.learning.prior import shipped

    content = files("rejoinder.assist.prior").joinpath("prior.bin").read_bytes()
    prior = shipped()
    entries = sum(map(len, prior.lists.values()))
    return [
        f"{len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}",
        f"{len(prior.words):,} English words with weights, from alt-profanity-check (MIT)",
        f"{entries:,} words and phrases on lists of {len(prior.lists)} languages, from LDNOOBW (CC BY 4.0)",
        "bin/make-prior of the source makes it anew.",
    ]


def _said(sentence: str) -> list[str]:
    from rejoinder.assist.learning import Text
    from rejoinder.assist.learning.model import fit, score

    judgement = score(fit([]), [Text(sentence)])[0]
    return [
        f"{judgement.score:.3f} (for ordering; it is no probability)",
        *(f"{reason.weight:+.2f}\t{reason.kind}\t{reason.text}" for reason in judgement.reasons),
    ]
