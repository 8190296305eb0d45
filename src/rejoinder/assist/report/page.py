"""The report as one HTML page: no scripts, nothing loaded, both colour schemes, every plot also a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from rejoinder.assist.plots import Axis, Series, chart, table

Figures = Mapping[str, Any]

STYLE = """
:root{color-scheme:light dark;--ink:#1d1d1f;--paper:#fff;--soft:#6b6b70;--rule:#d8d8dc;--a:#1f5fbf;--b:#b3541e}
@media(prefers-color-scheme:dark){:root{--ink:#ececee;--paper:#161618;--soft:#a0a0a8;--rule:#3a3a40;--a:#7fb0ff;--b:#ffab7a}}
body{font:1rem/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-inline-size:46rem}
body{margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.15rem;margin-block:2.2rem .4rem}p.note{color:var(--soft)}
svg.plot{inline-size:100%;block-size:auto;margin-block:.6rem}
.axis{fill:none;stroke:var(--ink)}.grid{stroke:var(--rule)}.tick,.label{font-size:11px;fill:var(--soft)}
.line{fill:none;stroke:var(--a);stroke-width:2}.mark{fill:var(--a)}.band{fill:var(--a);opacity:.15}
.s1.line{stroke:var(--b)}.s1.mark{fill:var(--b)}.ideal{fill:none;stroke:var(--soft);stroke-dasharray:4 4}
table{border-collapse:collapse;inline-size:100%;font-variant-numeric:tabular-nums;margin-block:.6rem}
caption{text-align:start;color:var(--soft);padding-block-end:.3rem}
th,td{border-block-end:1px solid var(--rule);padding:.25rem .5rem;text-align:end}th:first-child{text-align:start}
.wide{overflow-x:auto}
"""
SHOWN_GROUPS = 16


def page(name: str, figures: Figures) -> str:
    """`figures`: of learning.evaluation.evaluate, with `identity`, `empty`, `timed` and `authors` beside them."""
    parts = [
        f"<h1>Assist on {escape(name)}</h1>",
        _summary(figures),
        _curve(figures["curve"]),
        _calibration(figures["calibration"]),
        _savings(figures["savings"]),
        _identity(figures["identity"]),
        _method(figures),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Assist on {escape(name)}</title><style>{STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def _summary(figures: Figures) -> str:
    share = figures["rejected"] / max(1, figures["examples"])
    lines = [
        f"{figures['examples']:,} decisions, {share:.1%} of them rejected."
        + (f" {figures['empty']:,} entries without a text were left out." if figures["empty"] else "")
    ]
    if figures["auroc"] is None:
        lines.append(
            "There is too little here to say how good Assist would be: it takes some hundred decisions of both kinds."
        )
    else:
        lines.append(
            f"Of a rejected and an approved comment, Assist would have put the rejected one first"
            f" {figures['auroc']:.0%} of the time (AUROC). A coin gives 50%."
        )
        if figures["recall_at_5"] is not None:
            lines.append(
                f"With one approved comment in twenty looked at in vain, {figures['recall_at_5']:.0%} of those"
                " that were rejected would have been found."
            )
        if figures["agreement"]["same"] is not None:
            lines.append(
                f"The likelier outcome was what people decided {figures['agreement']['same']:.1%} of the time."
            )
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _curve(points: Sequence[Figures]) -> str:
    known = [
        (point["decided"], point["auroc"], point["judged"]) for point in points if point["auroc"] is not None
    ]
    if not known:
        return ""
    last = known[-1][0] or 1
    x = Axis("decisions learned from", 0, last, [0, last // 2, last] if last > 1 else [0])
    y = Axis("AUROC", 0.5, 1.0, [0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    plot = chart(
        "How good it becomes", x, y, [Series("AUROC", [(count, auroc) for count, auroc, _ in known])]
    )
    rows = [
        [
            f"{point['decided']:,}",
            f"{point['judged']:,}",
            _number(point["auroc"]),
            _number(point["log_loss"]),
        ]
        for point in points
    ]
    said = "Each point: what a model that knew only the decisions before it said of those that came next."
    return (
        f'<h2>How good it becomes</h2><p class="note">{said}</p>{plot}<div class="wide">'
        + table("The same as figures", ["learned from", "asked about", "AUROC", "log loss"], rows)
        + "</div>"
    )


def _calibration(found: Figures) -> str:
    head = "<h2>Are its probabilities honest?</h2>"
    if not found["bins"]:
        return head + "<p>There are too few decisions for probabilities. Assist would show none yet.</p>"
    points = [(one["said"], one["was"]) for one in found["bins"]]
    axis = [0, 0.25, 0.5, 0.75, 1]
    plot = chart(
        "Said and happened",
        Axis("probability said", 0, 1, axis, percent=True),
        Axis("share rejected", 0, 1, axis, percent=True),
        [Series("rejected", points)],
        ideal=[(0, 0), (1, 1)],
    )
    said = (
        f"Where it said 30%, about 30% should have been rejected. On average it was off by {found['ece']:.1%};"
        f" a perfect model would show {found['floor']:.1%} on so many comments, by chance."
    )
    rows = [[f"{one['said']:.1%}", f"{one['was']:.1%}", f"{one['count']:,}"] for one in found["bins"]]
    return f"{head}<p>{escape(said)}</p>{plot}" + table(
        "A tenth of the comments each", ["said", "rejected", "comments"], rows
    )


def _savings(budgets: Sequence[Figures]) -> str:
    rows = [
        [
            f"at most {one['miss']:.1%}",
            f"{one['saved']:.0%}" if one["approve"] is not None and one["saved"] else "0 for now",
            _share(one["missed"]),
            _share(one["let_through"]),
        ]
        for one in budgets
    ]
    said = (
        "Of what Assist approves by itself, how much would people have rejected? For each limit: the share of the queue"
        " that nobody would have had to read, by a threshold from the earlier half of the history, and what became"
        " of it on the later half. Never more than a tenth of what is rejected may get through. Where that"
        " can't be promised with 95% certainty, nothing is approved: 0 for now."
    )
    head = ["limit", "queue saved", "really missed", "of rejects, let through"]
    return (
        f'<h2>What it could have done by itself</h2><p class="note">{said}</p><div class="wide">'
        + table("On the later half of the history", head, rows)
        + "</div>"
    )


def _identity(groups: Sequence[Figures]) -> str:
    worst = [one for one in groups if one["flagged"]][:SHOWN_GROUPS]
    said = (
        "Plain, friendly sentences about groups of people (in English, ours) that the model would put above a level"
        " which only 5% of approved comments exceed. A model learns the company that words keep: look at this before"
        " any automation."
    )
    if not groups:
        return ""
    if not worst:
        return f"<h2>Whom is it unfair to?</h2><p>{said}</p><p>None of {len(groups)} groups has such a sentence.</p>"
    rows = [[str(one["group"]), f"{one['flagged']} of {one['asked']}"] for one in worst]
    rest = (
        f"<p>The other {len(groups) - len(worst)} groups have none.</p>" if len(groups) > len(worst) else ""
    )
    return f"<h2>Whom is it unfair to?</h2><p>{said}</p>{table('The worst first', ['group', 'sentences'], rows)}{rest}"


def _method(figures: Figures) -> str:
    order = (
        "in the order of their times"
        if figures["timed"]
        else "in the order of the file, which names no times"
    )
    lines = [
        f"Decisions were taken {order}; every comment was judged by a model that had seen only earlier ones."
        " Nothing left this machine.",
        f"{figures['authors']:,} authors are named; what became of their earlier comments counted."
        if figures["authors"]
        else "No authors are named, so nobody's record counted.",
        "A later history, another season or another policy will give other figures.",
    ]
    return "<h2>How this was made</h2>" + "".join(f'<p class="note">{escape(line)}</p>' for line in lines)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"
