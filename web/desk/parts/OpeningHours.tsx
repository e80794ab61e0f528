/** When the desk is open, and who is paged when it is not. */

import { useEffect, useState, type FormEvent } from "react";
import { Refusal } from "../api";
import type { Hours } from "../contract";
import { useDesk, useWords } from "../context";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export function OpeningHours() {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const [hours, setHours] = useState<Hours | null>(null);
  useEffect(() => void desk.api.hours().then((told) => setHours(told.hours)).catch(() => undefined), [desk]);
  if (!hours) return null;

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string) => String(form.get(name) ?? "").trim();
    const listed = (name: string) => said(name).split(/[\s,]+/u).filter(Boolean);
    const week = Object.fromEntries(DAYS.filter((day) => said(`${day}-from`) && said(`${day}-to`))
      .map((day) => [day, [[said(`${day}-from`), said(`${day}-to`)]]]));
    const onCall = { hook: said("hook") || null, mail: listed("mail"), urgency: 1 };
    try {
      await desk.api.setHours({ week, holidays: listed("holidays"), on_call: onCall });
      desk.notify(work.hoursKept);
    } catch (error) {
      desk.notify(error instanceof Refusal ? error.message : words.noAnswer, true);
    }
  }

  return (
    <section>
      <h2>{work.hours}</h2>
      <p className="faint">{work.hoursHint}</p>
      <form className="hours" onSubmit={(event) => void submit(event)}>
        {DAYS.map((day, n) => (
          <p key={day} className="pair"><span className="day">{work.days[n]}</span>
            <input name={`${day}-from`} type="time" defaultValue={hours.week[day]?.[0]?.[0] ?? ""} aria-label={`${work.days[n]} ${work.hoursFrom}`} />
            <input name={`${day}-to`} type="time" defaultValue={hours.week[day]?.[0]?.[1] ?? ""} aria-label={`${work.days[n]} ${work.hoursTo}`} /></p>
        ))}
        <label>{work.holidays}<input name="holidays" type="text" defaultValue={hours.holidays.join(", ")} /></label>
        <label>{work.onCallHook}<input name="hook" type="url" defaultValue={hours.on_call.hook ?? ""} /></label>
        <label>{work.onCallMail}<input name="mail" type="text" defaultValue={hours.on_call.mail.join(", ")} /></label>
        <button type="submit" className="button primary">{work.hoursDo}</button>
      </form>
    </section>
  );
}
