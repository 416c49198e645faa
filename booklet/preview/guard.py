"""Who may ask the preview: pages of its own, by a name of this machine, and nobody else."""

from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from booklet.content.yaml_source import read_yaml

ADDRESS = "127.0.0.1"

HEADERS = read_yaml(Path(__file__).with_name("headers.yaml")).values
"""Names and values of headers: those of every answer, and those of a booklet's own page."""

REFUSED = PlainTextResponse(
    "Only the preview's own pages may ask. Type the address that the terminal shows.",
    status_code=403,
)

_OUR_NAMES = [ADDRESS, "localhost"]
"""The names this machine has for itself. A page elsewhere whose name was made to lead here
(DNS rebinding) asks for another."""

_OUR_SITES = ("same-origin", "none")
"""What a browser says of a request of our own page, and of a person's who types an address."""


def guarded(app: ASGIApp) -> ASGIApp:
    """The application for requests of this machine's own pages, with headers that bind them."""

    async def same_origin(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_bound(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS["every"].items():
                    headers.setdefault(name, value)
            await send(message)

        refused = asked_by_another(Headers(scope=scope))
        await (REFUSED if refused else app)(scope, receive, send_bound)

    return TrustedHostMiddleware(same_origin, _OUR_NAMES, www_redirect=False)


def asked_by_another(headers: Headers) -> bool:
    """Whether the browser says that a page of another origin asks.

    It says so in `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/), also for pictures,
    frames and links, which come without an `Origin`.
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    return (origin is not None and not _is_ours(origin, headers)) or (
        site is not None and site not in _OUR_SITES
    )


def asked_by_us(headers: Headers) -> bool:
    """Whether the request shows that our own page asks, as it must before any work is begun.

    Older browsers say nothing in `Sec-Fetch-Site`; there it is the `Referer`, which our pages send
    to ourselves alone and which no page of others can make up.
    """
    if asked_by_another(headers):
        return False
    referer = headers.get("referer")
    said = "sec-fetch-site" in headers or "origin" in headers
    return said or (referer is not None and _is_ours(referer, headers))


def _is_ours(address: str, headers: Headers) -> bool:
    try:
        return urlsplit(address).netloc == headers["host"]
    except ValueError:  # no address at all
        return False
