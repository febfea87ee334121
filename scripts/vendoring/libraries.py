"""All libraries that are vendored, with their versions, and with those of what they are bundled from."""

from __future__ import annotations

from vendoring.icons import icon_table
from vendoring.library import Library, Output
from vendoring.making import bundled, copied, module, without_source_map, without_webkit_twins

QUILL_CURSORS = "4.3.0"
# What a published file has in it of other packages, where esbuild does not see it: for their licence texts.
HELD = {"quill-cursors": {"quill-delta": "4.2.2", "rangefix": "0.2.10", "resize-observer-polyfill": "1.5.1"}}
# The version to take the licence text from, where the archive has none any more.
LICENCE_FROM = {"quill-cursors": "2.3.1"}

YJS_EXPORTS = """
export * from "yjs"
export { WebsocketProvider } from "y-websocket"
export { Awareness } from "y-protocols/awareness"
"""

QUILL_EXPORTS = """
export { default as Quill, Delta } from "quill"
export { default as QuillCursors } from "quill-cursors/core"
"""

# The grammars of C++, Java, Rust and PHP would add a third to the file: three have small old modes, PHP has none.
CODEMIRROR_EXPORTS = """
import { css } from "@codemirror/lang-css"
import { go } from "@codemirror/lang-go"
import { html } from "@codemirror/lang-html"
import { javascript } from "@codemirror/lang-javascript"
import { json } from "@codemirror/lang-json"
import { markdown } from "@codemirror/lang-markdown"
import { python } from "@codemirror/lang-python"
import { sql } from "@codemirror/lang-sql"
import { xml } from "@codemirror/lang-xml"
import { yaml } from "@codemirror/lang-yaml"
import { StreamLanguage } from "@codemirror/language"
import { cpp, java } from "@codemirror/legacy-modes/mode/clike"
import { diff } from "@codemirror/legacy-modes/mode/diff"
import { dockerFile } from "@codemirror/legacy-modes/mode/dockerfile"
import { lua } from "@codemirror/legacy-modes/mode/lua"
import { nginx } from "@codemirror/legacy-modes/mode/nginx"
import { perl } from "@codemirror/legacy-modes/mode/perl"
import { powerShell } from "@codemirror/legacy-modes/mode/powershell"
import { properties } from "@codemirror/legacy-modes/mode/properties"
import { r } from "@codemirror/legacy-modes/mode/r"
import { ruby } from "@codemirror/legacy-modes/mode/ruby"
import { rust } from "@codemirror/legacy-modes/mode/rust"
import { shell } from "@codemirror/legacy-modes/mode/shell"
import { toml } from "@codemirror/legacy-modes/mode/toml"

export { basicSetup } from "codemirror"
export { indentWithTab } from "@codemirror/commands"
export { indentUnit } from "@codemirror/language"
export { Annotation, Compartment, EditorState, StateEffect } from "@codemirror/state"
export { Decoration, EditorView, ViewPlugin, WidgetType, keymap, lineNumbers, placeholder } from "@codemirror/view"

const stream = (mode) => () => StreamLanguage.define(mode)

// No prototype: a name that comes from outside finds a language or nothing.
export const languages = {
  __proto__: null,
  python: () => python(),
  javascript: () => javascript(),
  typescript: () => javascript({ typescript: true }),
  jsx: () => javascript({ jsx: true }),
  json: () => json(),
  html: () => html(),
  css: () => css(),
  xml: () => xml(),
  sql: () => sql(),
  markdown: () => markdown(),
  yaml: () => yaml(),
  java: stream(java),
  cpp: stream(cpp),
  rust: stream(rust),
  go: () => go(),
  shell: stream(shell),
  toml: stream(toml),
  ini: stream(properties),
  dockerfile: stream(dockerFile),
  ruby: stream(ruby),
  lua: stream(lua),
  diff: stream(diff),
  powershell: stream(powerShell),
  r: stream(r),
  perl: stream(perl),
  nginx: stream(nginx),
}
"""

LIBRARIES = (
    Library(
        name="tailwindcss",
        package="tailwindcss",
        version="4.3.5",
        licence="MIT",
        outputs=(
            Output(
                "min.js",
                bundled("dist/lib.mjs", "compile", "tailwindcss"),
                "dist/lib.mjs, its export compile, bundled and minified by esbuild into a classic script",
            ),
            Output("theme.css", copied("theme.css"), "theme.css, unchanged"),
            Output("preflight.css", copied("preflight.css"), "preflight.css, unchanged"),
        ),
    ),
    Library(
        name="tailwind-merge",
        package="tailwind-merge",
        version="3.7.0",
        licence="MIT",
        outputs=(
            Output(
                "min.js",
                bundled("dist/bundle-mjs.mjs", "extendTailwindMerge", "tailwindMerge"),
                "dist/bundle-mjs.mjs, its export extendTailwindMerge, minified by esbuild into a classic script",
            ),
        ),
    ),
    Library(
        name="animate",
        package="animate.css",
        version="4.1.1",
        licence="MIT",
        outputs=(
            Output(
                "min.css",
                without_webkit_twins("animate.min.css"),
                "animate.min.css, without the -webkit- twins of standard declarations and keyframes",
            ),
        ),
    ),
    Library(
        name="fontawesome-free",
        package="@fortawesome/fontawesome-free",
        version="7.3.1",
        licence="CC-BY-4.0",
        outputs=(
            Output(
                "json",
                icon_table,
                "metadata/icon-families.json and js/v4-shims.js, cut to sizes, paths and old names",
            ),
        ),
    ),
    Library(
        name="yjs",
        package="yjs",
        version="13.6.33",
        licence="MIT",
        needs={
            "lib0": "0.2.120",
            "y-protocols": "1.0.7",
            "y-websocket": "3.1.0",
        },
        outputs=(
            Output(
                "min.js",
                module(YJS_EXPORTS),
                "all its exports, WebsocketProvider of y-websocket and the awareness of y-protocols, bundled with the "
                "packages its licence file lists and minified by esbuild into an ES module",
            ),
        ),
    ),
    Library(
        name="quill",
        package="quill",
        version="2.0.3",
        licence="Apache-2.0 AND BSD-3-Clause AND MIT",
        needs={
            "quill-cursors": QUILL_CURSORS,
            "eventemitter3": "5.0.4",
            "fast-diff": "1.3.0",
            "lodash-es": "4.18.1",
            "lodash.clonedeep": "4.5.0",
            "lodash.isequal": "4.5.0",
            "parchment": "3.0.0",
            "quill-delta": "5.1.0",
        },
        outputs=(
            Output(
                "min.js",
                module(QUILL_EXPORTS),
                "Quill and Delta, and QuillCursors of quill-cursors, bundled with the packages its licence file lists "
                "and minified by esbuild into an ES module",
            ),
            Output(
                "snow.css",
                without_source_map("dist/quill.snow.css"),
                "dist/quill.snow.css, without the comment that names its source map",
            ),
        ),
    ),
    Library(
        name="quill-cursors",
        package="quill-cursors",
        version=QUILL_CURSORS,
        licence="MIT",
        outputs=(Output("min.css", copied("dist/quill-cursors.min.css"), "dist/quill-cursors.min.css, unchanged"),),
    ),
    Library(
        name="codemirror",
        package="codemirror",
        version="6.0.2",
        licence="MIT",
        needs={
            "@codemirror/autocomplete": "6.20.4",
            "@codemirror/commands": "6.11.1",
            "@codemirror/lang-css": "6.3.1",
            "@codemirror/lang-go": "6.0.1",
            "@codemirror/lang-html": "6.4.12",
            "@codemirror/lang-javascript": "6.2.5",
            "@codemirror/lang-json": "6.0.2",
            "@codemirror/lang-markdown": "6.5.2",
            "@codemirror/lang-python": "6.2.1",
            "@codemirror/lang-sql": "6.10.0",
            "@codemirror/lang-xml": "6.1.0",
            "@codemirror/lang-yaml": "6.1.3",
            "@codemirror/language": "6.13.1",
            "@codemirror/legacy-modes": "6.5.5",
            "@codemirror/lint": "6.9.8",
            "@codemirror/search": "6.7.2",
            "@codemirror/state": "6.7.6",
            "@codemirror/streamparser": "6.0.0",
            "@codemirror/view": "6.43.15",
            "@lezer/common": "1.5.5",
            "@lezer/css": "1.3.9",
            "@lezer/go": "1.0.1",
            "@lezer/highlight": "1.2.5",
            "@lezer/html": "1.3.13",
            "@lezer/javascript": "1.5.6",
            "@lezer/json": "1.0.3",
            "@lezer/lr": "1.4.12",
            "@lezer/markdown": "1.8.1",
            "@lezer/python": "1.1.19",
            "@lezer/xml": "1.0.6",
            "@lezer/yaml": "1.0.4",
            "@marijn/find-cluster-break": "1.0.4",
            "crelt": "1.0.7",
            "style-mod": "4.1.5",
            "w3c-keyname": "2.2.8",
        },
        outputs=(
            Output(
                "min.js",
                module(CODEMIRROR_EXPORTS),
                "the editor and its languages, bundled with the packages its licence file lists and minified by "
                "esbuild into an ES module",
            ),
        ),
    ),
)
