/** The newest that is known of one conversation's row, from the queue or from the chat itself. */

import type { Row } from "./contract";
import { useDeskState } from "./context";
import { rowIn } from "./newest";

export function useRow(id: string): Row | null {
  return useDeskState((state) => rowIn(state, id));
}
