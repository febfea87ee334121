/** What those who develop a site see more than others: what is wrong with it, and its files as they are saved. */

import { Problems } from "./problems.js";
import { loadAnew } from "./static.js";

export class Workbench {
  #problems = new Problems();

  start() {
    this.#problems.start();
  }

  /** @param {import("./wire.js").ForDevelopers} message */
  receive(message) {
    if (message.type === "problems") this.#problems.filesRead(message);
    else if (message.type === "faults") this.#problems.faultsChanged(message);
    else loadAnew(message.paths);
  }

  /** @param {import("./wire.js").Failure} failure */
  handlerFailed(failure) {
    this.#problems.handlerFailed(failure);
  }
}
