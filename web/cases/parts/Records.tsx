/** What hangs on a case, kind by kind: what is there, what may happen to it, and a form for more. */

import { useState } from "react";
import { day, usePlace, useSaid } from "../context";
import type { CaseRecord, RecordField, RecordKind } from "../contract";
import type { Part } from "../part";
import { CheckIns } from "./CheckIns";
import { Opinion } from "./Opinion";
import { RecordForm } from "./RecordForm";

export function Records({ whole, does, again, kinds, checkIns = false }: Part & { kinds: string[]; checkIns?: boolean }) {
  const { directory } = usePlace();
  const shown = kinds.flatMap((id) => directory.records.filter((kind) => kind.id === id));
  return (
    <div className="columns">
      {shown.map((kind) => (
        <Kind key={kind.id} kind={kind} records={whole.records.filter((one) => one.kind === kind.id)} does={does} />
      ))}
      {checkIns && <CheckIns whole={whole} does={does} />}
      {checkIns && <Opinion whole={whole} again={again} />}
    </div>
  );
}

function Kind({ kind, records, does }: { kind: RecordKind; records: CaseRecord[]; does: Part["does"] }) {
  const { words } = usePlace();
  const said = useSaid();
  return (
    <section className="part" aria-label={said(kind.title)}>
      <h3>{said(kind.title)}</h3>
      {records.length === 0 && <p className="faint">{words.empty}</p>}
      <ul className="records">{records.map((one) => <li key={one.id}><One kind={kind} record={one} does={does} /></li>)}</ul>
      {kind.form && (
        <details>
          <summary>{words.newRecord(said(kind.title))}</summary>
          <RecordForm kind={kind} does={does} />
        </details>
      )}
    </section>
  );
}

function One({ kind, record, does }: { kind: RecordKind; record: CaseRecord; does: Part["does"] }) {
  const { words, language } = usePlace();
  const [open, setOpen] = useState(false);
  const late = record.due !== null && record.status === "open" && Date.parse(record.due) < Date.now();
  return (
    <div className="record">
      <p className="record-head">
        <span className="faint">{day(record.at, language, true)} <bdi>{record.by}</bdi></span>
        {words.recordStatus[record.status] && <span className={`chip ${record.status}`}>{words.recordStatus[record.status]}</span>}
        {kind.owned && record.owner_name && <bdi>{record.owner_name}</bdi>}
        {record.due && kind.id === "task" && (
          <span className={late ? "late" : "faint"}>{words.dueOn(day(record.due, language))}{late && ` · ${words.late}`}</span>
        )}
      </p>
      <dl className="fields">
        {kind.fields.map((field) => <Value key={field.name} field={field} value={record.fields[field.name]} single={kind.fields.length === 1} />)}
      </dl>
      {kind.id === "order" && <Order record={record} does={does} />}
      <div className="acts">
        {record.events.map((event) => (
          <button key={event} type="button" className="button" onClick={() => void does(`/records/${record.id}/move`, { event })}>
            {words.events[event] ?? event}
          </button>
        ))}
        {kind.form && kind.id !== "risk" && (
          <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>{words.correct}</button>
        )}
      </div>
      {open && <RecordForm kind={kind} record={record} does={does} onDone={() => setOpen(false)} />}
      <Changes kind={kind} record={record} />
    </div>
  );
}

/** Who changed what, and when. */
function Changes({ kind, record }: { kind: RecordKind; record: CaseRecord }) {
  const { words, language } = usePlace();
  if (record.changes.length === 0) return null;
  return (
    <details>
      <summary>{words.changes(record.changes.length)}</summary>
      <ul className="lines">
        {record.changes.map((one, at) => (
          <li key={at}>
            <span className="faint">{day(one.at, language, true)} <bdi>{one.by}</bdi></span>
            <span>{words.changed[one.what] ?? words.events[one.what] ?? one.what}</span>
            {one.until && <span>{words.lastDay(day(one.until, language))}</span>}
            {one.before && (
              <dl className="fields">
                {kind.fields.map((field) => <Value key={field.name} field={field} value={one.before?.[field.name]} single={false} />)}
              </dl>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Value({ field, value, single }: { field: RecordField; value: unknown; single: boolean }) {
  const { directory } = usePlace();
  const said = useSaid();
  const text = typeof value === "string" ? value : "";
  if (!text) return null;
  const chosen = field.options[text];
  const order = field.kind === "order" ? directory.orders.find((one) => one.id === text) : undefined;
  const person = field.kind === "staff" ? directory.staff.find((one) => String(one.id) === text) : undefined;
  const told = (chosen && said(chosen)) ?? (order && said(order.name)) ?? person?.name ?? text;
  return (
    <div>
      <dt className={single ? "hidden" : ""}>{said(field.title)}</dt>
      <dd dir="auto" className="said">{told}</dd>
    </div>
  );
}

/** How long an order lasts, what breaking it means, and its extension. */
function Order({ record, does }: { record: CaseRecord; does: Part["does"] }) {
  const { words, language, directory } = usePlace();
  const said = useSaid();
  const [open, setOpen] = useState(false);
  const kind = directory.orders.find((one) => one.id === record.fields["order"]);
  const last = String(record.fields["last_day"] ?? "");
  const ends = Array.isArray(record.fields["ends"]) ? (record.fields["ends"] as (string | null)[]) : [];
  return (
    <>
      <p><strong>{last ? words.lastDay(day(last, language)) : words.noEnd}</strong></p>
      {last && ends.at(-1) === null && <p className="faint">{words.computed}</p>}
      {kind?.breach && <p className="faint">{said(kind.breach)}</p>}
      {(record.status === "in_force" || record.status === "breach") && last && (
        <>
          <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>{words.extend}</button>
          {open && (
            <form className="inline-form" onSubmit={(event) => {
              event.preventDefault();
              const end = String(new FormData(event.currentTarget).get("end"));
              void does(`/records/${record.id}/extend`, { end: end || null }).then((done) => done && setOpen(false));
            }}>
              <label>{words.extendEnd}<input type="date" name="end" /></label>
              <button type="submit" className="button primary">{words.save}</button>
            </form>
          )}
        </>
      )}
    </>
  );
}
