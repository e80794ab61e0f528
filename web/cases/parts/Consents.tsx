/** What was given to whom, who looked at this case, and how it is destroyed. */

import { useState } from "react";
import { day, useFetched, usePlace } from "../context";
import type { Part } from "../part";

export function Consents({ whole, does }: Omit<Part, "again">) {
  const { words, language, staff } = usePlace();
  return (
    <div className="stack">
      <section className="part">
        <h3>{words.provisions}</h3>
        {whole.provisions.length === 0 && <p className="faint">{words.empty}</p>}
        {whole.provisions.length > 0 && (
          <div className="table-place" tabIndex={0} role="group" aria-label={words.provisions}>
            <table>
              <thead><tr><th>{words.at}</th><th>{words.recipient}</th><th>{words.items}</th><th>{words.recalledAt}</th></tr></thead>
              <tbody>
                {whole.provisions.map((one, n) => (
                  <tr key={n}>
                    <td>{day(one.at, language, true)}</td><td>{one.recipient}</td><td>{one.items}</td>
                    <td>{one.recalled_at ? day(one.recalled_at, language, true) : "–"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {staff.role === "supervisor" && (
        <>
          <Access id={whole.case.id} />
          <Opposed whole={whole} does={does} />
          <Destroy does={does} />
        </>
      )}
    </div>
  );
}

function Access({ id }: { id: string }) {
  const { words } = usePlace();
  const [open, setOpen] = useState(false);
  return (
    <details className="part" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.access}</summary>
      {open && <AccessLines id={id} />}
    </details>
  );
}

function AccessLines({ id }: { id: string }) {
  const { language } = usePlace();
  const [lines] = useFetched<{ at: string; who: string; action: string }[]>(`cases/${id}/access`);
  return (
    <ul className="lines">
      {lines?.map((line, n) => (
        <li key={n}><span className="faint">{day(line.at, language, true)}</span><bdi>{line.who}</bdi><span>{line.action}</span></li>
      ))}
    </ul>
  );
}

function Opposed({ whole, does }: Omit<Part, "again">) {
  const { words } = usePlace();
  return (
    <details className="part">
      <summary>{words.oppose}</summary>
      <p className="faint">{words.opposeHint}</p>
      {whole.opposed.map((one) => <p key={one}>{one}</p>)}
      <form className="inline-form" onSubmit={(event) => {
        event.preventDefault();
        void does("/opposed", { other: String(new FormData(event.currentTarget).get("other")).trim() });
      }}>
        <label>{words.otherCase}<input name="other" inputMode="numeric" pattern="\d+" required /></label>
        <button type="submit" className="button">{words.save}</button>
      </form>
    </details>
  );
}

function Destroy({ does }: { does: Part["does"] }) {
  const { words } = usePlace();
  return (
    <details className="part">
      <summary>{words.destroy}</summary>
      <p className="faint">{words.destroyHint}</p>
      <form className="form" onSubmit={(event) => {
        event.preventDefault();
        const reason = String(new FormData(event.currentTarget).get("reason"));
        void does("/destroy", { reason }).then((done) => {
          if (done) location.hash = "#/cases";
        });
      }}>
        <label>{words.reason}<input name="reason" minLength={5} maxLength={500} required /></label>
        <label className="tick"><input type="checkbox" required /> {words.destroySure}</label>
        <button type="submit" className="button grave">{words.destroyDo}</button>
      </form>
    </details>
  );
}
