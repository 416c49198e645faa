"""PDFs for the fuzzers: a good one with its objects changed, and some put together by chance."""

import re
from functools import cache
from io import BytesIO
from random import Random

import pikepdf

from tests.check.pdfs import DRAWING, page
from tests.fuzz.mutation import mutated

VALUES = tuple(
    b"null|true|0|-1|7|1e9|99999999999|0.0001|(abc)|(\\376\\377\\0\\033\\0[)|<FEFF001B005B>|<41>|"
    b"[]|[0 0 0 0]|[1 0 R]|[[[[]]]]|<<>>|<</K 1 0 R>>|/P|/|/#00|1 0 R|2 0 R|3 0 R|999 0 R|"
    b"<</S/JavaScript/JS(a)>>|[/Indexed/DeviceRGB 1 (a)]|/FlateDecode|/Nothing|[/LZWDecode]|"
    b"/Identity-H|(en\\)|<|>>|[|)".split(b"|")
)
KEYS = (
    b"/K /P /S /Pg /A /Alt /ActualText /E /T /Lang /ColSpan /RowSpan /Scope /O /Headers /ID /Type "
    b"/Subtype /Rect /Contents /StructParent /Dest /A /URI /Title /First /Last /Next /Prev /Parent "
    b"/Count /Kids /MediaBox /CropBox /Rotate /UserUnit /Resources /Font /XObject /Names /Nums "
    b"/Limits /Limit /ParentTree /RoleMap /ClassMap /C /StructTreeRoot /Outlines /PageLabels "
    b"/MarkInfo /Metadata /Annots /ViewerPreferences /Direction /Encoding /ToUnicode /Widths "
    b"/FirstChar /LastChar /DescendantFonts /BaseFont /FontDescriptor /W /DW /Filter /DecodeParms "
    b"/Predictor /Columns /BBox /Matrix /Group /ColorSpace /Width /Height /BitsPerComponent /SMask "
    b"/ImageMask /ExtGState /Properties /Shading /Pattern /Stm /MCID /Obj /St /Length /D /F"
).split()
PIECES = (*VALUES, *KEYS, b"stream", b"endstream", b"endobj", b"obj", b"R", b"BT", b"ET", b"Do")
_OBJECT = re.compile(rb"(?<=\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_ROOT = re.compile(rb"/Root (\d+) 0 R")


def assembled(objects: list[bytes], root: int = 1, more: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with a table of where they stand."""
    data, starts = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(starts) + 1, table)
    said = b"<</Size %d/Root %d 0 R%s>>" % (len(starts) + 1, root, more)
    return data + head + b"trailer\n%s\nstartxref\n%d\n%%%%EOF" % (said, len(data))


BODY = f"""<nav><ol><li><a href="#a">A heading</a></li></ol></nav><h2 id="a">A heading</h2>
<p>Ring <a href="tel:111">111</a>.</p><ul><li>One thing</li></ul><img alt="A drawing"
src="{DRAWING}"><table><tr><th scope="col">Day</th></tr><tr><td>Monday</td></tr></table>"""


@cache
def good() -> bytes:
    """A booklet of one page that has one of everything: a large one would take seconds."""
    return page(body=BODY)


@cache
def _plain() -> tuple[tuple[bytes, ...], int]:
    """The objects of a good booklet, nothing in them packed, and the number of its catalogue."""
    out = BytesIO()
    with pikepdf.open(BytesIO(good())) as pdf:
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    found = _OBJECT.findall(out.getvalue())
    assert [int(number) for number, _ in found] == [*range(1, len(found) + 1)]
    root = _ROOT.search(out.getvalue())
    assert root
    return tuple(each for _, each in found), int(root[1])


def damaged(chance: Random) -> bytes:
    """A good booklet damaged on its way: its bytes changed, whatever they are."""
    return mutated(good(), chance, PIECES)


def altered(chance: Random) -> bytes:
    """A good booklet in which objects are changed, and found all the same."""
    found, root = _plain()
    objects = list(found)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(objects))
        body, middle, rest = objects[at].partition(b"stream")
        if chance.random() < 0.6:
            body = _another_value(body, chance)
        elif rest and chance.random() < 0.5:
            rest = mutated(rest, chance, PIECES)
        else:
            body = mutated(body, chance, PIECES)
        objects[at] = body + middle + rest
    return assembled(objects, root)


def _another_value(body: bytes, chance: Random) -> bytes:
    """An object in which one key has another value, or that has one key more."""
    keys = [*re.finditer(rb"(/\w+) ([^/<>\[\]()]+|/\w+|\[[^\]]*\]|\([^)]*\))", body)]
    if keys and chance.random() < 0.7:
        found = chance.choice(keys)
        return body[: found.start(2)] + chance.choice(VALUES) + b" " + body[found.end(2) :]
    more = chance.choice(KEYS) + b" " + chance.choice(VALUES)
    return body.replace(b"<<", b"<<" + more + b" ", 1)


MOST_OBJECTS = 12
_CONTENT = (
    b"BT /F 12 Tf (words) Tj ET|/P <</MCID 0>> BDC|EMC|/X Do|q|Q|1 0 0 1 0 0 cm|0 0 9 9 re f|"
    b"BI /W 9 /H 9 /CS /G /BPC 8 ID abc EI|1e30 0 0 1e30 0 0 cm|/P /MC0 BDC|BT|ET|(a|<41> Tj|"
    b"/F 0 Tf|/Pat cs /Pat scn|/Sh sh|BX|EX|[(a) -9999999 (b)] TJ|0 0 m 9 9 l S|W n|/G gs"
).split(b"|")


def crafted(chance: Random) -> bytes:
    """A PDF of a page, marks and elements whose values are anybody's guess."""
    number = chance.randint(5, MOST_OBJECTS)
    words = b"\n".join(chance.choices(_CONTENT, k=chance.randint(0, 12)))
    tree = b"/StructTreeRoot 4 0 R" if chance.random() < 0.8 else b""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s%s>>" % (tree, _entries(chance, number)),
        b"<</Type/Pages/Kids[3 0 R]/Count 1%s>>" % _entries(chance, number, 1),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 5 0 R/Resources<<"
        b"/Font<</F %s>>/XObject<</X %s>>/ExtGState<</G %s>>/Pattern<</Pat %s>>>>%s>>"
        % (*(_value(chance, number) for _ in range(4)), _entries(chance, number)),
        b"<</Type/StructTreeRoot/K[%s]%s>>" % (_value(chance, number), _entries(chance, number)),
        _stream(words, b""),
    ]
    objects += (_any(chance, number) for _ in range(number - len(objects)))
    return assembled(objects)


def _any(chance: Random, number: int) -> bytes:
    kind = chance.choice(
        (
            b"/S/P",
            b"/S/TD",
            b"/S/Link",
            b"/S/Table",
            b"/Type/Font/Subtype/Type0",
            b"/Type/Font/Subtype/Type3",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]",
            b"/Type/XObject/Subtype/Image/Width 9/Height 9",
            b"/PatternType 1",
            b"/Type/Annot",
        )
    )
    said = kind + _entries(chance, number, 5)
    if chance.random() < 0.4:
        return _stream(b"\n".join(chance.choices(_CONTENT, k=4)), said)
    return b"<<%s>>" % said


def _entries(chance: Random, number: int, most: int = 4) -> bytes:
    return b"".join(
        b"%s %s " % (chance.choice(KEYS), _value(chance, number))
        for _ in range(chance.randint(0, most))
    )


def _value(chance: Random, number: int) -> bytes:
    if chance.random() < 0.5:
        return b"%d 0 R" % chance.randint(1, number)
    if chance.random() < 0.3:
        return b"[%s]" % b" ".join(_value(chance, number) for _ in range(chance.randint(0, 3)))
    return chance.choice(VALUES[:-6])


def _stream(data: bytes, more: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(data), data)
