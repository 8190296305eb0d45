"""Addresses of sourcing, beneath the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from rejoinder.newsroom.sourcing import claims, corrections, passages, reports, sources, suggestions

urlpatterns: list[URLPattern] = [
    path("sourcing/", sources.desks, name="rejoinder_sourcing"),
    path("sourcing/errors/", reports.desks, name="rejoinder_sourcing_errors"),
    path("sourcing/sites/<slug:site>/", sources.register, name="rejoinder_sourcing_sources"),
    path("sourcing/sites/<slug:site>/names/", sources.names, name="rejoinder_sourcing_names"),
    path("sourcing/sites/<slug:site>/look/", passages.look, name="rejoinder_sourcing_look"),
    path("sourcing/sites/<slug:site>/reports/", reports.listed, name="rejoinder_sourcing_reports"),
    path("sourcing/reports/<int:number>/", reports.report, name="rejoinder_sourcing_report"),
    path(
        "sourcing/reports/<int:number>/correction/", reports.correct, name="rejoinder_sourcing_report_correct"
    ),
    path(
        "sourcing/sites/<slug:site>/sources/<int:number>/", sources.source, name="rejoinder_sourcing_source"
    ),
    path(
        "sourcing/sites/<slug:site>/sources/<int:number>/deletion/",
        sources.delete,
        name="rejoinder_sourcing_delete",
    ),
    path(
        "sourcing/sites/<slug:site>/sources/<int:number>/merge/",
        sources.merge,
        name="rejoinder_sourcing_merge",
    ),
    path(
        "sourcing/sites/<slug:site>/sources/<int:number>/parting/",
        sources.part,
        name="rejoinder_sourcing_part",
    ),
    path("sourcing/stories/<int:number>/", claims.story, name="rejoinder_sourcing_story"),
    path("sourcing/stories/<int:number>/claims/", claims.add, name="rejoinder_sourcing_add"),
    path(
        "sourcing/stories/<int:number>/corrections/", corrections.correct, name="rejoinder_sourcing_correct"
    ),
    path("sourcing/stories/<int:number>/left/", suggestions.leave, name="rejoinder_sourcing_leave"),
    path("sourcing/claims/<int:number>/", claims.change, name="rejoinder_sourcing_claim"),
    path("sourcing/claims/<int:number>/status/", claims.status, name="rejoinder_sourcing_status"),
    path("sourcing/claims/<int:number>/withdrawal/", claims.withdraw, name="rejoinder_sourcing_withdraw"),
    path("sourcing/passages/<int:number>/", passages.settle, name="rejoinder_sourcing_passage"),
]
