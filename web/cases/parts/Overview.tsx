/** At a glance: what is to be done now, what she said, who has the case. */

import { useState } from "react";
import { day, usePlace, useSaid } from "../context";
import type { Answer } from "../contract";
import type { Part } from "../part";

export function Overview({ whole, does, onTab }: Part & { onTab: (tab: "work" | "referrals") => void }) {
  const { words, language } = usePlace();
  const said = useSaid();
  const tasks = whole.records.filter((one) => one.kind === "task" && one.status === "open");
  return (
    <div className="columns">
      <section className="part">
        <h3>{words.nextSteps}</h3>
        {tasks.length === 0 && <p className="faint">{words.nothingDue}</p>}
        <ul className="lines">
          {tasks.map((task) => (
            <li key={task.id}>
              <span>{String(task.fields["what"] ?? "")}</span>
              {task.due && <span className="faint">{words.dueOn(day(task.due, language))}</span>}
              <button type="button" className="button" onClick={() => void does(`/records/${task.id}/move`, { event: "done" })}>
                {words.events["done"]}
              </button>
            </li>
          ))}
        </ul>
        <ul className="lines">
          {whole.referrals.map((one) => (
            <li key={one.id}>
              <button type="button" className="link" onClick={() => onTab("referrals")}>{said(one.service_name)}</button>
              <span className={`chip ${one.status}`}>{words.referralStatus[one.status]}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="part">
        <h3>{words.application}</h3>
        <p className="faint">{words.applicationHint}</p>
        {whole.how && <p className="faint">{words.takenBy(whole.taken_by, words.how[whole.how] ?? "")}</p>}
        <dl className="fields">{whole.answers.map((one) => <Said key={one.name} answer={one} />)}</dl>
        {Object.entries(whole.police).map(([name, value]) => (
          <p key={name}>{words.police[name as keyof typeof words.police]}: {value}</p>
        ))}
        {whole.caller && <p>{words.calledBy(whole.caller === "other" ? words.callers.other : whole.caller)}</p>}
        {whole.note && <p dir="auto">{whole.note}</p>}
      </section>
      <section className="part">
        <h3>{words.planPlace}</h3>
        <p className="faint">{words.planHint}</p>
        <Members whole={whole} does={does} />
        {whole.earlier.length > 0 && (
          <>
            <h3>{words.earlier}</h3>
            <ul className="lines">
              {whole.earlier.map((row) => (
                <li key={row.id}><a href={`#/case/${row.id}`}>{row.handle}</a><span className="faint">{day(row.opened_at, language)}</span></li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

/** What identifies her stays covered until it is asked for. */
function Said({ answer }: { answer: Answer }) {
  const { words, language } = usePlace();
  const [open, setOpen] = useState(false);
  const title = language === "en" ? answer.title_en : answer.title;
  const value = language === "en" ? answer.value_en : answer.value;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {!answer.private || open ? <span dir="auto">{value}</span> : <span role="img" aria-label={words.hidden(title)}>●●●●●</span>}{" "}
        {answer.private && (
          <button type="button" className="link" aria-expanded={open} aria-label={`${title} ${open ? words.hide : words.reveal}`}
            onClick={() => setOpen(!open)}>
            {open ? words.hide : words.reveal}
          </button>
        )}
      </dd>
    </div>
  );
}

function Members({ whole, does }: Omit<Part, "again">) {
  const { words, directory } = usePlace();
  const there = new Set(whole.members.map((one) => one.id));
  return (
    <>
      <h3>{words.members}</h3>
      <ul className="lines">
        {whole.members.map((one) => (
          <li key={one.id}>
            <bdi>{one.name}</bdi>
            {whole.members.length > 1 && (
              <button type="button" className="link" onClick={() => void does("/members", { staff: one.id, leaves: true })}>{words.leaves}</button>
            )}
          </li>
        ))}
      </ul>
      <form className="inline-form" onSubmit={(event) => {
        event.preventDefault();
        void does("/members", { staff: Number(new FormData(event.currentTarget).get("staff")) });
      }}>
        <label>{words.addMember}
          <select name="staff">
            {directory.staff.filter((one) => !there.has(one.id)).map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
          </select>
        </label>
        <button type="submit" className="button">{words.add}</button>
      </form>
    </>
  );
}
