"""The elements that show a document, as handlers see them: its text, whatever people are writing in it."""

from __future__ import annotations

from typing import Any, Final

from livepages.coediting.document import Document
from livepages.coediting.reader import Refused
from livepages.coediting.texts.delta import checked_delta, cleaned_delta, cleaned_text, plain_text
from livepages.coediting.texts.delta_html import delta_html
from livepages.coediting.texts.delta_markdown import delta_markdown
from livepages.coediting.texts.html_delta import html_delta
from livepages.coediting.texts.sanitising import sanitised
from livepages.coediting.texts.writing import Op, insert, ops_of, replace
from livepages.runtime.documents.document_finder import UnknownDocument
from livepages.runtime.pages.element import Element
from livepages.runtime.pages.kit import ElementError
from livepages.runtime.pages.live_page import LivePage

WRITABLE: Final = frozenset(("text", "html", "delta", "value"))
"""What can be assigned."""


class DocumentElement(Element):
    """An element whose text is a document that many write in. What is written here merges with what people write.

    Places in the text are counted in characters, an image as one. Changes show at once in every tab, without an update.
    """

    __slots__ = ()

    @property
    def _document(self) -> Document:
        node = self._node
        use = node.type.document(self._live.tree.props(node.number)) if node.type is not None else None
        opened = self._live.kit.document
        if use is None or opened is None:
            raise ElementError(f"{node.describe()} shows no document.")
        try:
            document: Document = opened(self._live, use.name)
        except (UnknownDocument, Refused) as error:
            raise ElementError(f"{node.describe()}: {error}") from None
        return document

    # Reading

    @property
    def text(self) -> str:
        """The text without its formats."""
        return plain_text(self._ops) if self._document.is_rich else str(self._document.text)

    @property
    def value(self) -> str:
        """The same as `text`, as fields have it."""
        return self.text

    @property
    def delta(self) -> list[Op]:
        """The text with its formats, in Quill's Delta: `[{"insert": "Hi", "attributes": {"bold": True}}, ...]`."""
        return self._ops

    @property
    def html(self) -> str:
        """The text as HTML that is safe to show anywhere."""
        return delta_html(self._ops)

    @property
    def markdown(self) -> str:
        """The text as Markdown; what Markdown has not, such as colours, is left out."""
        return delta_markdown(self._ops)

    @property
    def _ops(self) -> list[Op]:
        """What editors show: what they don't know, or not in its place, is left out."""
        ops = ops_of(self._document.text)
        return cleaned_delta(ops) if self._document.is_rich else ops

    # Writing

    def __setattr__(self, name: str, value: Any) -> None:
        if name in WRITABLE:
            self._set(name, value)
        else:
            super().__setattr__(name, value)

    def _set(self, name: str, value: Any) -> None:
        """Have the document hold something else. Raises ElementError, and changes nothing, where it can't."""
        document = self._document
        ops = self._read(document, "text" if name == "value" else name, value)
        if document.is_rich and (name in ("text", "value") or not _ends(ops)):
            ops = [*ops, {"insert": "\n"}]
        with document.writing() as text:
            replace(text, ops)

    def set(self, text: str) -> None:
        """Have the document hold this text, without formats."""
        self._set("text", text)

    def insert(self, index: int, element: Any, **formats: Any) -> DocumentElement:
        """Put a text before the character of a number, with formats such as `bold=True`. Returns the element."""
        document = self._document
        ops = self._read(document, "delta", [_op(element, formats)], adds=True)
        if not (isinstance(element, str) and element.endswith("\n")):
            ops = _without_end(ops)
        with document.writing() as text:
            insert(text, index, ops, kept=int(document.is_rich))
        return self

    def append(self, element: Any, **formats: Any) -> DocumentElement:
        """Put a text at the end, with formats such as `bold=True`. Returns the element."""
        return self.insert(1 << 60, element, **formats)

    def prepend(self, element: Any, **formats: Any) -> DocumentElement:
        """Put a text at the beginning, with formats such as `bold=True`. Returns the element."""
        return self.insert(0, element, **formats)

    def clear(self) -> None:
        """Take all text out."""
        self._set("text", "")

    def _read(self, document: Document, name: str, value: Any, *, adds: bool = False) -> list[Op]:
        """What a handler gives as a delta. Raises ElementError for what the document can't hold."""
        what = self._node.describe()
        if name == "delta":
            try:
                ops = checked_delta(value)
            except ValueError as error:
                raise ElementError(f"{what}.{'insert' if adds else name}: {error}.") from None
        elif not isinstance(value, str):
            raise ElementError(f"{what}.{name}: expected a text, not {type(value).__name__}.")
        else:
            text = cleaned_text(value)
            ops = html_delta(sanitised(text)) if name == "html" else [{"insert": text}] if text else []
        if not document.is_rich and any("attributes" in op or not isinstance(op["insert"], str) for op in ops):
            raise ElementError(f"{what}.{name}: this document is plain text, which has no formats.")
        self._check_length(document, ops, adds=adds)
        return ops

    def _check_length(self, document: Document, ops: list[Op], *, adds: bool) -> None:
        if document.max_length is None:
            return
        length = len(plain_text(ops)) + (len(self.text) if adds else 0)
        if length > document.max_length:
            raise ElementError(
                f"{self._node.describe()}: expected at most {document.max_length:,} characters, not {length:,}."
            )


def _op(content: Any, formats: dict[str, Any]) -> Op:
    return {"insert": content, "attributes": formats} if formats else {"insert": content}


def _without_end(ops: list[Op]) -> list[Op]:
    """A piece of a text, without the line break by which it would be a document."""
    *rest, last = ops
    text = last["insert"].removesuffix("\n")
    return [*rest, {**last, "insert": text}] if text else rest


def _ends(ops: list[Op]) -> bool:
    """Whether a delta ends with a line break."""
    return bool(ops) and isinstance(ops[-1]["insert"], str) and ops[-1]["insert"].endswith("\n")


def element_at(live: LivePage, number: int) -> Element:
    """What handlers see of an element of a live page."""
    tree = live.tree
    node = tree.node(number) if tree.exists(number) else None
    if node is None or node.type is None or not node.can_show_document:
        return Element(live, number)
    use = node.type.document(tree.props(number))
    return DocumentElement(live, number) if use is not None and not use.only_looks else Element(live, number)
