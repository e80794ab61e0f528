/** What was said, newest at the bottom, following along unless one reads further up. */

import { Fragment, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { dayOf } from "../clock";
import type { Entry, Row, Staff } from "../contract";
import { useSpoken } from "../context";
import { plainName } from "../safe";
import type { Pending } from "../store";
import { EntryView } from "./EntryView";
import { PendingView } from "./PendingView";

const SHOWN = 150;
const NEAR_PX = 80;

interface Shown {
  row: Row;
  entries: Entry[];
  pending: Pending[];
  collects: boolean;
  staff: Staff;
}

export function Log({ row, entries, pending, collects, staff }: Shown) {
  const { words, language } = useSpoken();
  const [most, setMost] = useState(SHOWN);
  const place = useRef<HTMLDivElement>(null);
  const last = entries.at(-1)?.seq ?? 0;
  const follow = useFollowing(place, last, pending.length);
  const unseen = entries.filter((entry) => entry.seq > follow.seen && entry.from === "person").length;
  const shown = entries.slice(-most);
  return (
    <div className="log-frame">
      <div className="log" ref={place} role="log" tabIndex={0} aria-label={words.log(plainName(row.handle))}
        onScroll={follow.scrolled}>
        {entries.length > most && (
          <button type="button" className="button quiet log-earlier" onClick={() => setMost(most + SHOWN)}>
            {words.earlier(Math.min(SHOWN, entries.length - most))}
          </button>
        )}
        {entries.length + pending.length === 0 && <p className="empty">{words.noEntries}</p>}
        {shown.map((entry, n) => (
          <Fragment key={entry.seq}>
            {startsDay(entry, shown[n - 1]) && <p className="log-day"><span>{dayOf(entry.at, language)}</span></p>}
            <EntryView entry={entry} row={row} named={!sameVoice(entry, shown[n - 1])} collects={collects} staff={staff} />
          </Fragment>
        ))}
        {pending.map((message) => <PendingView key={message.id} row={row} message={message} />)}
      </div>
      {follow.away && (
        <button type="button" className="button primary log-down" onClick={follow.toEnd}>
          {unseen ? words.newBelow(unseen) : words.toEnd} ↓
        </button>
      )}
    </div>
  );
}

/** Stay at the end while one is there; otherwise remember what has been seen. */
function useFollowing(place: RefObject<HTMLDivElement | null>, last: number, pending: number) {
  const [away, setAway] = useState(false);
  const [seen, setSeen] = useState(last);
  const sent = useRef(pending);

  useLayoutEffect(() => {
    const own = pending > sent.current;
    sent.current = pending;
    if (away && !own) return;
    toBottom(place.current);
    setSeen(last);
  });

  useEffect(() => {
    const box = place.current;
    if (!box || away) return;
    const watch = new ResizeObserver(() => toBottom(box)); // the message box below has grown
    watch.observe(box);
    return () => watch.disconnect();
  }, [place, away]);

  function scrolled(): void {
    const box = place.current;
    if (box) setAway(box.scrollHeight - box.scrollTop - box.clientHeight > NEAR_PX);
  }

  function toEnd(): void {
    toBottom(place.current);
    place.current?.focus();
  }

  return { away, seen, scrolled, toEnd };
}

function toBottom(box: HTMLElement | null): void {
  if (box) box.scrollTop = box.scrollHeight;
}

function startsDay(entry: Entry, before: Entry | undefined): boolean {
  return !before || new Date(before.at).toDateString() !== new Date(entry.at).toDateString();
}

function sameVoice(entry: Entry, before: Entry | undefined): boolean {
  return before !== undefined && before.from === entry.from && before.sender === entry.sender && !startsDay(entry, before);
}
