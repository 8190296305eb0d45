"""One page: a story and all of its comments, drawn by the template tag of django-comments-xtd."""

from functools import cache

from django.contrib.flatpages.models import FlatPage
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

PAGE = (
    "{% load comments comments_xtd %}<!doctype html><html lang=en><title>{{ story.title }}</title>"
    "<h1>{{ story.title }}</h1>{% get_comment_count for story as count %}<p>{{ count }}</p>"
    "{% render_xtdcomment_tree for story %}</html>"
)


@cache
def template():
    return engines["django"].from_string(PAGE)


def page(request, size):
    story = FlatPage.objects.get(url=f"/stories/{size}/")
    return HttpResponse(template().render({"story": story}, request))


def front(request):
    return HttpResponse("ready")


urlpatterns = [
    path("", front),
    path("stories/<int:size>/", page),
    path("comments/", include("django_comments_xtd.urls")),
]
