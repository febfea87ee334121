"""Examples of the actions, each with the state or the handler that it needs."""

from __future__ import annotations

from collections.abc import Mapping

from livepages.schema.reference.key_examples import examples

ACTION_EXAMPLES: Mapping[str, str] = examples(
    call="""
        handlers: shop.py
        body:
          - button: Buy tea
            on: {click: {call: buy, with: {item: tea}}}
    """,
    set="""
        state: {step: 1, votes: {tea: 0}}
        body:
          - p: Step ${step}, ${votes.tea} votes
          - button: Next
            on: {click: {set: {step: "${step + 1}", votes.tea: 0}}}
    """,
    toggle="""
        state: {open: false}
        body:
          - button: "${'Close' if open else 'Open'}"
            on: {click: {toggle: open}}
    """,
    append="""
        state: {names: []}
        body:
          - button: ${names | length} names
            on: {click: {append: {names: Ann}}}
    """,
    prepend="""
        state: {names: [Bob]}
        body:
          - button: ${names | join(', ')}
            on: {click: {prepend: {names: Ann}}}
    """,
    remove="""
        state: {names: [Ann, Bob]}
        body:
          - button: Without ${name}
            each: name in names
            on: {click: {remove: {names: "${name}"}}}
          - button: Without the first
            on: {click: {remove: "names[0]"}}
    """,
    clear="""
        state: {text: ""}
        body:
          - input:
            bind: text
          - button: Clear
            on: {click: {clear: text}}
    """,
    go="""
        state: {room: kitchen}
        body:
          - input:
            bind: room
          - button: Go there
            on: {click: {go: "/#${room | urlencode}"}}
    """,
    toast="""
        body:
          - button: Save
            on: {click: {toast: {text: Saved, kind: success}}}
    """,
    open="""
        body:
          - button: What is this?
            on: {click: {open: help}}
          - dialog:
              - p: A dialog.
            id: help
    """,
    close="""
        body:
          - button: Help
            on: {click: {open: help}}
          - dialog:
              - button: Close
                on: {click: {close: help}}
            id: help
    """,
    focus="""
        body:
          - button: Search
            on: {click: {focus: search}}
          - input:
            id: search
    """,
    emit="""
        components:
          colours:
            body:
              - button: ${colour}
                each: colour in ['red', 'blue']
                on: {click: {emit: {picked: "${colour}"}}}
        state: {colour: none}
        body:
          - p: The colour is ${colour}.
          - colours:
            on: {picked: {set: {colour: "${value}"}}}
    """,
    with_="""
        handlers: shop.py
        state: {count: 1}
        body:
          - input:
            type: number
            bind: count
          - button: Buy
            on: {click: {call: buy, with: {item: tea, count: "${count}"}}}
    """,
    when="""
        state: {count: 3}
        body:
          - button: ${count} left
            on: {click: {set: {count: "${count - 1}"}, when: "${count > 0}"}}
    """,
    debounce="""
        handlers: shop.py
        body:
          - input:
            type: search
            on: {input: {call: find, debounce: 300ms}}
    """,
    throttle="""
        state: {x: 0, y: 0}
        body:
          - div: ${x}, ${y}
            on: {mousemove: {set: {x: "${event.x}", y: "${event.y}"}, throttle: 100ms}}
    """,
)
"""Of actions, and of what stands beside them."""
