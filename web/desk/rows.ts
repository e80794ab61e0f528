/** The newest that is known of one conversation's row, from the queue or from the chat itself. */

import type { Row } from "./contract";
import { useDeskState } from "./context";
import type { DeskState } from "./store";

export function useRow(id: string): Row | null {
  return useDeskState((state) => rowIn(state, id));
}

/** The queue's row is fresher than the chat's, unless an act of ours has moved the epoch on. */
export function rowIn(state: DeskState, id: string): Row | null {
  const queued = state.rows?.find((row) => row.id === id) ?? null;
  const loaded = state.talks[id]?.conversation?.row ?? null;
  if (!queued || !loaded) return queued ?? loaded;
  return loaded.epoch > queued.epoch ? loaded : queued;
}
