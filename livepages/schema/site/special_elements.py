"""The elements that are no types: they stand for others, written elsewhere or chosen by a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class SpecialElement:
    """What it is for, what its content means, the keys beside it, and an example."""

    doc: str
    content: str
    example: str
    keys: Mapping[str, str]


SPECIAL_ELEMENTS: Mapping[str, SpecialElement] = MappingProxyType(
    {
        "slot": SpecialElement(
            "The place in a component's body where the elements of its user go.",
            "The slot's name, none for the one that is called body; or a list of elements, which show when its user "
            "gives none.",
            """components:
  card:
    props: {heading: str}
    body:
      - h2: ${heading}
      - slot:
body:
  - card:
      heading: Today
      body:
        - p: Doors open at nine.""",
            MappingProxyType({"body": "The elements that show when its user gives none."}),
        ),
        "shared": SpecialElement(
            "The place on a page where a shared element shows: it exists once, and is the same on all pages.",
            "The name of the shared element, as the site has it under `shared:`.",
            """shared:
  news:
    - div:
      id: latest
pages:
  /:
    body:
      - shared: news""",
            MappingProxyType({}),
        ),
        "match": SpecialElement(
            "One of several bodies, by the value of an expression.",
            "The expression, such as a state's name.",
            """state:
  step: 1
body:
  - match: step
    cases:
      1: [{button: Next, on: {click: {set: {step: 2}}}}]
      2: [{p: Thank you.}]
    else: [{p: There is no such step.}]""",
            MappingProxyType(
                {
                    "cases": "What shows for which value: {1: [{p: Hello}], 2: [{p: Thanks}]}.",
                    "else": "What shows for any other value.",
                }
            ),
        ),
    }
)
"""The special elements by name."""
