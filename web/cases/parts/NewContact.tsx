/** A caller of 1366 or a referral by the police: the same questions as the chat's application. */

import { useState } from "react";
import { day, useAct, useFetched, usePlace, useSaid } from "../context";
import type { Question } from "../contract";

interface Made {
  contact: string;
  case: string | null;
  receipt?: string;
}

export function NewContact() {
  const { api, words, directory } = usePlace();
  const act = useAct();
  const [door, setDoor] = useState("line");
  const [consent, setConsent] = useState(false);
  const [caller, setCaller] = useState("herself");
  const [made, setMade] = useState<Made | null>(null);

  function body(data: FormData): object {
    const fields: Record<string, string | string[]> = {};
    for (const one of consent ? directory.form : []) {
      const values = data.getAll(one.name).map(String).filter(Boolean);
      if (values.length) fields[one.name] = one.several ? values : (values[0] ?? "");
    }
    const police = Object.fromEntries(["station", "number", "officer"].map((name) => [name, String(data.get(name) ?? "")]).filter(([, value]) => value));
    return {
      door, caller, relation: String(data.get("relation") ?? ""), asked_herself: data.get("asked_herself") !== null,
      how: String(data.get("how")), consent, sensitive: data.get("sensitive") !== null, note: String(data.get("note")),
      word: String(data.get("word") ?? ""), urgency: Number(data.get("urgency") ?? 3), police, fields,
    };
  }

  if (made) return <Done made={made} onMore={() => setMade(null)} />;
  return (
    <main className="page narrow" tabIndex={0}>
      <h2>{words.newContact}</h2>
      <p className="faint">{words.contactHint}</p>
      <form className="form" onSubmit={(event) => {
        event.preventDefault();
        const given = body(new FormData(event.currentTarget));
        void act(async () => setMade(await api.post<Made>("contacts", given)));
      }}>
        <label>{words.doorLabel}
          <select value={door} onChange={(event) => setDoor(event.target.value)}>
            {["line", "police"].map((one) => <option key={one} value={one}>{words.door[one]}</option>)}
          </select>
        </label>
        {door === "police" && (
          <div className="inline-form">
            {(["station", "number", "officer"] as const).map((one) => <label key={one}>{words.police[one]}<input name={one} maxLength={200} /></label>)}
          </div>
        )}
        <label>{words.callerLabel}
          <select value={caller} onChange={(event) => setCaller(event.target.value)}>
            {(["herself", "other"] as const).map((one) => <option key={one} value={one}>{words.callers[one]}</option>)}
          </select>
        </label>
        {caller === "other" && <label>{words.callerRelation}<input name="relation" maxLength={200} /></label>}
        <label>{words.consentHow}
          <select name="how" defaultValue="phone">
            {Object.entries(words.how).map(([id, label]) => <option key={id} value={id}>{label}</option>)}
          </select>
        </label>
        <label>{words.contactNote}<textarea name="note" rows={3} maxLength={4000} /></label>
        <label className="tick"><input type="checkbox" checked={consent} onChange={() => setConsent(!consent)} /> {words.consentAsk}</label>
        {consent && (
          <>
            {caller === "other" && <label className="tick"><input type="checkbox" name="asked_herself" required /> {words.askedHerself}</label>}
            <label className="tick"><input type="checkbox" name="sensitive" /> {words.sensitiveAsk}</label>
            <label>{words.level}
              <select name="urgency" defaultValue="3">
                {words.urgency.map((label, level) => <option key={level} value={level}>{label}</option>)}
              </select>
            </label>
            {directory.form.map((one) => <Asked key={one.name} question={one} />)}
            <label>{words.codeWord}<input name="word" maxLength={60} autoComplete="off" /></label>
          </>
        )}
        <button type="submit" className="button primary">{words.saveContact}</button>
      </form>
      <Open />
    </main>
  );
}

function Asked({ question }: { question: Question }) {
  const said = useSaid();
  const title = said(question.title);
  if (question.several) {
    return (
      <fieldset>
        <legend>{title}</legend>
        {question.options.map((one) => (
          <label key={one.id} className="tick"><input type="checkbox" name={question.name} value={one.id} /> {said(one.label)}</label>
        ))}
      </fieldset>
    );
  }
  return (
    <label>{title}
      {question.options.length > 0
        ? <select name={question.name} defaultValue=""><option value="">–</option>{question.options.map((one) => <option key={one.id} value={one.id}>{said(one.label)}</option>)}</select>
        : question.chars > 300
          ? <textarea name={question.name} rows={3} maxLength={question.chars} />
          : <input name={question.name} maxLength={question.chars || 200} autoComplete="off" />}
    </label>
  );
}

function Done({ made, onMore }: { made: Made; onMore: () => void }) {
  const { words } = usePlace();
  return (
    <main className="page narrow" tabIndex={0}>
      <h2>{words.newContact}</h2>
      <p className="note">{made.receipt ? words.receipt(made.receipt) : words.contactOnly}</p>
      <div className="acts">
        {made.case && <a className="button primary" href={`#/case/${made.case}`}>{words.goToCase}</a>}
        <button type="button" className="button" onClick={onMore}>{words.newContact}</button>
      </div>
    </main>
  );
}

function Open() {
  const { words, language } = usePlace();
  const [contacts] = useFetched<{ id: string; handle: string; door: string; by: string; at: string; note: string }[]>("contacts");
  if (!contacts?.length) return null;
  return (
    <section className="part">
      <h3>{words.openContacts}</h3>
      <ul className="lines">
        {contacts.map((one) => (
          <li key={one.id}>
            <span className="faint">{day(one.at, language, true)} · {words.door[one.door]} · <bdi>{one.by}</bdi></span>
            <span dir="auto">{one.note}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
