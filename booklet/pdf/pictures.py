"""The pages of a finished PDF as pictures, made when somebody looks at them."""

from io import BytesIO
from threading import Lock

import pypdfium2

#: PDFium may not be used by two threads.
_ONE_AT_A_TIME = Lock()


class PagePictures:
    """One PDF, held open."""

    def __init__(self, pdf: bytes) -> None:
        with _ONE_AT_A_TIME:
            self._document = pypdfium2.PdfDocument(pdf)

    def png(self, number: int, width: int) -> bytes:
        """Page `number`, counted from 1, as a PNG of this width in pixels.

        `IndexError` where there is no such page.
        """
        with _ONE_AT_A_TIME:
            if not 1 <= number <= len(self._document):
                raise IndexError(number)
            page = self._document[number - 1]
            picture = page.render(scale=width / page.get_width()).to_pil()
        file = BytesIO()
        picture.save(file, "PNG", compress_level=1)
        return file.getvalue()
