/** One conversation in the queue. */

import { memo } from "react";
import type { Row } from "../contract";
import { useSpoken } from "../context";
import { languageName } from "../languages";
import { plainName } from "../safe";
import { told } from "../told";
import { Since } from "./Since";
import { Unread } from "./Unread";
import { Urgency } from "./Urgency";

interface Shown {
  row: Row;
  active: boolean;
  /** Is this the row that the Tab key stops at? */
  stop: boolean;
  onFocus: (id: string) => void;
  onOpen: (id: string) => void;
}

export const QueueRow = memo(function QueueRow({ row, active, stop, onFocus, onOpen }: Shown) {
  return (
    <li>
      <button type="button" className={`row u${row.urgency}`} data-row={row.id} tabIndex={stop ? 0 : -1}
        data-place={stop ? "row" : undefined} aria-current={active ? "true" : undefined}
        onFocus={() => onFocus(row.id)} onClick={() => onOpen(row.id)}>
        <RowHead row={row} unread={active ? 0 : row.unread} />
        <RowBadges row={row} />
        <RowReasons row={row} />
        <RowContact row={row} />
        <RowFoot row={row} />
      </button>
    </li>
  );
}, sameRow);

function RowHead({ row, unread }: { row: Row; unread: number }) {
  return (
    <span className="row-head">
      <Urgency level={row.urgency} />
      <bdi className="row-handle">{plainName(row.handle)}</bdi>
      <Unread count={unread} />
    </span>
  );
}

/** What a counselor must not overlook, before any reason. */
function RowBadges({ row }: { row: Row }) {
  const { words } = useSpoken();
  const { work } = words;
  const badges = [
    row.joining && work.joiningBadge,
    row.unreadable && work.unreadableBadge,
    row.changed && row.changed.length > 0 && work.changedBadge,
    row.back && work.backBadge,
    row.lower && work.lowerBadge,
    row.for && work.forBadge(row.for === "supervisor" ? work.forSupervisor : row.for),
  ].filter(Boolean);
  if (badges.length === 0) return null;
  return <span className="row-badges">{badges.map((badge) => <span key={String(badge)} className="badge">{badge}</span>)}</span>;
}

/** How she may be reached, only where it was said. */
function RowContact({ row }: { row: Row }) {
  const { language } = useSpoken();
  const contact = told(language, row.contact ?? "", row.contact_en);
  return contact ? <span className="row-contact" dir="auto" title={contact}>{contact}</span> : null;
}

function RowReasons({ row }: { row: Row }) {
  const { words, language } = useSpoken();
  const because = told(language, row.because, row.because_en);
  const [first, ...others] = because;
  if (!first) return <span className="row-why none">{words.noReasons}</span>;
  return (
    <span className="row-why" title={because.join("\n")}>
      <span className="row-why-text" dir="auto">{first}</span>
      {others.length > 0 && <span className="row-more">{words.more(others.length)}</span>}
    </span>
  );
}

function RowFoot({ row }: { row: Row }) {
  const { words, language } = useSpoken();
  return (
    <span className="row-foot">
      <span>{words.channel[row.channel] ?? row.channel} · {languageName(row.language, language)}</span>
      {row.counselor && <bdi className="row-counselor">{row.counselor.pseudonym}</bdi>}
      {row.waiting_since && <Since at={row.waiting_since} />}
    </span>
  );
}

/** A refetched queue brings new objects; only a row that reads differently is drawn again. */
function sameRow(before: Shown, now: Shown): boolean {
  return (
    before.active === now.active && before.stop === now.stop &&
    before.onFocus === now.onFocus && before.onOpen === now.onOpen &&
    JSON.stringify(before.row) === JSON.stringify(now.row)
  );
}
