/** What the information page can do better with JavaScript: it leaves no trail, and it leaves at once. */

import { armExit } from "../shared/exit";
import { replaceOnClick } from "../shared/links";

armExit(() => undefined);
document.querySelectorAll<HTMLAnchorElement>("a[href^='/'], a[href^='#']").forEach(replaceOnClick);
