/** The network: every agency with what it does and how to reach it, and who signs in for it. */

import { useContext } from "react";
import { post } from "./calls";
import { Field, Form, Spoken, Trouble, useDoing, useLoaded, useWords } from "./pieces";
import type { Staff } from "./calls";

type Text = Record<string, string>;

interface Agency {
  id: string;
  name: Text;
  kind: string;
  services: string[];
  languages: string[];
  hours: Text;
  area: Text;
  capacity: number | null;
  eligible: Text;
  reach: Text;
  roles: string[];
  answers_within_days: number;
  source: string;
  checked_on: string;
  certainty: string;
  demo: boolean;
  ended: boolean;
  people: { id: number; name: string; role: string }[];
}

interface Told {
  services: { id: string; name: Text }[];
  agencies: Agency[];
}

const PATH = "/cases/api/network";
const TEXTS = ["name", "hours", "area", "eligible", "reach"] as const;

export function Network({ staff }: { staff: Staff }) {
  const words = useWords();
  const { data, trouble, again } = useLoaded<Told>(PATH);
  const edits = staff.role === "admin";
  return (
    <>
      <p>{words.networkHint}</p>
      <Trouble text={trouble} />
      {edits && data && (
        <details className="box">
          <summary>{words.newAgency}</summary>
          <Edit services={data.services} again={again} />
        </details>
      )}
      {data?.agencies.map((one) => <Card key={one.id} one={one} services={data.services} edits={edits} again={again} />)}
    </>
  );
}

interface Given {
  one: Agency;
  services: Told["services"];
  edits: boolean;
  again: () => void;
}

function Card({ one, services, edits, again }: Given) {
  const words = useWords();
  const language = useContext(Spoken);
  const say = (text: Text) => text[language] ?? text["ko"] ?? "";
  const given = services.filter((each) => one.services.includes(each.id));
  const facts: [string, string][] = [
    [words.services, given.map((each) => say(each.name)).join(", ")],
    [words.languages, one.languages.join(", ")],
    [words.hours, say(one.hours)],
    [words.area, say(one.area)],
    [words.capacity, one.capacity === null ? "–" : String(one.capacity)],
    [words.eligible, say(one.eligible)],
    [words.reach, say(one.reach)],
    [words.speakers, one.roles.join(", ")],
    [words.checked, `${one.checked_on} · ${one.source}`],
  ];
  return (
    <section className="box" aria-label={say(one.name)}>
      <h2 className="breaks">{say(one.name)}</h2>
      {(one.demo || one.ended) && <p><strong>{one.ended ? words.ended : words.demo}</strong></p>}
      <dl className="facts">
        {facts.map(([title, value]) => (
          <div key={title}><dt>{title}</dt><dd className="breaks">{value || "–"}</dd></div>
        ))}
      </dl>
      <People one={one} edits={edits} again={again} />
      {edits && (
        <details>
          <summary>{words.edit}</summary>
          <Edit one={one} services={services} again={again} />
        </details>
      )}
    </section>
  );
}

function People({ one, edits, again }: Omit<Given, "services">) {
  const words = useWords();
  const { busy, trouble, run } = useDoing();
  const path = `${PATH}/${one.id}/people`;
  return (
    <>
      <h3>{words.people}</h3>
      {one.people.length === 0 && <p>{words.nobodySignsIn}</p>}
      <ul className="list">
        {one.people.map((who) => (
          <li key={who.id} className="breaks">
            {who.name} · {who.role}{" "}
            {edits && (
              <button type="button" className="button quiet" disabled={busy}
                onClick={() => run(async () => { await post(`${path}/${who.id}/dismiss`, {}); again(); })}>{words.dismiss}</button>
            )}
          </li>
        ))}
      </ul>
      {edits && (
        <details>
          <summary>{words.addPerson}</summary>
          <Form onSend={(given) => run(async () => { await post(path, given); again(); })}>
            <Field name="name" label={words.name} />
            <Field name="role" label={words.roleThere} />
            <Field name="password" label={words.firstPassword} type="password" />
            <button type="submit" className="button primary" disabled={busy}>{words.save}</button>
          </Form>
        </details>
      )}
      <Trouble text={trouble} />
    </>
  );
}

function Edit({ one, services, again }: { one?: Agency; services: Told["services"]; again: () => void }) {
  const words = useWords();
  const language = useContext(Spoken);
  const { busy, trouble, run } = useDoing();
  return (
    <>
      <Form onSend={(given) => run(async () => { await post(`${PATH}/${one?.id ?? given["id"]}`, body(given, services)); again(); })}>
        {!one && <Field name="id" label={words.agencyId} />}
        {TEXTS.map((name) => (
          <span key={name} className="pair">
            <Field name={`${name}.ko`} label={`${titles(words)[name]} (한국어)`} value={one?.[name]["ko"] ?? ""} />
            <Field name={`${name}.en`} label={`${titles(words)[name]} (English)`} value={one?.[name]["en"] ?? ""} />
          </span>
        ))}
        <Field name="kind" label={words.kind} value={one?.kind ?? ""} />
        <fieldset className="ticks">
          <legend>{words.services}</legend>
          {services.map((each) => (
            <label key={each.id}>
              <input type="checkbox" name={`service.${each.id}`} defaultChecked={one?.services.includes(each.id)} /> {each.name[language] ?? each.name["ko"]}
            </label>
          ))}
        </fieldset>
        <Field name="languages" label={words.languagesHint} value={one?.languages.join(", ") ?? "ko"} />
        <Field name="roles" label={words.speakersHint} value={one?.roles.join(", ") ?? ""} required={false} />
        <Field name="capacity" label={words.capacity} type="number" value={one?.capacity?.toString() ?? ""} required={false} />
        <Field name="answers_within_days" label={words.answersWithin} type="number" value={String(one?.answers_within_days ?? 7)} />
        <Field name="source" label={words.source} value={one?.source ?? ""} />
        <Field name="checked_on" label={words.checkedOn} type="date" value={one?.checked_on ?? ""} />
        <label><input type="checkbox" name="ended" defaultChecked={one?.ended} /> {words.ended}</label>
        <button type="submit" className="button primary" disabled={busy}>{words.save}</button>
      </Form>
      <Trouble text={trouble} />
    </>
  );
}

type Titles = Record<(typeof TEXTS)[number], string>;

function titles(words: ReturnType<typeof useWords>): Titles {
  return { name: words.agencyName, hours: words.hours, area: words.area, eligible: words.eligible, reach: words.reach };
}

/** What the form says, as an entry of the directory. */
function body(given: Record<string, string>, services: Told["services"]): object {
  const texts = TEXTS.map((name) => [name, { ko: given[`${name}.ko`], en: given[`${name}.en`] }]);
  const listed = (name: string) => (given[name] ?? "").split(",").map((part) => part.trim()).filter(Boolean);
  return {
    ...Object.fromEntries(texts),
    kind: given["kind"],
    services: services.map((each) => each.id).filter((id) => given[`service.${id}`]),
    languages: listed("languages"),
    roles: listed("roles"),
    capacity: given["capacity"] ? Number(given["capacity"]) : null,
    answers_within_days: Number(given["answers_within_days"]),
    source: given["source"],
    checked_on: given["checked_on"],
    certainty: "H",
    demo: false,
    ended: Boolean(given["ended"]),
  };
}
