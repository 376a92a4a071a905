"""How templates are read from disk."""

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader

INDENTATION = re.compile(r"^ +", re.MULTILINE)


class UnindentedLoader(Loader):
    """Leaves out the indentation of HTML, which would add an eighth to the compressed day page.

    The line breaks stay, so that an error still names the right line.
    """

    def get_contents(self, origin: Origin) -> str:
        contents: str = super().get_contents(origin)
        return INDENTATION.sub("", contents) if origin.name.endswith(".html") else contents
