/** The place of those who read no conversation: accounts, opening hours, the access log. */

import { useEffect, useState, type FormEvent } from "react";
import { Refusal } from "../api";
import type { Account, Hours, Staff } from "../contract";
import { useDesk, useWords } from "../context";
import { plainName } from "../safe";
import { Access } from "./Access";
import { Factor } from "./Factor";
import { Notices } from "./Notices";
import { Planning } from "./Planning";
import { TopBar } from "./TopBar";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export function Office({ staff }: { staff: Staff }) {
  return (
    <div className="office">
      <TopBar staff={staff} onHelp={null} />
      <main className="office-body">
        {staff.role === "auditor" && <Access />}
        {staff.role === "admin" && <><Accounts mine={staff.id ?? 0} /><Planning /><OpeningHours /></>}
        <Factor />
      </main>
      <Notices />
    </div>
  );
}

export function Accounts({ mine }: { mine: number }) {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const [accounts, setAccounts] = useState<Account[]>([]);
  const look = () => void desk.api.accounts().then(setAccounts).catch(() => undefined);
  useEffect(look, [desk]);

  async function dismiss(one: Account): Promise<void> {
    if (!window.confirm(work.dismissSure(plainName(one.name)))) return;
    await desk.api.dismiss(one.id).catch((error) => desk.notify(error instanceof Refusal ? error.message : words.noAnswer, true));
    look();
  }

  async function letBack(one: Account): Promise<void> {
    try {
      const { code } = await desk.api.letBack(one.id);
      desk.notify(code ? work.letBackCode(code) : work.letBackAsked, true);
    } catch (error) {
      desk.notify(error instanceof Refusal ? error.message : words.noAnswer, true);
    }
  }

  return (
    <section>
      <h2>{work.accounts}</h2>
      <ul className="tasks">
        {accounts.map((one) => (
          <li key={one.id} className="account">
            <span><bdi>{plainName(one.name)}</bdi> · <bdi>{plainName(one.pseudonym)}</bdi> · {work.roles[one.role] ?? one.role}
              {one.second_factor && ` · ${work.factor}`}</span>
            {one.id !== mine && (
              <span className="pair">
                <button type="button" className="button" onClick={() => void letBack(one)}>{work.letBack}</button>
                <button type="button" className="button grave" onClick={() => void dismiss(one)}>{work.dismiss}</button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

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
