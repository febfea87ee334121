"""Text-level semantics and edits (HTML Standard, 4.5 and 4.7)."""

from __future__ import annotations

from functools import partial

from livepages.components.attribute_types import Attribute
from livepages.components.attributes import attributes
from livepages.components.code import CODE
from livepages.components.html import HtmlElement
from livepages.schema.site.properties import Text

text = partial(HtmlElement, group="Text-level semantics")
edit = partial(HtmlElement, group="Edits")

TEXT_LEVEL = (
    text(
        "a",
        "A link to another page or place.",
        "- a: Home\n  href: /",
        own=attributes(
            "href target download ping rel hreflang referrerpolicy",
            type=Attribute(Text, "The media type of what the link leads to."),
        ),
    ),
    text("em", "Words that are stressed.", "- p: ['It is ', {em: really}, ' late.']"),
    text("strong", "Words that are important.", "- p: [{strong: Careful}, ', the floor is wet.']"),
    text("small", "Side remarks and small print.", "- small: No dogs"),
    text("s", "What is no longer right.", "- s: Ten pounds"),
    text("cite", "The title of a work.", "- cite: Hamlet"),
    text("q", "A short quotation, in the quotation marks of its language.", "- q: To be", own=attributes("cite")),
    text("dfn", "The term that the text around it explains.", "- p: ['A ', {dfn: kiosk}, ' is a screen for all.']"),
    text("abbr", "An abbreviation; its title says it in full.", "- abbr: YAML\n  title: YAML Ain't Markup Language"),
    text("ruby", "Text with notes on how to say it.", "- ruby: [{span: 漢字}, {rt: kanji}]"),
    text("rt", "The note of a ruby text.", "- ruby: [{span: 漢字}, {rt: kanji}]"),
    text(
        "rp",
        "What stands around a note where ruby can't be shown.",
        "- ruby: [{span: 漢}, {rp: (}, {rt: kan}, {rp: )}]",
    ),
    text(
        "data",
        "Content with a value for machines.",
        "- data: Three apples\n  value: 3",
        own=attributes("", value=Attribute(Text, "The content for machines.")),
    ),
    text("time", "A date, a time or a duration.", "- time: Noon\n  datetime: '12:00'", own=attributes("datetime")),
    CODE,
    text("var", "A variable.", "- var: x"),
    text("samp", "What a program puts out.", "- samp: Not found"),
    text("kbd", "What is to be typed or pressed.", "- p: ['Press ', {kbd: Enter}]"),
    text("sub", "Lowered text.", "- p: [H, {sub: '2'}, O]"),
    text("sup", "Raised text.", "- p: ['10', {sup: '3'}]"),
    text("i", "Words in another voice, such as foreign ones.", "- i: par excellence"),
    text("b", "Words that are to be noticed, without being more important.", "- b: tea"),
    text("u", "Words that are marked, such as misspelt ones.", "- u: recieve"),
    text("mark", "Words that matter here, such as those searched for.", "- mark: found"),
    text("bdi", "Text whose direction is on its own, such as a user's name.", "- bdi: إيان"),
    text("bdo", "Text of which dir sets the direction.", "- bdo: backwards\n  dir: rtl"),
    text(
        "span", "A piece of text without a meaning of its own.", "- span: Loading...\n  id: clock\n  classes: text-5xl"
    ),
    text("br", "A line break.", "- p: [First line, {br: null}, Second line]", content=None, children=False),
    text(
        "wbr", "A place where a long word can break.", "- p: [Donau, {wbr: null}, dampf]", content=None, children=False
    ),
)

EDITS = (
    edit("ins", "What was added.", "- ins: And a hat.", own=attributes("cite datetime")),
    edit("del", "What was taken out.", "- del: And a coat.", own=attributes("cite datetime")),
)
