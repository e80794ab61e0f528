/** Keeps what did not change: parts of the page that are drawn from it need not be drawn again. */

/** Return `now`, with every part that equals its part of `before` taken from there. */
export function shared<T>(before: unknown, now: T): T {
  if (Object.is(before, now)) return now;
  if (!before || !now || typeof before !== "object" || typeof now !== "object") return now;
  if (Array.isArray(before) !== Array.isArray(now)) return now;
  return (Array.isArray(now) ? sharedList(before as unknown[], now) : sharedBag(before, now)) as T;
}

function sharedList(before: unknown[], now: unknown[]): unknown[] {
  let same = before.length === now.length;
  const made = now.map((one, n) => {
    const kept = shared(before[n], one);
    same &&= Object.is(kept, before[n]);
    return kept;
  });
  return same ? before : made;
}

function sharedBag(before: object, now: object): object {
  const old = before as Record<string, unknown>;
  const keys = Object.keys(now);
  let same = keys.length === Object.keys(old).length;
  const made: Record<string, unknown> = {};
  for (const key of keys) {
    made[key] = shared(old[key], (now as Record<string, unknown>)[key]);
    same &&= key in old && Object.is(made[key], old[key]);
  }
  return same ? old : made;
}
