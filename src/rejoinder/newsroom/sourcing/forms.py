"""What is asked at the desk. Fields are checked by the actions; here they are read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rejoinder.accounts.viewer import Viewer
from rejoinder.core.errors import InvalidInput
from rejoinder.sourcing.actions import ClaimWish, SourceWish, add_matter, add_source
from rejoinder.sourcing.figures import Figure, parse
from rejoinder.sourcing.models import Claim, Matter, Source, SourceName
from rejoinder.sourcing.models.claim import MAX_PLACE, MAX_REASON, MAX_UNIT, MAX_WRITTEN
from rejoinder.sourcing.models.source import MAX_SOURCE_NAME
from rejoinder.sourcing.names import key_of
from rejoinder.sourcing.passages import Anchor

_MATTERS = 200  # of a site, the newest: more are no list


def _text(**more: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **more})


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def _date() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class WordsForm(forms.Form):
    """Words that were selected, typed or pasted. Offsets are only a hint: a browser counts otherwise."""

    use_required_attribute = False

    quote = forms.CharField(
        label=gettext_lazy("Words of the story"),
        required=False,
        widget=_area(2),
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    after = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    @property
    def anchor(self) -> Anchor:
        data = self.cleaned_data
        return Anchor(data["quote"], data["before"][-32:], data["after"][:32])


class ClaimForm(WordsForm):
    """A claim: who says it, how, and what is claimed. `named`: how many sources it has."""

    manner = forms.ChoiceField(label=gettext_lazy("How it is said"), choices=Claim.Manner.choices)
    said_on = forms.DateField(label=gettext_lazy("Said on"), required=False, widget=_date())
    figure = forms.CharField(
        label=gettext_lazy("Figure, in words or digits"),
        required=False,
        max_length=MAX_WRITTEN,
        widget=_text(),
    )
    unit = forms.CharField(label=gettext_lazy("of what"), required=False, max_length=MAX_UNIT, widget=_text())
    of_date = forms.DateField(label=gettext_lazy("It was on"), required=False, widget=_date())
    of_place = forms.CharField(
        label=gettext_lazy("It was at"), required=False, max_length=MAX_PLACE, widget=_text()
    )
    matter = forms.ChoiceField(label=gettext_lazy("What it is about"), required=False)
    matter_new = forms.CharField(
        label=gettext_lazy("or something new"), required=False, max_length=160, widget=_text()
    )
    kind = forms.ChoiceField(label=gettext_lazy("Its kind"), required=False)
    side = forms.CharField(
        label=gettext_lazy("Its side or interest"), required=False, max_length=80, widget=_text()
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is not named"), required=False, max_length=300, widget=_text()
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, viewer: Viewer, *args: Any, named: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["kind"].choices = [("", "–"), *Source.Kind.choices]  # type: ignore[attr-defined]
        matters = Matter.objects.filter(site=viewer.site).order_by("-pk").values_list("pk", "title")
        self.fields["matter"].choices = [  # type: ignore[attr-defined]
            ("", _("nothing that others speak of")),
            *((str(number), title) for number, title in matters[:_MATTERS]),
        ]
        if self.is_bound:
            named = sum(name.startswith("source_") for name in self.data) - 1
        for number in range(min(max(named + 1, 2), 12)):
            self.fields[f"source_{number}"] = forms.CharField(
                label=_("Who says so") if number == 0 else _("and"),
                required=False,
                max_length=MAX_SOURCE_NAME,
                widget=_text(list="sourcing-names"),
            )

    @property
    def who(self) -> list[forms.BoundField]:
        """The fields in which sources are named."""
        return [self[name] for name in self.fields if name.startswith("source_")]

    def is_new(self, name: str) -> bool:
        return not SourceName.objects.filter(site=self.viewer.site, key=key_of(name)).exists()

    def sources(self) -> list[Source]:
        """Those that are named, one of them new where its kind is told. Raises InvalidInput, Conflict."""
        return [
            self._source(field, name)
            for field, name in self.cleaned_data.items()
            if field.startswith("source_") and name.strip()
        ]

    def _source(self, field: str, name: str) -> Source:
        known = SourceName.objects.filter(site=self.viewer.site, key=key_of(name)).select_related("source")
        if found := known.first():
            return found.source
        data = self.cleaned_data
        if not data["kind"]:
            message = _("“%(name)s” is not in the register yet: say of what kind it is, and it will be.")
            raise InvalidInput(code="new-source", message=message % {"name": name[:80]}, field=field)
        wish = SourceWish(name=name, kind=data["kind"], side=data["side"], reason=data["reason"])
        return add_source(viewer=self.viewer, wish=wish)

    def wish(self, language: str, old: Figure | None = None) -> ClaimWish:
        """What the claim is to say; sources and matters that are new are added. Raises as actions do."""
        data = self.cleaned_data
        return ClaimWish(
            sources=self.sources(),
            figure=_figure(data["figure"], data["unit"], language, old),
            matter=self._matter(),
            **{name: data[name] for name in ("manner", "said_on", "of_date", "of_place")},
        )

    def _matter(self) -> Matter | None:
        data = self.cleaned_data
        if title := data["matter_new"].strip():
            return add_matter(viewer=self.viewer, title=title)
        return (
            Matter.objects.filter(site=self.viewer.site, pk=data["matter"]).first()
            if data["matter"]
            else None
        )


def _figure(written: str, unit: str, language: str, old: Figure | None) -> Figure | None:
    if not written.strip():
        return None
    if old is not None and old.written == written:
        return replace(old, unit=unit)
    found = parse(written, language)
    if found is None:
        message = _(
            "No figure could be read from this. Write it like “20”, “at least 20” or “10 to 15 thousand”."
        )
        raise InvalidInput(code="figure", message=message, field="figure")
    return replace(found, unit=unit or found.unit)


def read_from(quote: str, language: str) -> dict[str, str]:
    """What the form of a claim begins with: its figure as it stands in the words."""
    figure = parse(quote, language)
    # "On October 18": days are asked for beside it. Whoever means that figure writes it there.
    if figure and figure.exact and not figure.unit and figure.low is not None and 1 <= figure.low <= 31:
        return {}
    return {"figure": figure.written, "unit": figure.unit} if figure else {}


def said_by(claim: Claim, sources: tuple[Source, ...], figure: Figure | None) -> dict[str, Any]:
    """What stands in the form of a claim that is there."""
    names = ("manner", "said_on", "of_date", "of_place")
    return {
        "quote": claim.passage.quote,
        "seen": claim.revision,
        "figure": figure.written if figure else "",
        "unit": claim.figure_unit,
        "matter": str(claim.matter_id or ""),
        **{name: getattr(claim, name) for name in names},
        **{f"source_{number}": source.name for number, source in enumerate(sources)},
    }


class StatusForm(forms.Form):
    """What is known of a claim now."""

    use_required_attribute = False

    status = forms.ChoiceField(label=gettext_lazy("What is known of it"), choices=Claim.Status.choices)
    status_reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=MAX_REASON, widget=_text()
    )
    status_link = forms.CharField(
        label=gettext_lazy("Link to what shows it"),
        required=False,
        max_length=2000,
        widget=_text(inputmode="url"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class SourceForm(forms.Form):
    """A source of the register."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name"), required=False, max_length=MAX_SOURCE_NAME, widget=_text()
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Source.Kind.choices)
    side = forms.CharField(
        label=gettext_lazy("Its side or interest"),
        required=False,
        max_length=80,
        widget=_text(),
        help_text=gettext_lazy("A few words, shown to readers: “close to the government”."),
    )
    link = forms.CharField(
        label=gettext_lazy("Link"), required=False, max_length=2000, widget=_text(inputmode="url")
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is not named"), required=False, max_length=300, widget=_text()
    )
    aliases = forms.CharField(
        label=gettext_lazy("Other names it goes by, one a line"),
        required=False,
        widget=_area(3),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def wish(self) -> SourceWish:
        data = self.cleaned_data
        aliases = tuple(filter(None, map(str.strip, data["aliases"].splitlines())))
        plain = {name: data[name] for name in ("name", "kind", "side", "link", "reason")}
        return SourceWish(aliases=aliases, **plain)


class CorrectionForm(forms.Form):
    """What was wrong, and is right now."""

    use_required_attribute = False

    before = forms.CharField(
        label=gettext_lazy("As it stood"),
        required=False,
        widget=_area(2),
    )
    after = forms.CharField(
        label=gettext_lazy("As it stands now"),
        required=False,
        widget=_area(2),
        help_text=gettext_lazy("Words of the published story; empty where they were taken out."),
    )
    note = forms.CharField(
        label=gettext_lazy("What was wrong"),
        required=False,
        widget=_area(3),
    )


class AnswerForm(forms.Form):
    """What becomes of an error that a reader reported."""

    use_required_attribute = False

    answer = forms.CharField(
        label=gettext_lazy("A sentence for whoever told you"),
        required=False,
        widget=_area(3),
    )
    alike = forms.BooleanField(
        label=gettext_lazy("Answer the others about the same words likewise"), required=False, initial=True
    )


class ReportedForm(AnswerForm, CorrectionForm):
    """A correction that comes of it, and the answer."""

    field_order = ("before", "after", "note", "thanked")

    thanked = forms.CharField(
        label=gettext_lazy("Thanks to"),
        required=False,
        max_length=60,
        widget=_text(),
        help_text=gettext_lazy("Stands beneath the correction. Empty: nobody is thanked by name."),
    )


def names_of(source: Source) -> list[str]:
    """The other names of a source."""
    own = key_of(source.name)
    return [one.name for one in source.names.order_by("pk") if one.key != own]
