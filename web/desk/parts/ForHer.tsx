/** What a counselor does for her beside talking: a call to 112, safe times, stepping aside. */

import { useId, useState, type FormEvent, type ReactNode } from "react";
import { does } from "../acts";
import { Refusal } from "../api";
import type { Conversation, Row } from "../contract";
import { useDesk, useSpoken, useWords } from "../context";
import { told } from "../told";

const TIMES = "contact_times";

/** I called 112 or 119 for her: who, when, to whom and why stands in the talk. */
export function Relay({ row }: { row: Row }) {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const [basis, setBasis] = useState("");

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const to = String(new FormData(event.currentTarget).get("to"));
    try {
      await desk.api.relay(row.id, to, basis.trim());
      desk.notify(work.relayed(to));
      setBasis("");
    } catch (error) {
      desk.notify(error instanceof Refusal ? error.message || words.refused : words.noAnswer, true);
    }
    void desk.talks.catchUp(row.id);
  }

  return (
    <Folded title={work.relay}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{work.relayHint}</p>
        <fieldset className="proposal">
          <legend>{work.relayTo}</legend>
          <label className="check"><input type="radio" name="to" value="112" defaultChecked /> 112</label>
          <label className="check"><input type="radio" name="to" value="119" /> 119</label>
        </fieldset>
        <Reason label={work.relayBasis} value={basis} onChange={setBasis} />
        <button type="submit" className="button grave" data-does="relay">{work.relayDo}</button>
      </form>
    </Folded>
  );
}

/** She said in the talk when she may be reached. */
export function SafeTimes({ row, conversation }: { row: Row; conversation: Conversation }) {
  const desk = useDesk();
  const { words, language } = useSpoken();
  const { work } = words;
  const [times, setTimes] = useState<string[]>([]);
  const [why, setWhy] = useState("");
  const options = conversation.proposable?.find((one) => one.name === TIMES)?.options ?? [];
  if (options.length === 0) return null;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await does(desk, row, "contact-times", { times, reason: why }, work.timesKept, words)) setWhy("");
  }

  const turn = (id: string) => setTimes(times.includes(id) ? times.filter((one) => one !== id) : [...times, id]);
  return (
    <Folded title={work.times}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{work.timesHint}</p>
        <fieldset className="proposal">
          <legend>{work.timesWhen}</legend>
          {options.map((one) => (
            <label key={one.id} className="check">
              <input type="checkbox" checked={times.includes(one.id)} onChange={() => turn(one.id)} /> {told(language, one.label, one.label_en)}
            </label>
          ))}
        </fieldset>
        <Reason label={work.timesWhy} value={why} onChange={setWhy} />
        <button type="submit" className="button" disabled={times.length === 0}>{work.timesDo}</button>
      </form>
    </Folded>
  );
}

/** I am related, or know the other side: I must not know this talk. */
export function Conflict({ row }: { row: Row }) {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const [why, setWhy] = useState("");

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const kind = String(new FormData(event.currentTarget).get("kind"));
    try {
      await desk.api.conflict(row.id, kind, why.trim());
    } catch (error) {
      return desk.notify(error instanceof Refusal ? error.message || words.refused : words.noAnswer, true);
    }
    desk.drafts.keepDraft(row.id, "");
    desk.shut(row.id);
    desk.notify(work.conflictDone);
    void desk.refreshQueue();
  }

  return (
    <Folded title={work.conflict}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{work.conflictHint}</p>
        <select name="kind" aria-label={work.conflict}>
          <option value="related">{work.conflictRelated}</option>
          <option value="other side">{work.conflictOther}</option>
        </select>
        <Reason label={work.conflictWhy} value={why} onChange={setWhy} />
        <button type="submit" className="button grave" data-does="conflict">{work.conflictDo}</button>
      </form>
    </Folded>
  );
}

function Folded({ title, children }: { title: string; children: ReactNode }) {
  return <details><summary>{title}</summary>{children}</details>;
}

function Reason({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input id={id} type="text" required maxLength={500} value={value} dir="auto" onChange={(event) => onChange(event.target.value)} />
    </>
  );
}
