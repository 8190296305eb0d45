"""What runs by itself: learning what approval is like on a site, and forgetting how comments stood."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from rejoinder.accounts.models import Site
from rejoinder.core import jobs
from rejoinder.core.db import writing
from rejoinder.discussion import standings
from rejoinder.discussion.models import Comment
from rejoinder.discussion.orders import fit_prior

SAMPLE = 20_000  # newest comments with votes: enough for two numbers, read in a moment


@jobs.periodic("discussion.learn_priors", every=timedelta(days=1))
def learn_priors() -> None:
    """Fit each site's prior to its votes. Threads that begin later use it; a thread's ranks stay comparable."""
    for site in Site.objects.all():
        voted = Comment.objects.annotate(n=F("ups") + F("downs")).filter(thread__site=site, n__gte=2)
        up, down = fit_prior(list(voted.order_by("-id").values_list("ups", "downs")[:SAMPLE]))
        with writing():
            Site.objects.filter(pk=site.pk).update(prior_up=up, prior_down=down)


@jobs.periodic("discussion.forget_standings", every=timedelta(minutes=1))
def forget_standings() -> None:
    """Where comments stood an hour ago, nobody reads on."""
    standings.forget()
