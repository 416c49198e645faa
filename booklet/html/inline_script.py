"""The one script of a web page, and a policy that lets a browser run that one and no other."""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class InlineScript:
    """A script that stands in the page: the same bytes in every booklet."""

    text: Markup  # JavaScript, without an end tag in it

    @property
    def policy(self) -> str:
        """A Content Security Policy (CSP 3): nothing is fetched, and only this script runs."""
        digest = b64encode(sha256(self.text.encode()).digest()).decode("ascii")
        return (
            f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
            "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
        )
