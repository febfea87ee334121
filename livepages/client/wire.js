/**
 * The wire: what browser and server say to each other, as JSON text frames.
 * Every message, and every key of it, is named here and nowhere else.
 */

/** @typedef {string | number | boolean | null | string[]} Value  what a field holds */
/** @typedef {Record<string, unknown>} EventData */
/** @typedef {Record<string, [epoch: string, pos: number]>} Positions  by the streams' names */

/** @typedef {{page: string, build: string, tab: string, secret: string, streams: Positions, css: number}} Standing */
/** @typedef {{type: "hello"} & Standing} Hello */
/** @typedef {{stream: string, node: number}} Address */
/** @typedef {{type: "event", id: number, on: string, data: EventData} & Address} FiredEvent */
/** @typedef {Hello | FiredEvent} ClientMessage */

/** @typedef {{type: "ready"}} Ready  the tab is live */
/** @typedef {{type: "beat"}} Beat  the server is there, though it has nothing to say */
/** @typedef {{type: "patch", stream: string, prev: number, pos: number, ops: Operation[]}} Patch */
/** @typedef {{stream: string, epoch: string, pos: number, html: string, css?: Sheet, classes?: string}} Content */
/** @typedef {{type: "snapshot"} & Content} Snapshot  `classes` are those of the root, where the page says which */
/** @typedef {[version: number, text: string, isWhole?: boolean]} Sheet  what grows of the CSS, or all of it */
/** @typedef {{type: "reload", reason: string}} Reload */
/** @typedef {{type: "ack", event: number}} Ack  all events up to this one are applied */
/** @typedef {Record<string, string>} Links  where an editor opens the places in a text, by what is written there */
/** @typedef {{event?: number | null, id?: string | null, trace?: string | null, links?: Links}} FailureDetails */
/** @typedef {{type: "error", code: string, message: string} & FailureDetails} Failure */
/** @typedef {{where: string, link: string | null, text: string, links: Links}} Finding */
/** @typedef {{type: "problems", title: string, findings: Finding[]}} ProblemsMessage  of the site's files; none: all is well */
/** @typedef {{type: "faults", stream: string, findings: Finding[]}} Faults  expressions that have no value */
/** @typedef {{type: "toast", text: string, kind: "info" | "success" | "warning" | "error"}} Toast */
/** @typedef {{type: "go", url: string}} Go */
/** @typedef {{type: "focus", stream: string, node: number}} Focus */
/** @typedef {{type: "invalid", stream: string, node: number, text: string}} Invalid  why a value is refused */
/** @typedef {{type: "address", url: string}} Address  the page's own, which has changed */
/** @typedef {{type: "title", text: string}} Title */
/** @typedef {{type: "download", url: string, name: string}} Download */
/** @typedef {{type: "run", url: string}} Run */
/** @typedef {{type: "static", paths: string[]}} StaticChanged  files that pages show hold something else */
/** @typedef {ProblemsMessage | Faults | StaticChanged} ForDevelopers */
/** @typedef {Reload | Failure | ForDevelopers | Toast | Go | Address | Focus | Invalid | Title | Download | Run} Command */
/** @typedef {Ready | Beat | Patch | Snapshot | Ack | Command} ServerMessage */

/**
 * What each operation carries behind its name. `before` null means at the end, node 0 the stream's root.
 * @typedef {object} OperationArguments
 * @property {[node: number, text: string]} text
 * @property {[node: number, name: string, value: string | null]} attr
 * @property {[node: number, name: string, value: unknown]} prop
 * @property {[node: number, value: Value, origin: string | null]} value
 * @property {[node: number, html: string]} html
 * @property {[parent: number, before: number | null, html: string]} insert
 * @property {[parent: number, before: number | null, node: number]} move
 * @property {[node: number]} remove
 * @property {[node: number]} animate
 * @property {Sheet} css
 */
/** @typedef {{[Name in keyof OperationArguments]: [Name, ...OperationArguments[Name]]}} Operations */
/** @typedef {Operations[keyof Operations]} Operation */

/**
 * @param {Standing} standing
 * @returns {Hello}
 */
export function helloMessage({ page, build, tab, secret, streams, css }) {
  return { type: "hello", page, tab, secret, build, streams, css };
}

/**
 * @param {number} id
 * @param {Address} address
 * @param {string} on
 * @param {EventData} data
 * @returns {FiredEvent}
 */
export function eventMessage(id, { stream, node }, on, data) {
  return { type: "event", id, stream, node, on, data };
}

/** @param {ClientMessage} message */
export function encode(message) {
  return JSON.stringify(message);
}

/**
 * @param {string} text
 * @returns {ServerMessage}
 */
export function decode(text) {
  return JSON.parse(text);
}
