/** Rounds of the survey: begin one, make invitations that are shown once, destroy the answers. */

import { useContext, useState } from "react";
import { post } from "./calls";
import { Field, Form, Spoken, time, Trouble, useDoing, useLoaded, useWords } from "./pieces";

interface Round {
  id: string;
  name: string;
  opens: number;
  closes: number;
  invited: number;
  destroyed: boolean;
  open: boolean;
  answers: number | null;
}

export function Surveys() {
  const words = useWords();
  const { data, trouble, again } = useLoaded<Round[]>("surveys");
  const doing = useDoing();
  function begin(given: Record<string, string>): void {
    doing.run(async () => {
      await post("surveys", given);
      again();
    });
  }
  return (
    <>
      <Form onSend={begin}>
        <Field name="name" label={words.name} />
        <Field name="first" label={words.first} type="date" />
        <Field name="last" label={words.last} type="date" />
        <button type="submit" className="button primary" disabled={doing.busy}>{words.begin}</button>
      </Form>
      <Trouble text={trouble || doing.trouble} />
      {data?.length === 0 && <p>{words.nothing}</p>}
      {data?.map((one) => <Card key={one.id} one={one} again={again} />)}
    </>
  );
}

function Card({ one, again }: { one: Round; again: () => void }) {
  const words = useWords();
  const language = useContext(Spoken);
  const { busy, trouble, run } = useDoing();
  const [codes, setCodes] = useState<string[]>([]);
  const state = one.destroyed ? words.destroyed : one.open ? words.open : words.closed;
  function invite(given: Record<string, string>): void {
    run(async () => {
      const made = await post<{ codes: string[] }>(`surveys/${one.id}/invite`, { many: Number(given["many"]) });
      setCodes(made.codes);
      again();
    });
  }
  function destroy(): void {
    if (!window.confirm(words.destroySure)) return;
    run(async () => {
      await post(`surveys/${one.id}/destroy`, {});
      again();
    });
  }
  return (
    <section className="box" aria-label={one.name}>
      <p className="head"><strong>{one.name}</strong> <span className="badge">{state}</span></p>
      <p>{time(one.opens, language)} ~ {time(one.closes, language)} · {words.invited} {one.invited} · {words.answers} {one.answers ?? "–"}</p>
      {!one.destroyed && (
        <Form onSend={invite}>
          <Field name="many" label={words.many} type="number" value="20" />
          <button type="submit" className="button" disabled={busy}>{words.invite}</button>
          <button type="button" className="button quiet" disabled={busy} onClick={destroy}>{words.destroy}</button>
        </Form>
      )}
      <Trouble text={trouble} />
      {codes.length > 0 && (
        <div role="status">
          <p>{words.codesOnce}</p>
          <textarea className="codes" readOnly rows={6} value={codes.join("\n")} aria-label={words.invited} />
        </div>
      )}
    </section>
  );
}
