/** The network around her: who gives what, when, to whom, how to reach them, and since when we know. */

import { useState } from "react";
import { day, usePlace, useSaid } from "../context";
import { languageName } from "../../desk/languages";
import type { Agency } from "../contract";

export function Network() {
  const { words, directory } = usePlace();
  const said = useSaid();
  const [service, setService] = useState("");
  const shown = directory.agencies.filter((one) => !service || one.services.includes(service));
  return (
    <main className="page" tabIndex={0}>
      <h2>{words.nav.network}</h2>
      <div className="acts">
        <button type="button" className="button" aria-pressed={!service} onClick={() => setService("")}>{words.all}</button>
        {directory.services.map((one) => (
          <button key={one.id} type="button" className="button" aria-pressed={service === one.id} onClick={() => setService(one.id)}>
            {said(one.name)}
          </button>
        ))}
      </div>
      <div className="columns">{shown.map((one) => <One key={one.id} agency={one} />)}</div>
    </main>
  );
}

function One({ agency }: { agency: Agency }) {
  const { words, language, directory } = usePlace();
  const said = useSaid();
  const names = new Map(directory.services.map((one) => [one.id, said(one.name)]));
  const told: [string, string][] = [
    [words.service, agency.services.map((one) => names.get(one)).join(", ")],
    [words.reach, said(agency.reach)],
    [words.hours, said(agency.hours)],
    [words.eligible, said(agency.eligible)],
    [words.roles, agency.roles.join(", ")],
    [words.languages, agency.languages.map((one) => languageName(one, language)).join(", ")],
    [words.checkedOn, day(agency.checked_on, language)],
  ];
  return (
    <section className="part" aria-label={said(agency.name)}>
      <div className="part-head">
        <h3>{said(agency.name)}</h3>
        {agency.demo && <span className="chip demo">{words.demo}</span>}
      </div>
      <dl className="fields">
        {told.map(([title, value]) => <div key={title}><dt>{title}</dt><dd>{value}</dd></div>)}
      </dl>
      {agency.limits && <p className="faint">{words.limits(agency.limits.guards, agency.limits.hours_a_day, agency.limits.days)}</p>}
    </section>
  );
}
