"""The form of a rule: the fields that its kind has."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rejoinder.accounts.models import Site
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.models import Rule
from rejoinder.moderation.rules import Wish
from rejoinder.moderation.screening.kinds import KINDS, SERVICES

_LONGEST_WORDS = 1_100_000  # 10,000 phrases of 100 characters, and their line ends
SEVERITIES = (
    ("1", gettext_lazy("can wait")),
    ("2", gettext_lazy("usual")),
    ("3", gettext_lazy("soon")),
    ("4", gettext_lazy("before others")),
    ("5", gettext_lazy("first of all")),
)


class RuleForm(forms.Form):
    """What is wrong with a value, the action says."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=gettext_lazy("Stands in the record, with what the rule does."),
    )
    verdict = forms.ChoiceField(label=gettext_lazy("What it does with a comment"))
    severity = forms.ChoiceField(label=gettext_lazy("How urgent it is for moderators"), choices=SEVERITIES)
    code = forms.ChoiceField(label=gettext_lazy("Counted as"), required=False)
    sentence = forms.CharField(
        label=gettext_lazy("What its author is told"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    section = forms.CharField(
        label=gettext_lazy("Only in this section"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    thread = forms.CharField(
        label=gettext_lazy("Only in the discussion with this key"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    mode = forms.ChoiceField(label=gettext_lazy("Is it on"), choices=Rule.Mode.choices)

    def __init__(self, kind: str, site: Site, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        known = KINDS[kind]
        self.fields["verdict"].choices = _verdicts(kind)  # type: ignore[attr-defined]
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            ("", _("as usual for this kind")),
            *((code, codes.label(code)) for code in codes.CODES),
        ]
        self.fields["sentence"].help_text = _("Empty: “%(sentence)s”") % {"sentence": known.sentence}
        for name, figure in known.figures.items():
            self.fields[f"figure-{name}"] = forms.IntegerField(
                label=str(figure.label), min_value=figure.least, max_value=figure.most, initial=figure.usual
            )
        if known.words:
            self.fields["words"] = _words(kind)
        if kind in SERVICES:
            self.fields["secret"] = _secret(kind)
        first = ["name", "words", "secret", *(f"figure-{name}" for name in known.figures), "verdict"]
        self.order_fields(first)

    @property
    def wish(self) -> Wish:
        data = self.cleaned_data
        figures = {
            name.removeprefix("figure-"): value for name, value in data.items() if name.startswith("figure-")
        }
        plain = ("name", "verdict", "mode", "severity", "code", "sentence", "section", "thread")
        return Wish(
            kind=self.kind,
            words=data.get("words", ""),
            secret=data.get("secret", ""),
            figures=figures,
            **{name: data[name] for name in plain},
        )


def _verdicts(kind: str) -> list[tuple[str, Any]]:
    refuses = kind not in {*SERVICES, Rule.Kind.EVERYTHING, Rule.Kind.NEWCOMER}
    return [
        (value, label) for value, label in Rule.Verdict.choices if refuses or value != Rule.Verdict.REFUSE
    ]


def _words(kind: str) -> forms.CharField:
    long = kind in {Rule.Kind.PHRASES, Rule.Kind.LINKS}
    attributes = {"dir": "auto" if kind == Rule.Kind.PHRASES else "ltr", "spellcheck": "false"}
    widget: forms.Widget = (
        forms.Textarea(attrs={**attributes, "rows": 10}) if long else forms.TextInput(attrs=attributes)
    )
    hints = {
        Rule.Kind.PHRASES: _(
            "Found in capitals, with accents, in look-alike letters, with spaces or signs between the letters. "
            "A * at an end lets the word go on there: arson* finds arsonist."
        ),
        Rule.Kind.PATTERN: _("Capitals make no difference. One that can take too long is not taken."),
    }
    return forms.CharField(
        label=str(KINDS[kind].words),
        required=kind != Rule.Kind.LINKS,
        max_length=_LONGEST_WORDS,
        widget=widget,
        help_text=hints.get(Rule.Kind(kind), ""),
    )


def _secret(kind: str) -> forms.CharField:
    return forms.CharField(
        label=_("Key of the account there")
        if kind == Rule.Kind.AKISMET
        else _("Secret that signs what is sent"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Not shown again. Empty: it stays what it is."),
    )


def initial(rule: Rule) -> dict[str, Any]:
    """What stands in the form of a rule; its secret does not."""
    names = ("name", "words", "verdict", "severity", "code", "sentence", "section", "mode")
    figures = {f"figure-{name}": value for name, value in rule.figures.items()}
    return (
        {name: getattr(rule, name) for name in names}
        | figures
        | {
            "thread": rule.thread.key if rule.thread else "",
            "severity": str(rule.severity),
        }
    )
