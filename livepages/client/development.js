/** Starts the client for those who develop the site: as `main.js`, with what shows them more. */

import { LivePage } from "./livepage.js";
import { Workbench } from "./workbench.js";

new LivePage(new Workbench()).start();
