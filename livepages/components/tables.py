"""Tabular data (HTML Standard, 4.9)."""

from __future__ import annotations

from functools import partial

from livepages.components.attributes import attributes
from livepages.components.html import HtmlElement

part = partial(HtmlElement, group="Tabular data", content=None)
cell = partial(HtmlElement, group="Tabular data")

TABLES = (
    part(
        "table",
        "Rows and columns of cells.",
        """
        - table:
            - thead:
                - tr: [{th: Drink}, {th: Votes}]
            - tbody:
                - tr: [{td: Tea}, {td: 3}]
                - tr: [{td: Coffee}, {td: 5}]
        """,
    ),
    cell("caption", "The title of a table.", "- table: [{caption: Votes}, {tbody: [{tr: [{td: 3}]}]}]"),
    part(
        "colgroup",
        "A group of columns, to give them a style.",
        "- table: [{colgroup: null, span: 2, classes: bg-gray-100}, {tbody: [{tr: [{td: 1}, {td: 2}]}]}]",
        own=attributes("span"),
    ),
    part(
        "col",
        "One or more columns of a group.",
        "- table: [{colgroup: [{col: null, span: 2}]}, {tbody: [{tr: [{td: 1}, {td: 2}]}]}]",
        own=attributes("span"),
        children=False,
    ),
    part("thead", "The rows at the head of a table.", "- table: [{thead: [{tr: [{th: Drink}]}]}]"),
    part("tbody", "The rows of a table, or some that belong together.", "- table: [{tbody: [{tr: [{td: Tea}]}]}]"),
    part("tfoot", "The rows at the foot of a table.", "- table: [{tfoot: [{tr: [{td: In all}]}]}]"),
    part("tr", "A row of cells.", "- table: [{tbody: [{tr: [{td: Tea}, {td: 3}]}]}]"),
    cell(
        "th",
        "A header cell.",
        "- table: [{tbody: [{tr: [{th: Tea, scope: row}, {td: 3}]}]}]",
        own=attributes("colspan rowspan headers scope abbr"),
    ),
    cell(
        "td",
        "A cell with data.",
        "- table: [{tbody: [{tr: [{td: Tea, colspan: 2}]}]}]",
        own=attributes("colspan rowspan headers"),
    ),
)
