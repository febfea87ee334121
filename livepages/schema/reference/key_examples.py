"""Examples of the keys of a site's file. One without `body` and `pages` stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent
from types import MappingProxyType


def examples(**texts: str) -> Mapping[str, str]:
    """Examples by key; a key that is a word of Python has an underscore after it."""
    return MappingProxyType({name.rstrip("_"): dedent(text).strip() for name, text in texts.items()})


SITE_EXAMPLES: Mapping[str, str] = examples(
    title="title: The tea shop",
    description="description: What we have today, and when we are open.",
    lang="lang: en",
    theme="theme: plain",
    css="css: [shop.css, print.css]",
    handlers="handlers: shop.py",
    startup="""
        state: {started: 0}
        startup: {set: {site.started: 1}}
        pages:
          /:
            body:
              - p: ${site.started}
    """,
    every="""
        state: {seconds: 0}
        every: {1s: {set: {site.seconds: "${site.seconds + 1}"}}}
        pages:
          /:
            body:
              - p: Running for ${site.seconds} seconds
    """,
    state="""
        state: {messages: []}
        pages:
          /:
            body:
              - li: ${message}
                each: message in site.messages
              - button: Hello
                on: {click: {append: {site.messages: Hello}}}
    """,
    session="""
        session: {name: ""}
        body:
          - input:
            bind: session.name
            placeholder: Your name
          - p: Hello ${session.name}
    """,
    limits="limits: {tabs: 500, events_per_second: 50, replay_time: 10m}",
    components="""
        components:
          price:
            props: {amount: float}
            body:
              - b: ${amount | number(2)} €
        body:
          - price: 12.5
    """,
    shared="""
        shared:
          news:
            - p: No news yet
              id: latest
        body:
          - shared: news
    """,
    pages="""
        pages:
          /:
            body:
              - a: The kitchen
                href: /room/kitchen
          /room/{name}:
            body:
              - h1: This is the ${name}
    """,
)
"""Of the keys at the top of a site's file."""

PAGE_EXAMPLES: Mapping[str, str] = examples(
    title="""
        state: {name: Ann}
        title: Hello ${name}
        body:
          - input:
            bind: name
    """,
    scope="""
        scope: shared
        state: {count: 0}
        body:
          - button: Clicked ${count} times by all of us
            on: {click: {set: {count: "${count + 1}"}}}
    """,
    params="""
        pages:
          /room/{name}:
            params:
              name: {type: str, max_length: 20, pattern: "^[a-z]+$"}
              size: {type: int, default: 3, ge: 1, le: 9}
            body:
              - p: ${name} in size ${size}
    """,
    state="""
        state: {votes: {tea: 0, coffee: 0}}
        body:
          - button: ${votes.tea} for tea
            on: {click: {set: {votes.tea: "${votes.tea + 1}"}}}
    """,
    startup="""
        pages:
          /:
            state: {names: []}
            startup: {append: {names: Ann}}
            body:
              - p: ${names | join(', ')}
    """,
    every="""
        pages:
          /:
            state: {seconds: 0}
            every: {1s: {set: {seconds: "${seconds + 1}"}}}
            body:
              - p: You have been here for ${seconds} seconds.
    """,
    on="""
        scope: shared
        state: {visits: 0}
        on: {open: {set: {visits: "${visits + 1}"}}}
        body:
          - p: ${visits} visits
    """,
    classes="classes: min-h-screen bg-slate-50 p-8",
    body="""
        body:
          - h1: Hello
          - p: ["Some ", {b: bold}, " text."]
    """,
)
"""Of the keys of a page that a site does not have, or has for another purpose."""

COMPONENT_EXAMPLES: Mapping[str, str] = examples(
    doc="""
        components:
          badge:
            doc: A short word in a box.
            props: {text: str}
            body:
              - span: ${text}
                classes: rounded bg-slate-200 px-2
        body:
          - badge: new
    """,
    props="""
        components:
          stars:
            props:
              count: {type: int, ge: 0, le: 5}
              size: text-base
            body:
              - icon: star
                each: n in 1..count
                classes: ${size}
        body:
          - stars: {count: 3, size: text-2xl}
    """,
    state="""
        components:
          more:
            state: {unfolded: false}
            body:
              - button: "${'Less' if unfolded else 'More'}"
                on: {click: {toggle: unfolded}}
              - div: [{slot: }]
                show: ${unfolded}
        body:
          - more:
              - p: All the rest.
    """,
    body="""
        components:
          pair:
            body:
              - b: one
              - i: two
        body:
          - pair:
    """,
)
"""Of the keys of a component."""
