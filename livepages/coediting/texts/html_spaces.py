"""White space of rich text in HTML, where a browser shows several spaces as one and leaves out those at the ends.

A no-break space stands for each space that would be lost, as in all editors. Where one of the text itself could be
taken for such a one, it stands within `white-space:pre`, and so do the spaces next to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from livepages.coediting.texts.delta import Op

SPACE, NO_BREAK = "\x01", "\x02"
"""What stands for white space that is kept as it is: no text of a document has these."""
IMAGE = "\ufffc"
"""What stands for an image in the text of a line (Unicode 23.8)."""


def marked(text: str) -> str:
    """Text whose white space is kept as it is."""
    return text.replace(" ", SPACE).replace("\xa0", NO_BREAK)


def unmarked(text: str) -> str:
    """Marked text as it is meant."""
    return text.replace(SPACE, " ").replace(NO_BREAK, "\xa0")


def without_marks(text: str) -> str:
    """Text from elsewhere, in which nothing is marked."""
    return re.sub("[\x01\x02]", "", text)


def with_lasting_spaces(runs: Iterable[Op]) -> Iterator[Op]:
    """The runs of a line as HTML has to hold them, so that none of their white space is left out (CSS Text 3, 4.1)."""
    given = list(runs)
    is_bare = True
    for index, run in enumerate(given):
        if not isinstance(run["insert"], str):
            is_bare = False
            yield run
            continue
        text = re.sub("[ \xa0]+", _marked_where_unclear, run["insert"])
        text = re.sub(" {2,}", lambda spaces: " " + "\xa0" * (len(spaces[0]) - 1), text)
        if is_bare and text.startswith(" "):
            text = "\xa0" + text[1:]
        if index == len(given) - 1 and text.endswith(" "):
            text = text[:-1] + "\xa0"
        is_bare = text.endswith(" ")
        yield {**run, "insert": text}


def _marked_where_unclear(spaces: re.Match[str]) -> str:
    kinds, is_within = set(spaces[0]), spaces.start() > 0 and spaces.end() < len(spaces.string)
    is_clear = kinds == {" "} or (kinds == {"\xa0"} and is_within)
    return spaces[0] if is_clear else marked(spaces[0])


def settle_spaces(runs: Sequence[Op]) -> None:
    """Makes of the runs of a line that was read what they mean: spaces of those no-break spaces that stand for some."""
    texts = [run["insert"] if isinstance(run["insert"], str) else IMAGE for run in runs]
    line = unmarked(re.sub("\xa0+", _meant, "".join(texts)))
    end = 0
    for run, text in zip(runs, texts, strict=True):
        begin, end = end, end + len(text)
        if isinstance(run["insert"], str):
            run["insert"] = line[begin:end]


def _meant(spaces: re.Match[str]) -> str:
    line, begin, end = spaces.string, spaces.start(), spaces.end()
    is_own = begin > 0 and end < len(line) and line[begin - 1] != " " and line[end] != " "
    return spaces[0] if is_own else " " * (end - begin)
