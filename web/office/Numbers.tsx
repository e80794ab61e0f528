/** Live tables of days that are over, their download for a reason, and what was published. */

import { useContext, useState } from "react";
import { download, post } from "./calls";
import { Field, Form, Spoken, time, Trouble, useDoing, useLoaded, useWords } from "./pieces";

interface Table {
  title: string;
  columns: string[];
  rows: { label: string; numbers: (number | null)[]; share: number | null }[];
}

interface Sheet {
  everybody: number | null;
  tables: Table[];
  indicators: { name: string; label: Record<string, string>; value: number | null }[];
  until: string;
}

interface Released {
  id: number;
  source: string;
  first: string;
  until: string;
  at: number;
}

export function Numbers() {
  const words = useWords();
  const language = useContext(Spoken);
  const [days, setDays] = useState({ first: "", until: "", source: "cases" });
  const query = new URLSearchParams({ ...days, language });
  const { data, trouble } = useLoaded<Sheet>(`numbers?${query.toString()}`);
  const released = useLoaded<Released[]>("numbers/releases");
  const doing = useDoing();
  function publish(): void {
    if (!window.confirm(words.publishSure)) return;
    doing.run(async () => {
      await post("numbers/releases", days);
      released.again();
    });
  }
  return (
    <>
      <Form onSend={(given) => setDays({ first: given["first"] ?? "", until: given["until"] ?? "", source: given["source"] ?? "cases" })}>
        <label className="field">
          <span>{words.counted}</span>
          <select name="source" defaultValue={days.source}>
            <option value="cases">{words.countedTalks}</option>
            <option value="followed">{words.countedCases}</option>
          </select>
        </label>
        <Field name="first" label={words.from} type="date" required={false} />
        <Field name="until" label={words.until} type="date" required={false} />
        <button type="submit" className="button">{words.show}</button>
      </Form>
      <Trouble text={trouble || doing.trouble} />
      <p className="soft">{words.hidden}</p>
      {data && <Figures sheet={data} />}
      <div className="tables">{data?.tables.map((table) => <Shown key={table.title} table={table} />)}</div>
      <Form onSend={(given) => doing.run(() => download("numbers/sheet", { ...days, ...given }, "numbers.csv"))}>
        <Field name="reason" label={words.reason} />
        <button type="submit" className="button" disabled={doing.busy}>{words.csv}</button>
        <button type="button" className="button primary" disabled={doing.busy} onClick={publish}>{words.publish}</button>
      </Form>
      <h2>{words.published}</h2>
      {released.data?.length === 0 && <p>{words.nothing}</p>}
      <ul className="list">
        {released.data?.map((one) => (
          <li key={one.id}>
            <a href={`/numbers/${one.id}`}>{one.first} ~ {one.until}</a> <span className="soft">{time(one.at, language)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Figures({ sheet }: { sheet: Sheet }) {
  const words = useWords();
  const language = useContext(Spoken);
  return (
    <dl className="figures">
      <div><dt>{words.everybody}</dt><dd>{sheet.everybody ?? "–"}</dd></div>
      {sheet.indicators.map((one) => (
        <div key={one.name}><dt>{one.label[language]}</dt><dd>{one.value ?? "–"}</dd></div>
      ))}
    </dl>
  );
}

function Shown({ table }: { table: Table }) {
  const most = Math.max(1, ...table.rows.map((row) => row.numbers.at(-1) ?? 0));
  return (
    <section className="box">
      <h2>{table.title}</h2>
      <div className="wide" tabIndex={0} role="region" aria-label={table.title}>
        <table>
          <thead>
            <tr><th scope="col"><span className="aside">{table.title}</span></th>
              {table.columns.map((column) => <th key={column} scope="col">{column}</th>)}<th aria-hidden="true" /></tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                {row.numbers.map((one, n) => <td key={n}>{one ?? "–"}</td>)}
                <td className="bar-cell" aria-hidden="true">{row.numbers.at(-1) != null && <progress max={most} value={row.numbers.at(-1) ?? 0} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
