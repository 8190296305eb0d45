"""Adding, changing, switching and removing rules. Each is a decision."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.models import Role
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, NotFound, nothing_here
from rejoinder.core.text.refusals import grouped
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision, Rule
from rejoinder.moderation.rules.checking import Wish, check
from rejoinder.moderation.rules.would import Would, would

__all__ = ["TooWide", "Wish", "remove", "save", "switch"]

# A rule that would have held more than this share of last week's comments asks first; of fewer comments than that,
# a share says nothing.
SHARE, FEW = 0.5, 10
_MAKE_RULES = {Role.Kind.OWNER, Role.Kind.EDITOR}


class TooWide(Conflict):
    """It would hold most of what people write. Asked for again with `sure`, it is taken."""

    code = "wide"

    def __init__(self, message: str, found: Would) -> None:
        super().__init__(message)
        self.found = found


def _check_may(viewer: Viewer) -> None:
    if viewer.role not in _MAKE_RULES:
        raise nothing_here()


def save(*, viewer: Viewer, wish: Wish, rule: Rule | None = None, sure: bool = False) -> Rule:
    """Add a rule, or change one. Raises NotFound for those who make no rules, InvalidInput, and TooWide."""
    _check_may(viewer)
    columns = check(viewer.site, wish, rule)
    trial = Rule(site=viewer.site, **columns)
    if not sure:
        _check_width(trial)
    moment = clock.now()
    with writing():
        if rule is None:
            saved = Rule.objects.create(site=viewer.site, created=moment, changed=moment, **columns)
            _note(viewer, saved, _("added: %(what)s") % {"what": _told(columns)})
            return saved
        saved = _locked(viewer, rule)
        for name, value in columns.items():
            setattr(saved, name, value)
        saved.fault, saved.revision, saved.changed = "", saved.revision + 1, moment
        saved.save()
        _note(viewer, saved, _("changed: %(what)s") % {"what": _told(columns)})
    return saved


def _locked(viewer: Viewer, rule: Rule) -> Rule:
    found: Rule | None = locked(Rule.objects.filter(pk=rule.pk, site=viewer.site)).first()
    if found is None:
        raise NotFound(_("This rule is no more."))
    return found


def _check_width(trial: Rule) -> None:
    """Asks before a rule goes on that would hold, or refuse, most of what people write."""
    if trial.mode != Rule.Mode.ON or trial.verdict == Rule.Verdict.CARD:
        return
    found = would(trial)
    if found is None or found.looked < FEW or found.hit <= found.looked * SHARE:
        return
    message = _(
        "This rule would have stopped %(hit)s of the %(looked)s comments of last week. Is that meant?"
    )
    raise TooWide(message % {"hit": grouped(found.hit), "looked": grouped(found.looked)}, found)


def switch(*, viewer: Viewer, rule: Rule, mode: str, sure: bool = False) -> Rule:
    """Turn a rule on, off, or to noting only. Raises as save does."""
    _check_may(viewer)
    mode = Rule.Mode(mode) if mode in Rule.Mode.values else Rule.Mode.OFF
    if not sure:
        trial = Rule.objects.select_related("site", "thread").get(pk=rule.pk)
        trial.mode = mode
        _check_width(trial)
    with writing():
        saved = _locked(viewer, rule)
        if saved.mode == mode:
            return saved
        saved.mode, saved.fault = mode, ""
        saved.revision, saved.changed = saved.revision + 1, clock.now()
        saved.save(update_fields=["mode", "fault", "revision", "changed"])
        _note(viewer, saved, _("switched: %(mode)s") % {"mode": saved.get_mode_display()})
    return saved


def remove(*, viewer: Viewer, rule: Rule) -> None:
    """Take a rule away; what it decided stays."""
    _check_may(viewer)
    with writing():
        found = _locked(viewer, rule)
        _note(viewer, found, _("removed"))
        found.delete()


def _told(columns: dict[str, Any]) -> str:
    """What the record says of a rule; its words and its secret are no business of the record."""
    kinds = dict(Rule.Kind.choices), dict(Rule.Mode.choices), dict(Rule.Verdict.choices)
    said = [kinds[0][columns["kind"]], kinds[1][columns["mode"]], kinds[2][columns["verdict"]]]
    figures = [f"{name} {value}" for name, value in columns["figures"].items()]
    where = [columns["section"]] if columns["section"] else []
    where += [columns["thread"].key] if columns["thread"] else []
    return ", ".join([*map(str, said), *figures, *where])


def _note(viewer: Viewer, rule: Rule, what: str) -> None:
    """Write a change down, and let every process read the rules anew."""
    raise_edition(site=viewer.site.pk)
    record(
        site=viewer.site,
        action=Decision.Action.RULE,
        reason=_("Rule “%(rule)s” %(what)s") % {"rule": rule.name, "what": what},
        actor=viewer.commenter,
        rule=rule.name,
        text_seen=rule.words[:10_000],
    )
