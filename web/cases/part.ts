/** What each part of a case is handed. */

import type { Whole } from "./contract";

export interface Part {
  whole: Whole;
  /** Post to a route of this case; the case is fetched again. */
  does: (path: string, body?: object) => Promise<boolean>;
  again: () => void;
}
