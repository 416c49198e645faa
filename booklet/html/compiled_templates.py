"""The compiled code of templates, kept beside that of modules: compiling takes longer than use."""

import sys
from contextlib import suppress
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError

from jinja2.bccache import Bucket, FileSystemBytecodeCache


class CompiledTemplates(FileSystemBytecodeCache):
    """Code by the words of its template and the version of Jinja; safe to delete.

    It is kept where Python keeps the code of this module, and not at all where Python keeps none.
    What filters make of constants becomes part of compiled code: so no template has such.
    """

    def __init__(self) -> None:
        super().__init__(str(Path(cache_from_source(__file__)).parent), "template-%s.pyc")
        self._jinja = version("jinja2")

    def get_source_checksum(self, source: str) -> str:
        """A digest of all that the code of a template depends on; Jinja adds Python's version."""
        return super().get_source_checksum(f"{self._jinja}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code that is kept; none where it cannot be read."""
        try:
            super().load_bytecode(bucket)
        except (OSError, UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code, where the folder may be written."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
