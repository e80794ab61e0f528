/** Taking, handing back and closing: compare-and-set acts, and what is told when they fail. */

import { Refusal, Unreachable } from "./api";
import type { Row } from "./contract";
import type { Desk } from "./desk";
import { plainName } from "./safe";
import { changeTalk } from "./store";
import type { Words } from "./words/ko";

/** True when the conversation is ours now; otherwise the winner has been named. */
export async function take(desk: Desk, row: Row, words: Words): Promise<boolean> {
  return act(desk, row, words, {
    call: () => desk.api.take(row.id, row.epoch),
    done: words.tookIt(plainName(row.handle)),
    lost: (by) => (by ? words.taken(plainName(by)) : words.takenBySomeone),
  });
}

/** `fields` are answers that she is asked to confirm. */
export async function release(
  desk: Desk, row: Row, step: string | null, fields: Record<string, string>, words: Words,
): Promise<boolean> {
  return act(desk, row, words, {
    call: () => desk.api.act(row.id, "release", { step, fields, epoch: row.epoch }),
    done: words.released(plainName(row.handle)),
    lost: () => words.takenBySomeone,
  });
}

export async function close(desk: Desk, row: Row, reason: string, words: Words): Promise<boolean> {
  return act(desk, row, words, {
    call: () => desk.api.act(row.id, "close", { reason, epoch: row.epoch }),
    done: words.closedNow(plainName(row.handle)),
    lost: () => words.takenBySomeone,
  });
}

export async function admit(desk: Desk, row: Row, words: Words): Promise<boolean> {
  return act(desk, row, words, {
    call: () => desk.api.admit(row.id),
    done: words.admitted(plainName(row.handle)),
    lost: () => words.takenBySomeone,
  });
}

/** Any act of one conversation that answers with its row. */
export async function does(
  desk: Desk, row: Row, name: string, body: object, done: string, words: Words,
): Promise<boolean> {
  const call = () => desk.api.act(row.id, name, { epoch: row.epoch, ...body });
  return act(desk, row, words, { call, done, lost: (by) => (by ? words.taken(plainName(by)) : words.takenBySomeone) });
}

/** Nothing of it is left to show, so the conversation is put away. */
export async function erase(desk: Desk, row: Row, words: Words): Promise<void> {
  try {
    await desk.api.erase(row.id);
    desk.notify(words.erased(plainName(row.handle)));
    desk.drafts.keepDraft(row.id, "");
    desk.shut(row.id);
  } catch (error) {
    const said = error instanceof Refusal ? error.message || words.refused : words.noAnswer;
    desk.notify(said, true);
  }
  void desk.refreshQueue();
}

/** What says that somebody else was faster; other refusals say themselves what is wrong. */
const CONTESTED = new Set(["taken", "not yours", "changed"]);

interface Act {
  call: () => Promise<{ row: Row }>;
  done: string;
  lost: (by: string | null) => string;
}

async function act(desk: Desk, row: Row, words: Words, { call, done, lost }: Act): Promise<boolean> {
  let won = false;
  try {
    know(desk, (await call()).row);
    desk.notify(done);
    won = true;
  } catch (error) {
    if (error instanceof Unreachable) desk.notify(words.noAnswer, true);
    else if (error instanceof Refusal) desk.notify(CONTESTED.has(error.code) ? lost(error.by) : error.message || words.refused, true);
    else throw error;
  }
  void desk.refreshQueue();
  void desk.talks.load(row.id);
  return won;
}

/** Show the new row at once; the queue that is fetched next says the same. */
function know(desk: Desk, row: Row): void {
  const rows = desk.store.get().rows?.map((one) => (one.id === row.id ? row : one)) ?? null;
  desk.store.change({ rows });
  changeTalk(desk.store, row.id, ({ conversation }) => ({
    conversation: conversation && { ...conversation, row },
  }));
}
