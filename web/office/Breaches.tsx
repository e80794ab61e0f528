/** Breaches: the 72 hours, what was done, and everybody who must be told in a way that is safe. */

import { useContext, useState } from "react";
import { get, post, type Staff } from "./calls";
import { Field, Form, Spoken, time, Trouble, useDoing, useLoaded, useWords } from "./pieces";
import type { Words } from "./words";

interface Breach {
  id: string;
  noticed_at: number;
  due: number;
  reported_at: number | null;
  closed_at: number | null;
  body: Record<string, string> & { steps?: { act: string; text: string; by: string; at: number }[] };
  notices: { conversation_id: string; way: string | null; told_at: number | null }[];
}

const HOUR_MS = 3_600_000;
const TEXTS = ["what", "items", "when", "harm", "measures", "contact"] as const;

export function Breaches({ staff }: { staff: Staff }) {
  const words = useWords();
  const { data, trouble, again } = useLoaded<{ now: number; breaches: Breach[] }>("breaches");
  const doing = useDoing();
  function begin(given: Record<string, string>): void {
    const concerned = (given["concerned"] ?? "").split(/[\s,]+/).filter(Boolean);
    doing.run(async () => {
      await post("breaches", { ...given, concerned, noticed_at: new Date(given["noticed"] ?? "").getTime() });
      again();
    });
  }
  return (
    <>
      <Trouble text={trouble || doing.trouble} />
      {data?.breaches.length === 0 && <p>{words.nothing}</p>}
      {data?.breaches.map((one) => <Card key={one.id} one={one} now={data.now} staff={staff} again={again} />)}
      {staff.role !== "auditor" && (
        <details className="box">
          <summary>{words.begin}</summary>
          <Form onSend={begin}>
            <Field name="noticed" label={words.noticed} type="datetime-local" />
            {TEXTS.map((name) => <Field key={name} name={name} label={words[name]} area required={name === "what" || name === "items"} />)}
            <Field name="concerned" label={words.concerned} required={false} />
            <button type="submit" className="button primary" disabled={doing.busy}>{words.begin}</button>
          </Form>
        </details>
      )}
    </>
  );
}

interface Given {
  one: Breach;
  now: number;
  staff: Staff;
  again: () => void;
}

function Card({ one, now, staff, again }: Given) {
  const words = useWords();
  const language = useContext(Spoken);
  const { busy, trouble, run } = useDoing();
  const hours = Math.floor((one.due - now) / HOUR_MS);
  const acts = { note: words.note, report: words.report, close: words.close };
  const [act, setAct] = useState<keyof typeof acts>("note");
  function step(given: Record<string, string>): void {
    run(async () => {
      await post(`breaches/${one.id}/${act}`, given);
      again();
    });
  }
  return (
    <section className="box" aria-label={one.body["what"]}>
      <p className="head"><strong>{one.body["what"]}</strong>
        {one.closed_at ? <span className="badge">{words.closed}</span> : <span className={hours < 24 ? "badge bad" : "badge"}>{words.left(hours)}</span>}
        {one.reported_at && <span className="badge">{words.reported}</span>}</p>
      <p className="soft">{words.noticed} {time(one.noticed_at, language)} · {one.body["items"]}</p>
      <ul className="list">
        {one.notices.map((notice) => <Notice key={notice.conversation_id} breach={one.id} notice={notice} staff={staff} again={again} />)}
      </ul>
      <ul className="list soft">
        {one.body.steps?.map((done, n) => <li key={n}>{time(done.at, language)} {done.by} · {acts[done.act as keyof typeof acts]}: {done.text}</li>)}
      </ul>
      {!one.closed_at && staff.role !== "auditor" && (
        <Form onSend={step}>
          <label className="field"><span>{words.note}</span>
            <select value={act} onChange={(event) => setAct(event.target.value as keyof typeof acts)}>
              {Object.entries(acts).map(([name, label]) => <option key={name} value={name}>{label}</option>)}
            </select>
          </label>
          <Field name="text" label={words.text} />
          <button type="submit" className="button" disabled={busy}>{words.save}</button>
        </Form>
      )}
      <Trouble text={trouble} />
    </section>
  );
}

interface Told {
  breach: string;
  notice: Breach["notices"][number];
  staff: Staff;
  again: () => void;
}

function Notice({ breach, notice, staff, again }: Told) {
  const words = useWords();
  const { busy, trouble, run } = useDoing();
  const [safe, setSafe] = useState("");
  const person = notice.conversation_id;
  function look(): void {
    run(async () => setSafe(worded(await get(`breaches/${breach}/${person}`), words)));
  }
  function tell(given: Record<string, string>): void {
    run(async () => {
      await post(`breaches/${breach}/tell`, { person, way: given["way"] });
      again();
    });
  }
  if (notice.told_at) return <li>{person} · {words.told}: {words.ways[notice.way as keyof Words["ways"]]}</li>;
  return (
    <li>
      {person}
      {staff.role === "supervisor" && (
        <Form onSend={tell}>
          <button type="button" className="button quiet" disabled={busy} onClick={look}>{words.way}</button>
          <label className="field"><span>{words.tell}</span>
            <select name="way">
              {Object.entries(words.ways).map(([name, label]) => <option key={name} value={name}>{label}</option>)}
            </select>
          </label>
          <button type="submit" className="button" disabled={busy}>{words.save}</button>
        </Form>
      )}
      {safe && <p role="status">{safe}</p>}
      <Trouble text={trouble} />
    </li>
  );
}

function worded(told: { channel: string | null; safe: Record<string, unknown> }, words: Words): string {
  const parts = Object.entries(told.safe).map(([name, value]) => `${name}: ${String(value)}`);
  return [told.channel ?? "-", ...(parts.length ? parts : [words.noWay])].join(" · ");
}
