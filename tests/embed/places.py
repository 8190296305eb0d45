"""A page of somebody else's with a discussion of ours, and a browser that looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rejoinder.accounts.models import Site
from rejoinder.discussion.models import Thread
from tests.browser.visits import SHIFTS
from tests.embed import hosts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

KEY = "ferry"


@dataclass
class Place:
    """A site of ours, its thread, and somebody else's server with pages that show it."""

    home: str
    host: hosts.Host
    site: Site
    thread: Thread
    browser: Browser
    # What a page did that it should not: requests to third parties, errors of scripts, breaches of its policy.
    found: list[str] = field(default_factory=list)
    # What stands in the console for the page's developer.
    said: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def tag(self, **more: str) -> str:
        said = "".join(
            f' {name}="{value}"' for name, value in {"site": self.site.key, "key": KEY, **more}.items()
        )
        return f"<rejoinder-thread{said}></rejoinder-thread>"

    @property
    def script(self) -> str:
        return f'<script src="{self.home}/embed.js" defer></script>'

    def policy(self, *more: str) -> str:
        """The strictest policy that the documentation names."""
        return "; ".join(["default-src 'none'", f"script-src {self.home}", f"connect-src {self.home}", *more])

    def article(self, path: str = "/story", *, tag: str = "", headers: Any = None, **more: Any) -> str:
        html = hosts.page(tag or self.tag(), **{"head": self.script, **more})
        return self.host.put(path, html, **{"Content_Security_Policy": self.policy(), **(headers or {})})

    def context(self, **given: Any) -> BrowserContext:
        size = {"width": given.pop("width", 1280), "height": 900}
        made = self.browser.new_context(viewport=size, reduced_motion="reduce", **given)  # type: ignore[arg-type]
        made.add_init_script(SHIFTS)
        self.contexts.append(made)
        return made

    def open(self, address: str, *, context: BrowserContext | None = None, **given: Any) -> Page:
        page = (context or self.context(**given)).new_page()
        ours = (self.home, self.host.foreign, self.host.near, "data:", "blob:")
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))
        page.on("request", lambda request: request.url.startswith(ours) or self.found.append(request.url))
        page.on("console", self._hear)
        page.goto(address)
        return page

    def _hear(self, message: Any) -> None:
        (self.found if "Policy" in message.text else self.said).append(message.text)
