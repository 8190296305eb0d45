from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path


def article(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "article.html", {"number": number, "title": f"Article {number}"})


urlpatterns = [
    path("articles/<int:number>/", article, name="article"),
    path("talk/", include("rejoinder.urls")),
]
