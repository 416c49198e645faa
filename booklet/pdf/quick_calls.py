"""Functions of PDFium that are asked of every letter or object of a page, called with no detour.

pypdfium2 lets ctypes look at each argument, and makes an object of each handle that is given back:
that takes two thirds of the time of such a call. Here arguments go as they are, so that a handle is
a pointer of ctypes, a place to write to what `byref` gives, and a number an `int`; anything else
brings the process down.
"""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium


def _quick(function: Any, result: Any = ctypes.c_int) -> Any:
    """The same function of the library, without what pypdfium2 says of its arguments."""
    place = ctypes.cast(function, ctypes.c_void_p).value
    found = type(function)(place)  # the type knows how the library wants to be called
    found.restype = result
    return found


text_object = _quick(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
unicode_of = _quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
has_no_unicode = _quick(pdfium.FPDFText_HasUnicodeMapError)
char_box = _quick(pdfium.FPDFText_GetCharBox)
char_origin = _quick(pdfium.FPDFText_GetCharOrigin)
loose_char_box = _quick(pdfium.FPDFText_GetLooseCharBox)

object_type = _quick(pdfium.FPDFPageObj_GetType)
object_bounds = _quick(pdfium.FPDFPageObj_GetBounds)
object_matrix = _quick(pdfium.FPDFPageObj_GetMatrix)
has_transparency = _quick(pdfium.FPDFPageObj_HasTransparency)
fill_colour = _quick(pdfium.FPDFPageObj_GetFillColor)
stroke_colour = _quick(pdfium.FPDFPageObj_GetStrokeColor)
clip_path = _quick(pdfium.FPDFPageObj_GetClipPath, pdfium.FPDF_CLIPPATH)
paths_in_clip = _quick(pdfium.FPDFClipPath_CountPaths)

content_number = _quick(pdfium.FPDFPageObj_GetMarkedContentID)
marks_on = _quick(pdfium.FPDFPageObj_CountMarks)

font_of = _quick(pdfium.FPDFTextObj_GetFont, pdfium.FPDF_FONT)
font_name = _quick(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t)
font_size = _quick(pdfium.FPDFTextObj_GetFontSize)
render_mode = _quick(pdfium.FPDFTextObj_GetTextRenderMode)
