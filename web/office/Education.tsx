/** Requests for education: a calendar of what is agreed, what waits, and the year in numbers. */

import { useContext, useState } from "react";
import { post } from "./calls";
import { Field, Form, Spoken, Trouble, useDoing, useLoaded, useWords } from "./pieces";

type Named = Record<string, Record<string, string>>;

interface Request {
  id: string;
  status: string;
  kind: string;
  audience: string;
  program: string;
  people: number;
  held_on: string | null;
  rating: number | null;
  body: Record<string, string> & { dates?: string[] };
}

interface Year {
  year: string;
  asked: number;
  held: number;
  attended: number;
  minutes: number;
  rating: number | null;
}

interface Told {
  words: Record<"kind" | "audience" | "program" | "theme" | "status", Named>;
  requests: Request[];
  years: Year[];
}

export function Education() {
  const words = useWords();
  const { data, trouble, again } = useLoaded<Told>("education");
  const agreed = (data?.requests ?? []).filter((one) => one.status === "confirmed");
  agreed.sort((one, two) => (one.held_on ?? "").localeCompare(two.held_on ?? ""));
  return (
    <>
      <Trouble text={trouble} />
      <h2>{words.calendar}</h2>
      {agreed.length === 0 && <p>{words.nothing}</p>}
      <ul className="list">
        {agreed.map((one) => (
          <li key={one.id}><strong>{one.held_on}</strong> {one.body["organization"]} · {one.body["instructor"]}</li>
        ))}
      </ul>
      <h2>{words.asked}</h2>
      {data?.requests.length === 0 && <p>{words.nothing}</p>}
      {data?.requests.map((one) => <Card key={one.id} one={one} named={data.words} again={again} />)}
      <h2>{words.year}</h2>
      <div className="wide" tabIndex={0} role="region" aria-label={words.year}>
        <table>
          <thead>
            <tr>{[words.year, words.asked, words.held, words.attended, words.minutes, words.rating].map((one) => (
              <th key={one} scope="col">{one}</th>
            ))}</tr>
          </thead>
          <tbody>
            {data?.years.map((one) => (
              <tr key={one.year}>
                <th scope="row">{one.year}</th><td>{one.asked}</td><td>{one.held}</td><td>{one.attended}</td>
                <td>{one.minutes}</td><td>{one.rating ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Card({ one, named, again }: { one: Request; named: Told["words"]; again: () => void }) {
  const language = useContext(Spoken);
  const words = useWords();
  const say = (kind: keyof Told["words"], key: string) => named[kind][key]?.[language] ?? key;
  return (
    <section className="box" aria-label={one.body["organization"]}>
      <p className="head"><strong>{one.body["organization"]}</strong> <span className="badge">{say("status", one.status)}</span></p>
      <p>{say("kind", one.kind)} · {say("audience", one.audience)} · {say("program", one.program)} · {say("theme", one.body["theme"] ?? "")} · {one.people}</p>
      <p className="soft">{one.body["contact"]} · {one.body["phone"]} · {one.body["place"]} · {words.wishes}: {(one.body.dates ?? []).join(", ")}</p>
      {one.body["note"] && <p>{one.body["note"]}</p>}
      {one.body["feedback"] && <p>{one.rating} · {one.body["feedback"]}</p>}
      <Acts one={one} again={again} />
    </section>
  );
}

function Acts({ one, again }: { one: Request; again: () => void }) {
  const words = useWords();
  const { busy, trouble, run } = useDoing();
  const [open, setOpen] = useState("");
  const labels: Record<string, string> = {
    confirm: words.confirm, decline: words.decline, hold: words.hold, cancel: words.cancelEducation,
  };
  const acts = one.status === "asked" ? ["confirm", "decline"] : one.status === "confirmed" ? ["hold", "cancel"] : [];
  function act(given: Record<string, string>): void {
    const numbers = open === "hold" ? { attended: Number(given["attended"]), minutes: Number(given["minutes"]) } : {};
    run(async () => {
      await post(`education/${one.id}/${open}`, { ...given, ...numbers });
      setOpen("");
      again();
    });
  }
  return (
    <>
      <p className="acts">
        {acts.map((name) => (
          <button key={name} type="button" className="button" aria-pressed={open === name} onClick={() => setOpen(open === name ? "" : name)}>
            {labels[name]}
          </button>
        ))}
      </p>
      {open && (
        <Form key={open} onSend={act}>
          {open === "confirm" && <Field name="held_on" label={words.day} type="date" value={one.body.dates?.[0] ?? ""} />}
          {open === "confirm" && <Field name="instructor" label={words.instructor} />}
          {open === "hold" && <Field name="attended" label={words.attended} type="number" value={String(one.people)} />}
          {open === "hold" && <Field name="minutes" label={words.minutes} type="number" value="50" />}
          {open !== "hold" && <Field name="answer" label={words.answer} required={open !== "confirm"} />}
          <button type="submit" className="button primary" disabled={busy}>{labels[open]}</button>
        </Form>
      )}
      <Trouble text={trouble} />
    </>
  );
}
