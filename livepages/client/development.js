/** Starts the client for those who develop the site: as `main.js`, with what shows them what is wrong. */

import { LivePage } from "./livepage.js";
import { Problems } from "./problems.js";

new LivePage(new Problems()).start();
