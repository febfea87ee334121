"""A page with something of everything, for tests of events."""

PAGE = """
title: Test
body:
  - button: Press
    id: press
    on: {click: press, dblclick: {call: told, with: {how: twice}}}
  - p: nothing yet
    id: out
  - input: ""
    id: name
    maxlength: 5
  - input: 1
    type: number
    id: number
  - input: false
    type: checkbox
    id: box
    on: {change: changed}
  - select: tea
    options: [tea, milk]
    id: drink
  - div: hidden
    id: hidden
    show: false
    on: {click: press}
  - div: quiet
    id: quiet
    on: {click: quiet}
  - div: broken
    id: broken
    on: {click: broken}
"""
HANDLERS = """
def press(page, event, tab):
    page["out"].text = f"{event.type} {event.x} {page['name'].value}"
def told(page, how, element, value=None):
    page["out"].text = f"{how} {element.id} {value}"
def changed(page, value):
    page["out"].text = f"box {value!r}"
def quiet(page):
    page["out"].text = "quiet"
    return False
def broken(page):
    page["out"].text = "half"
    raise RuntimeError("no <luck>")
"""
