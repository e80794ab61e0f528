/** Which of the rows of one conversation is the newest. */

import type { Row } from "./contract";
import type { DeskState } from "./store";

/** The queue's row is fresher than the chat's, unless an act of ours has moved the epoch on. */
export function rowIn(state: DeskState, id: string): Row | null {
  const queued = state.rows?.find((row) => row.id === id) ?? null;
  const loaded = state.talks[id]?.conversation?.row ?? null;
  if (!queued || !loaded) return queued ?? loaded;
  return loaded.epoch > queued.epoch ? loaded : queued;
}
