/** When she wants to be asked how she is, and what came of it. */

import { day, usePlace } from "../context";
import type { Part } from "../part";

export function CheckIns({ whole, does }: Omit<Part, "again">) {
  const { words, language, directory } = usePlace();
  const set = whole.records.filter((one) => one.kind === "check_in");
  return (
    <section className="part" aria-label={words.checkIns}>
      <h3>{words.checkIns}</h3>
      <p className="faint">{words.checkInsHint}</p>
      <ul className="lines">
        {set.map((one) => (
          <li key={one.id}>
            <span>{words.after[String(one.fields["after"])]}</span>
            <span className="faint">{day(one.due, language, true)}</span>
            <span className={`chip ${one.status}`}>{words.recordStatus[one.status]}</span>
          </li>
        ))}
      </ul>
      {whole.case.conversation && (
        <form className="form" onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const after = new FormData(form).getAll("after").map(String);
          if (after.length) void does("/check-ins", { after }).then((done) => done && form.reset());
        }}>
          <fieldset>
            <legend className="hidden">{words.checkIns}</legend>
            {directory.follow_ups.map((one) => (
              <label key={one} className="tick"><input type="checkbox" name="after" value={one} /> {words.after[one]}</label>
            ))}
          </fieldset>
          <button type="submit" className="button primary">{words.setCheckIns}</button>
        </form>
      )}
    </section>
  );
}
