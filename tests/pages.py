"""Every template of the project, as source and as the text that it shows."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, Token, TokenType

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted([*(ROOT / "templates").rglob("*.html"), *ROOT.glob("*/**/templates/**/*.html")])
TEMPLATES = [path for path in TEMPLATES if ".venv" not in path.parts]
PLAIN_TEXTS = sorted((ROOT / "templates").rglob("*.txt"))
SCRIPTS = sorted((ROOT / "static").rglob("*.js"))
STYLES = sorted((ROOT / "static").rglob("*.css"))

SPOKEN_ATTRIBUTES = {"alt", "aria-label", "content", "placeholder", "title"}
UNSPOKEN_META = {"viewport", "htmx-config", "theme-color", "robots"}
SILENT_BLOCKS = {"comment": "endcomment", "blocktranslate": "endblocktranslate"}
HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def without_template_code(source: str) -> str:
    """Return a template's own text, with a gap for each tag or variable."""
    text, waiting_for = [], None
    for token in Lexer(source).tokenize():
        if waiting_for:
            waiting_for = None if is_block(token, waiting_for) else waiting_for
        elif token.token_type == TokenType.TEXT:
            text.append(token.contents)
        elif token.token_type == TokenType.BLOCK:
            waiting_for = end_of_silent_block(token)
            text.append(HOLE)
        elif token.token_type == TokenType.VAR:
            text.append(HOLE)
    return "".join(text)


def end_of_silent_block(token: Token) -> str | None:
    """Return the end tag of a block whose text is not page text: already marked, or a class."""
    tag, *arguments = token.split_contents()
    if tag == "block" and arguments[0].endswith("_class"):
        return "endblock"
    return SILENT_BLOCKS.get(tag)


def is_block(token: Token, name: str) -> bool:
    return token.token_type == TokenType.BLOCK and token.contents.split()[:1] == [name]


class Words(HTMLParser):
    """The text nodes and the spoken attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "code"):
            self.inside = tag
        given = dict(attrs)
        if tag == "meta" and given.get("name") in UNSPOKEN_META:
            return
        self.found += [given[name] or "" for name in sorted(SPOKEN_ATTRIBUTES & set(given))]

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside is None:
            self.found.append(data)


def on_one_line(html: str) -> str:
    """Return a page without the line breaks and indentation around its tags.

    Do not use it for questions about white space: a blank before or after a tag is removed, too.
    """
    flat = re.sub(r"[ \n]+", " ", html)
    return re.sub(r" (?=[<>])|(?<=>) ", "", flat)


def words_on_screen(html: str) -> Iterator[str]:
    """Yield each piece of text that a reader sees or hears, with white space collapsed."""
    parser = Words()
    parser.feed(html)
    parser.close()
    for piece in parser.found:
        if squeezed := re.sub(r"\s+", " ", piece).strip():
            yield squeezed
