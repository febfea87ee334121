"""Forms and what stands in them, apart from the fields that hold a value (HTML Standard, 4.10)."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from livepages.components.attribute_types import Attribute, Number, SpacedNames, one_of
from livepages.components.attributes import attributes
from livepages.components.html import HtmlElement
from livepages.schema.site.events import FORM_EVENTS

form = partial(HtmlElement, group="Forms")

SUBMITTING = "formaction formenctype formmethod formnovalidate formtarget"

FORMS = (
    form(
        "form",
        "Fields that are sent together; a handler of submit gets their values by their names.",
        """
        - form:
            - label: Name
              for: name
            - input:
              id: name
              name: name
              required: true
            - button: Send
              type: submit
        """,
        own=attributes("action method name novalidate autocomplete enctype target rel accept-charset"),
        events=FORM_EVENTS,
    ),
    form("label", "The caption of a field.", "- label: Name\n  for: name\n- input:\n  id: name", own=attributes("for")),
    form(
        "button",
        "A button; it sends a form only with `type: submit`.",
        "- button: Send\n  id: send\n  classes: px-4 py-2 rounded bg-blue-600 text-white",
        own=attributes(
            f"name value disabled form {SUBMITTING} popovertarget popovertargetaction command commandfor",
            type=Attribute(one_of("button", "submit", "reset"), "What pressing does to its form: nothing by default."),
        ),
        # HTML's default is submit: with it any button in a form would load the page anew.
        defaults=MappingProxyType({"type": "button"}),
    ),
    form(
        "fieldset",
        "Fields that belong together.",
        "- fieldset: [{legend: Drink}, {label: Tea}]",
        own=attributes("disabled form name"),
        events=FORM_EVENTS,
    ),
    form("legend", "The caption of a fieldset.", "- fieldset: [{legend: Drink}]"),
    form(
        "datalist",
        "Suggestions for the input whose `list` names its id.",
        """
        - input:
          list: drinks
        - datalist:
            - option: Tea
            - option: Coffee
          id: drinks
        """,
        content=None,
    ),
    form(
        "optgroup",
        "A group of option elements under one label; a select writes its groups under `options`.",
        "- datalist: [{optgroup: [{option: Tea}], label: Hot}]\n  id: drinks",
        own=attributes("label disabled"),
        content=None,
    ),
    form(
        "option",
        "One suggestion of a datalist; a select writes its options under `options`.",
        "- datalist: [{option: Tea, value: tea}]\n  id: drinks",
        own=attributes("value label disabled selected"),
        children=False,
    ),
    form(
        "output",
        "The result of a computation.",
        "- output: 4\n  id: sum",
        own=attributes("form name", **{"for": Attribute(SpacedNames, "The ids of the fields it was computed from.")}),
    ),
    form(
        "progress",
        "How far a task is; without a value, that it is under way.",
        "- progress: 0.7\n  id: upload",
        own=attributes("max", value=Attribute(Number, "How much is done, out of max (1).")),
        content="value",
        children=False,
    ),
    form(
        "meter",
        "A measurement within a known range, such as the fill of a disk.",
        "- meter: 72\n  min: 0\n  max: 100\n  high: 90",
        own=attributes("min max low high optimum", value=Attribute(Number, "The measured value.")),
        content="value",
        children=False,
    ),
)
