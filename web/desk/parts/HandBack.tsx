/** The two ways out of a live conversation: back to the bot at a step, or the end. */

import { useId, useState, type FormEvent } from "react";
import { close, erase, release } from "../acts";
import type { Conversation, Row, Staff } from "../contract";
import { useDesk, useSpoken, useWords } from "../context";
import type { Desk } from "../desk";
import { told } from "../told";
import { HandOver, Quiet } from "./HandOver";
import { Proposal } from "./Proposal";

export function HandBack({ row, conversation, staff }: { row: Row; conversation: Conversation; staff: Staff }) {
  const words = useWords();
  return (
    <section className="part hand-back">
      <h3>{words.handBack}</h3>
      <details>
        <summary>{words.work.handOver}</summary>
        <HandOver row={row} staff={staff} />
      </details>
      <details>
        <summary>{words.release}</summary>
        <Release row={row} conversation={conversation} />
      </details>
      <details>
        <summary>{words.closeTalk}</summary>
        <Close row={row} />
      </details>
      <details>
        <summary>{words.work.quiet}</summary>
        <Quiet row={row} />
      </details>
      <details>
        <summary>{words.erase}</summary>
        <Erase row={row} />
      </details>
    </section>
  );
}

function Release({ row, conversation }: { row: Row; conversation: Conversation }) {
  const desk = useDesk();
  const { words, language } = useSpoken();
  const [fields, setFields] = useState<Record<string, string>>({});
  const id = useId();
  const [busy, setBusy] = useState(false);
  const usual = conversation.steps.find(({ step }) => step === conversation.after_counsel);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (unsent(desk, row.id)) return desk.notify(words.unsentFirst, true);
    const step = String(new FormData(event.currentTarget).get("step"));
    setBusy(true);
    await release(desk, row, step || null, fields, words);
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <label htmlFor={id}>{words.releaseTo}</label>
      <select id={id} name="step">
        <option value="">{usual ? `${told(language, usual.title, usual.title_en)} (${words.releaseUsual})` : words.releaseUsual}</option>
        {byFlow(conversation.steps).map(([flow, steps]) => (
          <optgroup key={flow} label={flow}>
            {steps.map(({ step, title, title_en }) => <option key={step} value={step}>{told(language, title, title_en)}</option>)}
          </optgroup>
        ))}
      </select>
      <Proposal proposable={conversation.proposable ?? []} fields={fields} onChange={setFields} />
      <button type="submit" className="button" disabled={busy}>{words.releaseDo}</button>
    </form>
  );
}

function Close({ row }: { row: Row }) {
  const desk = useDesk();
  const words = useWords();
  const id = useId();
  const [reason, setReason] = useState("");
  const [own, setOwn] = useState("");
  const [busy, setBusy] = useState(false);
  const other = reason === OTHER;
  const given = (other ? own : reason).trim();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (unsent(desk, row.id)) return desk.notify(words.unsentFirst, true);
    setBusy(true);
    await close(desk, row, given, words);
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <label htmlFor={id}>{words.closeReason}</label>
      <select id={id} value={reason} required onChange={(event) => setReason(event.target.value)}>
        <option value="" />
        {words.closeReasons.map((one) => <option key={one}>{one}</option>)}
        <option value={OTHER}>{words.closeOther}</option>
      </select>
      {other && (
        <input type="text" maxLength={200} required value={own} aria-label={words.closeOther} onChange={(event) => setOwn(event.target.value)} />
      )}
      <button type="submit" className="button" disabled={busy || !given}>{words.closeDo}</button>
    </form>
  );
}

function Erase({ row }: { row: Row }) {
  const desk = useDesk();
  const words = useWords();
  const [sure, setSure] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await erase(desk, row, words);
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <p>{words.eraseHint}</p>
      <label className="check">
        <input type="checkbox" checked={sure} onChange={() => setSure(!sure)} /> {words.eraseSure}
      </label>
      <button type="submit" className="button grave" disabled={!sure}>{words.eraseDo}</button>
    </form>
  );
}

const OTHER = "other";

/** Words on their way would be lost to her if the conversation left our hands now. */
function unsent(desk: Desk, id: string): boolean {
  return desk.store.get().talks[id]?.pending.some((one) => one.state !== "stored") ?? false;
}

function byFlow(steps: Conversation["steps"]): [string, Conversation["steps"]][] {
  const flows = new Map<string, Conversation["steps"]>();
  for (const one of steps) {
    const flow = one.step.split("/")[0] ?? "";
    flows.set(flow, [...(flows.get(flow) ?? []), one]);
  }
  return [...flows];
}
