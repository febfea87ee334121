/** The style sheet of what shows problems. Its host is out of the reach of the site's CSS, important or not. */

export const PROBLEM_CSS = `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  inset: auto 0 0 0 !important;
  z-index: 2147482000 !important;
  box-sizing: border-box !important;
  width: 100% !important;
  padding: 0 12px 12px !important;
  direction: ltr !important;
  pointer-events: none !important;
  color-scheme: light dark !important;
}
.panel {
  --ink: #1f2937;
  --soft: #57606f;
  --paper: #fffdfc;
  --bar: #fdecea;
  --line: #efc9c4;
  --mark: #b42318;
  --hint: #17693a;
  --link: #1d4ed8;
  display: flex;
  flex-direction: column;
  box-sizing: border-box;
  max-width: 1100px;
  max-height: min(45vh, 480px);
  margin: 0 auto;
  overflow: hidden;
  border: 1px solid var(--line);
  border-top: 3px solid var(--mark);
  border-radius: 8px;
  background: var(--paper);
  color: var(--ink);
  box-shadow: 0 8px 32px rgb(0 0 0 / 28%);
  font: 14px/1.45 system-ui, sans-serif;
  pointer-events: auto;
}
header {
  display: flex;
  flex: none;
  align-items: center;
  gap: 8px;
  padding: 6px 8px 6px 16px;
  background: var(--bar);
}
.alert {
  flex: 1;
  min-width: 0;
}
.title {
  margin: 0;
  color: var(--mark);
  font-size: 15px;
  font-weight: 650;
  overflow-wrap: anywhere;
}
button {
  flex: none;
  min-width: 32px;
  padding: 4px 10px;
  border: 1px solid transparent;
  border-radius: 6px;
  background: none;
  color: var(--ink);
  font: inherit;
  cursor: pointer;
}
button:hover {
  border-color: var(--line);
  background: var(--paper);
}
.close {
  padding: 2px 8px;
  font-size: 20px;
  line-height: 1.2;
}
:focus-visible {
  outline: 2px solid var(--link);
  outline-offset: -2px;
}
.list {
  overflow: auto;
  overscroll-behavior: contain;
  padding: 4px 16px 10px;
}
.list[hidden] {
  display: none;
}
.note {
  margin: 6px 0 0;
  color: var(--soft);
}
.entry {
  margin: 0;
  padding: 10px 0;
  overflow-x: auto;
  font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  white-space: pre;
  tab-size: 4;
}
.entry + .entry {
  border-top: 1px solid var(--line);
}
.entry span {
  display: block;
}
.entry .first {
  font-weight: 650;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.caret {
  color: var(--mark);
  font-weight: 650;
}
.hint {
  color: var(--hint);
  white-space: pre-wrap;
}
a {
  color: var(--link);
  text-underline-offset: 2px;
}
@media (prefers-color-scheme: dark) {
  .panel {
    --ink: #e6e8ec;
    --soft: #a3abb8;
    --paper: #1c1e24;
    --bar: #35211f;
    --line: #52332f;
    --mark: #ff9a8d;
    --hint: #7fd6a0;
    --link: #8ab4ff;
  }
}
`;
