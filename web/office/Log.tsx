/** The monthly review of the access log: who did what how often, what stands out, what was found. */

import { useContext, useState } from "react";
import { post } from "./calls";
import { Field, Form, Spoken, time, Trouble, useDoing, useLoaded, useWords } from "./pieces";

interface Month {
  lines: number;
  whole: boolean;
  people: { name: string; actions: Record<string, number>; night: number }[];
  many: { name: string; day: string; count: number }[];
  downloads: { at: number; name: string; action: string; why: string }[];
}

interface Reviews {
  due: string;
  reviews: { month: string; by: string; findings: string; lines: number; at: number }[];
}

export function Log() {
  const words = useWords();
  const listed = useLoaded<Reviews>("log");
  const [month, setMonth] = useState("");
  const shown = month || listed.data?.due;
  return (
    <>
      <Trouble text={listed.trouble} />
      <Form onSend={(given) => setMonth(given["month"] ?? "")}>
        <Field key={shown} name="month" label={words.month} type="month" value={shown ?? ""} />
        <button type="submit" className="button">{words.show}</button>
      </Form>
      {shown && <Review key={shown} month={shown} done={listed.data?.reviews.some((one) => one.month === shown) ?? false} again={listed.again} />}
      <h2>{words.reviewed}</h2>
      {listed.data?.reviews.length === 0 && <p>{words.nothing}</p>}
      <ul className="list">
        {listed.data?.reviews.map((one) => <li key={one.month}><strong>{one.month}</strong> {one.by} · {one.findings}</li>)}
      </ul>
    </>
  );
}

function Review({ month, done, again }: { month: string; done: boolean; again: () => void }) {
  const words = useWords();
  const language = useContext(Spoken);
  const { data, trouble } = useLoaded<Month>(`log/${month}`);
  const doing = useDoing();
  function sign(given: Record<string, string>): void {
    doing.run(async () => {
      await post(`log/${month}`, given);
      again();
    });
  }
  return (
    <section className="box" aria-label={month}>
      <p className="head"><strong>{month}</strong> {words.lines} {data?.lines ?? "…"}
        {data && <span className={data.whole ? "badge" : "badge bad"}>{data.whole ? words.whole : words.broken}</span>}</p>
      <div className="wide" tabIndex={0} role="region" aria-label={`${month}: ${words.lines}`}>
        <table>
          <tbody>
            {data?.people.map((one) => (
              <tr key={one.name}>
                <th scope="row">{one.name}</th>
                <td className="left">{Object.entries(one.actions).map(([act, many]) => `${act} ${many}`).join(" · ")}</td>
                <td>{one.night > 0 && `${words.night} ${one.night}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data && data.many.length > 0 && <h3>{words.much}</h3>}
      <ul className="list">{data?.many.map((one, n) => <li key={n}>{one.day} {one.name} {one.count}</li>)}</ul>
      {data && data.downloads.length > 0 && <h3>{words.downloads}</h3>}
      <ul className="list">
        {data?.downloads.map((one, n) => <li key={n}>{time(one.at, language)} {one.name} · {one.why}</li>)}
      </ul>
      {!done && (
        <Form onSend={sign}>
          <Field name="findings" label={words.findings} area />
          <button type="submit" className="button primary" disabled={doing.busy}>{words.sign}</button>
        </Form>
      )}
      <Trouble text={trouble || doing.trouble} />
    </section>
  );
}
