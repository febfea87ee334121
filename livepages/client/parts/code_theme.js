/** The looks of a code editor: it fills its host, in the colours of the site's default look. */

/** @param {typeof import("./codemirror.js")} library */
export function codeTheme({ EditorView }) {
  return EditorView.theme({
    "&": { height: "100%", fontSize: "14px", backgroundColor: "#fff", color: "#1f2937" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": {
      overflow: "auto",
      fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
      lineHeight: "1.5",
    },
    ".cm-content": { padding: "0.6rem 0" },
    ".cm-line": { padding: "0 0.75rem" },
    ".cm-gutters": { backgroundColor: "#f9fafb", color: "#6b7280", borderRight: "1px solid #e5e7eb" },
    ".cm-activeLine": { backgroundColor: "rgb(239 246 255 / 55%)" },
    ".cm-activeLineGutter": { backgroundColor: "#eff6ff", color: "#1f2937" },
    ".cm-placeholder": { color: "#6b7280" },
    ".livepages-caret": {
      position: "relative",
      marginInline: "-1px",
      borderLeft: "2px solid",
      pointerEvents: "none",
    },
    ".livepages-flag": {
      position: "absolute",
      bottom: "100%",
      left: "-2px",
      zIndex: "3",
      padding: "0 0.35em",
      borderRadius: "0 0.25em 0.25em 0",
      color: "#fff",
      font: "600 11px/1.5 system-ui, sans-serif",
      whiteSpace: "nowrap",
      animation: "livepages-flag 3s forwards",
    },
    // On the first line there is no room above.
    ".cm-line:first-child .livepages-flag": { bottom: "auto", top: "100%" },
    "@keyframes livepages-flag": { "0%, 85%": { opacity: 1 }, "100%": { opacity: 0, visibility: "hidden" } },
  });
}
