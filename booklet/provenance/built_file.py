"""A finished file as a value: what is in it or where that lies, and what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from booklet.check.report import Finding
from booklet.problems import WrongUsage


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What is in a finished file, where it lies on the disk until it is asked for."""

    path: Path  # Where it lies
    size: int  # Bytes
    sha256: str  # In hexadecimal digits

    def read(self) -> bytes:
        """The bytes; `WrongUsage` where they are others by now, or gone."""
        try:
            content = self.path.read_bytes()
        except OSError:
            content = b""
        if sha256(content).hexdigest() != self.sha256:
            raise WrongUsage(
                f"{self.path} has changed since this run looked at it; when nobody is at work "
                "there, run it again"
            )
        return content


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A finished file that was made in this run."""

    name: str  # The name of the file
    held: bytes | OnDisk  # What is in it, or where that lies
    pages: int | None = None
    """How many pages a PDF to read has, or sides print sheets; `None` for any other file."""
    is_sheets: bool = False
    """Whether it is print sheets, which are made from the file of the same edition."""
    advice: tuple[str, ...] = ()  # What to know before printing it
    findings: Mapping[str, Finding] = field(default_factory=dict)
    """What `check` measured of it, by the rule's id."""
    kept: bool = False
    """Whether an earlier run made it of the very same, so that it stands there already."""

    @property
    def content(self) -> bytes:
        """What is in it; `WrongUsage` as `OnDisk.read`."""
        return self.held.read() if isinstance(self.held, OnDisk) else self.held

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.held.size if isinstance(self.held, OnDisk) else len(self.held)

    @property
    def sha256(self) -> str:
        """The SHA-256 of what is in it, in hexadecimal digits."""
        held = self.held
        return held.sha256 if isinstance(held, OnDisk) else sha256(held).hexdigest()
