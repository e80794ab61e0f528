/** Who works when: supervisors and admins plan it, everybody reads it. */

import { useEffect, useState, type FormEvent } from "react";
import { Refusal } from "../api";
import type { Plan, PlannedShift } from "../contract";
import { useDesk, useSpoken, useWords } from "../context";
import { dayAndTime } from "../clock";
import { plainName } from "../safe";

export function Planning() {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const [plan, setPlan] = usePlan();
  if (!plan) return null;

  async function changed(call: Promise<Plan>): Promise<boolean> {
    try {
      setPlan(await call);
      return true;
    } catch (error) {
      desk.notify(error instanceof Refusal ? error.message : words.noAnswer, true);
      return false;
    }
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const said = new FormData(form);
    const at = (name: string) => new Date(String(said.get(name))).getTime();
    const kind = said.get("kind") === "call";
    const shift = { staff: Number(said.get("staff")), begins: at("begins"), ends: at("ends"), on_call: kind, mail: kind ? String(said.get("mail") ?? "") : "" };
    if (await changed(desk.api.planShift(shift))) form.reset();
  }

  return (
    <section>
      <h2>{work.plan}</h2>
      <p className="faint">{work.planHint}</p>
      <PlanList shifts={plan.shifts} onRemove={(one) => void changed(desk.api.removeShift(one.id))} />
      <form className="hours plan" onSubmit={(event) => void submit(event)}>
        <label>{work.planWho}<select name="staff" required defaultValue="">
          <option value="" />
          {plan.people.map((one) => <option key={one.id} value={one.id}>{plainName(one.pseudonym)}</option>)}
        </select></label>
        <label>{work.planKind}<select name="kind"><option value="desk">{work.planDesk}</option><option value="call">{work.planCall}</option></select></label>
        <label>{work.planBegins}<input name="begins" type="datetime-local" required /></label>
        <label>{work.planEnds}<input name="ends" type="datetime-local" required /></label>
        <label>{work.planMail}<input name="mail" type="email" maxLength={200} autoComplete="off" /></label>
        <button type="submit" className="button primary">{work.planDo}</button>
      </form>
    </section>
  );
}

/** My own shifts of the next days. */
export function MyShifts({ mine }: { mine: number }) {
  const { work } = useWords();
  const [plan] = usePlan();
  const shifts = plan?.shifts.filter((one) => one.staff === mine) ?? [];
  if (shifts.length === 0) return null;
  return <section><h3>{work.planMine}</h3><PlanList shifts={shifts.slice(0, 5)} /></section>;
}

function PlanList({ shifts, onRemove }: { shifts: PlannedShift[]; onRemove?: (one: PlannedShift) => void }) {
  const { words: { work }, language } = useSpoken();
  if (shifts.length === 0) return <p className="faint">{work.planNone}</p>;
  return (
    <ul className="plan-list">
      {shifts.map((one) => (
        <li key={one.id}>
          <bdi>{plainName(one.pseudonym)}</bdi>
          <span>{dayAndTime(one.begins, language)} – {dayAndTime(one.ends, language)}</span>
          <span>{one.on_call ? work.planCall : work.planDesk}</span>
          {onRemove && <button type="button" className="button quiet" aria-label={work.planRemoveOf(one.pseudonym)} onClick={() => onRemove(one)}>{work.planRemove}</button>}
        </li>
      ))}
    </ul>
  );
}

function usePlan(): [Plan | null, (plan: Plan) => void] {
  const desk = useDesk();
  const [plan, setPlan] = useState<Plan | null>(null);
  useEffect(() => void desk.api.shifts().then(setPlan).catch(() => undefined), [desk]);
  return [plan, setPlan];
}
