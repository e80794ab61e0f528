/** The case meetings, and planning the next one. */

import { useState } from "react";
import { day, inSeoul, useAct, useFetched, usePlace } from "../context";
import type { Meeting } from "../contract";

interface Participant {
  name: string;
  role: string;
  outside: boolean;
}

const NOBODY: Participant = { name: "", role: "", outside: false };

export function Meetings() {
  const { words, language } = usePlace();
  const [meetings, again] = useFetched<Meeting[]>("meetings");
  return (
    <main className="page" tabIndex={0}>
      <h2>{words.meetings}</h2>
      <ul className="lines wide">
        {meetings?.map((one) => (
          <li key={one.id}>
            <a href={`#/meetings/${one.id}`}>{day(one.at, language, true)}</a>
            <span className={`chip ${one.status}`}>{words.meetingStatus[one.status]}</span>
            <span className="faint">{one.participants.map((who) => who.name).join(", ")}</span>
          </li>
        ))}
      </ul>
      {meetings?.length === 0 && <p className="faint">{words.empty}</p>}
      <NewMeeting onMade={again} />
    </main>
  );
}

function NewMeeting({ onMade }: { onMade: () => void }) {
  const { api, words } = usePlace();
  const act = useAct();
  const [people, setPeople] = useState<Participant[]>([{ ...NOBODY }]);
  function change(n: number, patch: Partial<Participant>): void {
    setPeople(people.map((one, at) => (at === n ? { ...one, ...patch } : one)));
  }
  return (
    <details className="part">
      <summary>{words.newMeeting}</summary>
      <form className="form" onSubmit={(event) => {
        event.preventDefault();
        const at = inSeoul(String(new FormData(event.currentTarget).get("at")));
        const participants = people.filter((one) => one.name.trim());
        void act(() => api.post("meetings", { at, participants })).then(onMade);
      }}>
        <label>{words.when}<input type="datetime-local" name="at" required /></label>
        <fieldset>
          <legend>{words.participants}</legend>
          {people.map((one, n) => (
            <div key={n} className="inline-form">
              <label>{words.participant}<input value={one.name} maxLength={200} onChange={(event) => change(n, { name: event.target.value })} /></label>
              <label>{words.role}<input value={one.role} maxLength={200} onChange={(event) => change(n, { role: event.target.value })} /></label>
              <label className="tick"><input type="checkbox" checked={one.outside} onChange={(event) => change(n, { outside: event.target.checked })} /> {words.outside}</label>
            </div>
          ))}
          <button type="button" className="button" onClick={() => setPeople([...people, { ...NOBODY }])}>{words.add}</button>
        </fieldset>
        <button type="submit" className="button primary">{words.newMeeting}</button>
      </form>
    </details>
  );
}
