/** Where she stays, what was lent to her, and who goes with her. */

import { useState } from "react";
import { day, inSeoul, usePlace, useSaid } from "../context";
import type { Part } from "../part";
import { Records } from "./Records";

const HERE = new Set(["waiting", "held", "in"]);

export function PlacePart({ whole, does, again }: Part) {
  return (
    <>
      <div className="columns">
        <Stays whole={whole} does={does} />
        <Escorts whole={whole} does={does} />
      </div>
      <Records whole={whole} does={does} again={again} kinds={["lent", "daily"]} />
    </>
  );
}

function Stays({ whole, does }: Omit<Part, "again">) {
  const { words, language, directory } = usePlace();
  const said = useSaid();
  const names = new Map(directory.facilities.map((one) => [one.id, said(one.name)]));
  const parties = [...new Map(whole.stays.map((one) => [one.party, one])).values()];
  const open = parties.some((one) => HERE.has(one.status));
  return (
    <section className="part" aria-label={words.stays}>
      <h3>{words.stays}</h3>
      <p className="faint">{words.noAddress}</p>
      <ul className="records">
        {parties.map((one) => (
          <li key={one.party}>
            <p className="record-head">
              <strong>{names.get(one.facility)}</strong> {one.place}
              <span className={`chip ${one.status}`}>{words.stayStatus[one.status]}</span>
              {one.until && <span className="faint">{words.until(day(one.until, language, true))}</span>}
            </p>
            <div className="acts">
              {one.events.filter((event) => words.stayEvents[event]).map((event) => (
                <button key={event} type="button" className="button" onClick={() => void does(`/places/${one.party}/move`, { event })}>
                  {words.stayEvents[event]}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
      {(!open || parties.some((one) => one.status === "waiting")) && <Wanted whole={whole} does={does} />}
    </section>
  );
}

function Wanted({ whole, does }: Omit<Part, "again">) {
  const { words, directory } = usePlace();
  const said = useSaid();
  const [kind, setKind] = useState<"women" | "men">(whole.kind === "men" ? "men" : "women");
  return (
    <form className="form" onSubmit={(event) => {
      event.preventDefault();
      const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement;
      const data = new FormData(event.currentTarget);
      void does(`/places/${button.value}`, { facility: String(data.get("facility")), kind, people: Number(data.get("people")) });
    }}>
      <label>{words.who}
        <select value={kind} onChange={(event) => setKind(event.target.value as "women" | "men")}>
          {Object.entries(words.takes).map(([id, label]) => <option key={id} value={id}>{label}</option>)}
        </select>
      </label>
      <label>{words.facility}
        <select name="facility">
          {directory.facilities.filter((one) => one.takes === kind).map((one) => (
            <option key={one.id} value={one.id}>{said(one.name)}{one.families ? ` · ${words.families}` : ""}</option>
          ))}
        </select>
      </label>
      <label>{words.people}<input type="number" name="people" min={1} max={8} defaultValue={1} /></label>
      <div className="acts">
        <button type="submit" value="hold" className="button primary">{words.hold}</button>
        <button type="submit" value="wait" className="button">{words.wait}</button>
      </div>
    </form>
  );
}

function Escorts({ whole, does }: Omit<Part, "again">) {
  const { words, language, directory } = usePlace();
  const said = useSaid();
  const agencies = directory.agencies.filter((one) => one.guards.length > 0);
  const names = new Map(agencies.map((one) => [one.id, said(one.name)]));
  return (
    <section className="part" aria-label={words.escorts}>
      <h3>{words.escorts}</h3>
      {whole.escorts.length === 0 && <p className="faint">{words.empty}</p>}
      <ul className="records">
        {whole.escorts.map((one) => (
          <li key={one.id}>
            <p className="record-head">
              <strong>{names.get(one.agency)}</strong>
              <span className={`chip ${one.status}`}>{words.escortStatus[one.status]}</span>
            </p>
            {one.times.map((each) => <p key={each.from}>{day(each.from, language, true)} – {day(each.to, language, true)}</p>)}
            <p dir="auto">{one.way}</p>
            {one.guards.length > 0 && <p className="faint">{one.guards.join(", ")}</p>}
            <div className="acts">
              {one.events.map((event) => (
                <button key={event} type="button" className="button" onClick={() => void does(`/escorts/${one.id}/move`, { event })}>
                  {words.escortEvents[event]}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <details>
        <summary>{words.askEscort}</summary>
        <form className="form" onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const data = new FormData(form);
          const times = [{ start: inSeoul(String(data.get("from"))), end: inSeoul(String(data.get("to"))) }];
          void does("/escorts", { agency: String(data.get("agency")), times, way: String(data.get("way")) }).then((done) => {
            if (!done) return;
            form.reset();
            form.closest("details")?.removeAttribute("open");
          });
        }}>
          <label>{words.agency}
            <select name="agency">
              {agencies.map((one) => (
                <option key={one.id} value={one.id}>
                  {said(one.name)}{one.limits ? ` · ${words.limits(one.limits.guards, one.limits.hours_a_day, one.limits.days)}` : ""}
                </option>
              ))}
            </select>
          </label>
          <label>{words.from}<input type="datetime-local" name="from" required /></label>
          <label>{words.to}<input type="datetime-local" name="to" required /></label>
          <label>{words.way}<textarea name="way" rows={2} maxLength={4000} required /></label>
          <button type="submit" className="button primary">{words.save}</button>
        </form>
      </details>
    </section>
  );
}
