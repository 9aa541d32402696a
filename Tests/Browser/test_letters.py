"""Letters as they come out of the printer: a PDF made by the browser, read back by other programs."""

import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

PROGRAM = Path(__file__).resolve().parents[2] / ".build" / "debug" / "LetterSample"
POINT = 25.4 / 72
SIZES = {"a4": (210, 297), "letter": (215.9, 279.4)}
# What the window may show of the sheet, and what it always shows, in millimetres: left, top, right, bottom.
# From the envelope's measures (DIN 680; #10), the sheet pushed into each corner.
EVER_SHOWN = {"a4": (10, 45, 110, 95), "letter": (-3.18, 51.86, 136.52, 92.07)}
# On US Letter with the sheet at rest on the envelope's foot.
SHOWN = {"a4": (20, 50, 100, 90), "letter": (22.23, 51.86, 111.12, 80.43)}
ADDRESSES = [
    ["Ms Ana Ortega Ruiz", "Flat 3, 27 Harbour View", "Whitby", "YO21 1AB"],
    ["Sr. Íñigo Muñoz Peña", "Calle de la Ñora, 14, 3.º B", "28013 Madrid", "ESPAÑA"],
    ["LEBANON"],
]
BOTH = pytest.mark.parametrize("paper", SIZES)


@cache
def written(paper, batch):
    return subprocess.run([PROGRAM, paper, str(batch)], capture_output=True, check=True).stdout.decode()


def shown(chromium, document, **options):
    page = chromium.new_context(**options).new_page()
    page.emulate_media(media="print")
    page.set_content(document)
    return page


def printed(chromium, document):
    page = shown(chromium, document)
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    page.context.close()
    return pypdfium2.PdfDocument(content)


def codes(page, dpi=300):
    picture = page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze()
    return zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)


def characters(page):
    """The page's characters with their places in millimetres from its top left."""
    text = page.get_textpage()
    height = page.get_height()
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            left, bottom, right, top = text.get_charbox(index)
            yield character, (left * POINT, (height - top) * POINT, right * POINT, (height - bottom) * POINT)


def ink(page, paper, dpi=150):
    """How many dots stand where the window may show them, and how many of these where it does not always."""
    picture = page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze() < 200

    def cut(edges):
        left, top, right, bottom = (max(0, round(edge * dpi / 25.4)) for edge in edges)
        return slice(top, bottom), slice(left, right)

    shown_ink = picture[cut(EVER_SHOWN[paper])].sum()
    return shown_ink, shown_ink - picture[cut(SHOWN[paper])].sum()


def overlaps(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def inside(one, other):
    return one[0] >= other[0] and one[1] >= other[1] and one[2] <= other[2] and one[3] <= other[3]


@BOTH
@pytest.mark.parametrize("letters", [1, 2, 60])
def test_each_letter_is_one_page_of_the_papers_size(chromium, paper, letters):
    document = printed(chromium, written(paper, letters))
    assert len(document) == letters
    for page in document:
        width, height = page.get_size()
        assert (width * POINT, height * POINT) == pytest.approx(SIZES[paper], abs=0.5)


@BOTH
def test_each_code_reads_as_the_link_beside_it(chromium, paper):
    document = printed(chromium, written(paper, 12))
    for number, page in enumerate(document):
        [code] = codes(page)
        assert code.text == f"https://ask.northgate.example/n{number}"
        assert code.ec_level == "M"


@BOTH
def test_a_code_reads_from_a_poor_copy(chromium, paper):
    for page in printed(chromium, written(paper, 3)):
        assert len(codes(page, dpi=100)) == 1


@BOTH
def test_only_the_address_shows_in_the_window(chromium, paper):
    document = printed(chromium, written(paper, "languages"))
    # The first sheet is the print room's.
    for page, address in zip(list(document)[1:], ADDRESSES, strict=True):
        seen = [(character, box) for character, box in characters(page) if overlaps(box, EVER_SHOWN[paper])]
        assert all(inside(box, SHOWN[paper]) for _, box in seen), seen
        text = "".join(character for character, _ in seen)
        for line in address:
            assert line.replace(" ", "") in text
        if len(address) == 4:
            assert text == "".join(address).replace(" ", "")


@BOTH
def test_the_fullest_letters_that_are_accepted_are_not_cut(chromium, paper):
    page = shown(chromium, written(paper, "fullest"))
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.address, .sender, .sender .lines, .content, .text, .answer')]
            .filter(place => place.scrollHeight > place.clientHeight + 1 || place.scrollWidth > place.clientWidth + 1)
            .map(place => [place.className, place.scrollHeight, place.clientHeight, place.textContent.slice(0, 60)])""")
    page.context.close()
    assert cut == []


@BOTH
@pytest.mark.parametrize("batch", ["hostile", "fullest"])
def test_no_ink_leaves_the_place_of_the_address(chromium, paper, batch):
    text = written(paper, batch)
    document = printed(chromium, text)
    assert len(document) == text.count("<section")
    for page in document:
        shown_ink, stray_ink = ink(page, paper)
        assert shown_ink > 0 and stray_ink == 0
        assert len(codes(page, dpi=150)) == 1


@BOTH
def test_hostile_text_stays_text(chromium, paper):
    page = shown(chromium, written(paper, "hostile"))
    assert page.title() == "Letters"
    assert page.locator("script, img, svg svg, b b").count() == 0
    assert page.locator("body > *").count() == page.locator("body > .sheet").count() == 7


def test_nothing_is_fetched(chromium):
    page = chromium.new_context().new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.set_content(written("a4", "languages"))
    page.pdf(prefer_css_page_size=True)
    page.context.close()
    assert requests == []


def test_the_link_is_copied_as_one_word(chromium):
    page = shown(chromium, written("a4", "languages"), color_scheme="dark")
    page.emulate_media(media="screen")
    for place in page.locator(".link").all():
        place.evaluate("place => getSelection().selectAllChildren(place)")
        assert page.evaluate("() => getSelection().toString()") == "ask.northgate.example/7kq4x2mpw9"
    page.context.close()


def test_the_code_is_black_on_white_in_the_dark(chromium):
    page = shown(chromium, written("a4", 1), color_scheme="dark", forced_colors="active")
    page.emulate_media(media="screen", color_scheme="dark", forced_colors="active")
    picture = page.locator(".answer svg").screenshot()
    page.context.close()
    image = Image.open(BytesIO(picture)).convert("RGB")
    assert image.getpixel((3, 3)) == (255, 255, 255)
    assert min(sum(image.getpixel((x, image.height // 2))) for x in range(image.width)) < 60
    assert len(zxingcpp.read_barcodes(image)) == 1
