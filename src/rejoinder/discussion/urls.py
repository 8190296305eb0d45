from __future__ import annotations

from django.urls import path

from rejoinder.discussion.views import feed, own, people, reading, since, writing

urlpatterns = [
    path("threads/<slug:site>/", reading.thread, name="thread"),
    path("threads/<slug:site>/window", reading.window, name="window"),
    path("threads/<slug:site>/new", since.new, name="new"),
    path("threads/<slug:site>/mine", reading.mine, name="mine"),
    path("threads/<slug:site>/feed", feed.comments, name="feed"),
    path("threads/<slug:site>/comments", writing.comments, name="comments"),
    path("threads/<slug:site>/challenge", writing.challenge, name="challenge"),
    path("threads/<slug:site>/votes", writing.votes, name="votes"),
    path("comments/<slug:comment>/", reading.comment, name="comment"),
    path("comments/<slug:comment>/fragment", reading.fragment, name="fragment"),
    path("comments/<slug:comment>/reply/", writing.reply, name="reply"),
    path("comments/<slug:comment>/actions/", own.actions, name="actions"),
    path("comments/<slug:comment>/edits", own.edits, name="edits"),
    path("comments/<slug:comment>/deletion", own.deletion, name="deletion"),
    path("comments/<slug:comment>/mute", people.mute, name="mute"),
    path("people/<slug:site>/<slug:person>/", people.person, name="person"),
]
