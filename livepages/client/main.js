/**
 * Starts the client.
 *
 * The server joins these modules into one file, without a build step: it drops the lines `import ... from "./x.js"` and
 * the word `export`. So all imports are static, by name, one to a line, and from this folder; every name at the top of
 * a file is its own in the whole folder; and nothing runs when a module is read but what stands in this one, the last
 * (or in `development.js`, which takes its place).
 * It can drop comments too, which halves the file: those that have lines of their own, from start to end.
 */

import { LivePage } from "./livepage.js";

new LivePage().start();
