"""Where sourcing stands in Wagtail: its addresses, its place in the menu, the panel beside a story's text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from rejoinder.newsroom.models import StoryPage
from rejoinder.newsroom.sourcing import urls
from rejoinder.newsroom.sourcing.access import desks_of
from rejoinder.sourcing.reports.finding import count_open


class SourcingPanel(BaseSidePanel):  # type: ignore[misc]
    """Empty until it is opened: its content is asked for by its script, or is a page of its own without one."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):  # type: ignore[misc]
        aria_label = _("Toggle sources")
        icon_name = "openquote"
        has_counter = False

    name = "sourcing"
    title = _("Sources and statements")
    template_name = "rejoinder/newsroom/desk/sourcing/side_panel.html"
    order = 200


class StoryEditView(EditView):  # type: ignore[misc]
    """A story's form, with its sources beside it."""

    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()
        if self.expects_json_response or self.hydrate_create_view:
            return panels
        return MediaContainer([*panels, SourcingPanel(self.page, self.request)])


class StoryViewSet(PageViewSet):  # type: ignore[misc]
    model = StoryPage
    edit_view_class = StoryEditView
    parent_models: list[type[StoryPage]] = []


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def stories_with_sources() -> StoryViewSet:
    return StoryViewSet()


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def addresses() -> list[URLPattern]:
    return urls.urlpatterns


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def in_the_menu() -> MenuItem:
    return MenuItem(_("Sources"), reverse("rejoinder_sourcing"), icon_name="openquote", order=300)


class ReportsItem(MenuItem):  # type: ignore[misc]
    """Errors that readers reported, and how many wait: for whoever works at a desk."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(desks_of(request))

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        count = count_open(desks_of(request))
        if count:
            # Items are the same objects for every request; what is drawn of them is not.
            component.label = _("Reported errors (%(n)s)") % {"n": number_format(count, force_grouping=True)}
        return component


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def reports_in_the_menu() -> MenuItem:
    address = reverse("rejoinder_sourcing_errors")
    return ReportsItem(_("Reported errors"), address, name="errors", icon_name="warning", order=301)
