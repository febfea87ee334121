/** Starts the client for those who develop the site: as `main.js`, with what shows them what is wrong. */

import { LivePage } from "./livepage.js";
import { Problems } from "./problems.js";
import { loadAnew } from "./static.js";

new LivePage(new Problems(), loadAnew).start();
