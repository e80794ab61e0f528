/** Opening hours and ready-made replies. */

import { useEffect, useState } from "react";
import { useSpoken, useStudio } from "../context";
import type { Settings } from "../contract";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const FIRST = 4;

export function HouseSettings() {
  const { words } = useSpoken();
  const studio = useStudio();
  const [kept, setKept] = useState<Settings | null>(null);
  useEffect(() => {
    void studio.try(() => studio.api.settings()).then(setKept);
  }, [studio]);
  if (!kept) return null;
  return (
    <section aria-labelledby="house-title">
      <h2 id="house-title">{words.houseSettings}</h2>
      <div className="house">
        <Hours given={kept.hours ?? DAYS.map((day) => ({ day, opens: "", closes: "" }))} />
        <Canned given={kept.canned ?? []} />
      </div>
    </section>
  );
}

function Hours({ given }: { given: { day: string; opens: string; closes: string }[] }) {
  const { words, language } = useSpoken();
  const studio = useStudio();
  const [rows, setRows] = useState(given);
  const change = (n: number, key: "opens" | "closes", value: string): void =>
    setRows(rows.map((row, at) => (at === n ? { ...row, [key]: value } : row)));
  async function save(): Promise<void> {
    if (await studio.try(() => studio.api.set("hours", rows))) studio.notify(words.saved);
  }
  return (
    <form className="card" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <h3>{words.hours}</h3>
      {rows.map((row, n) => {
        const day = dayName(row.day, language);
        return (
          <p key={row.day} className="row">
            <span className="day">{day}</span>
            <input type="time" aria-label={`${day} ${words.opens}`} value={row.opens} onChange={(event) => change(n, "opens", event.target.value)} />
            <input type="time" aria-label={`${day} ${words.closes}`} value={row.closes} onChange={(event) => change(n, "closes", event.target.value)} />
          </p>
        );
      })}
      <button type="submit" className="button">{words.save}</button>
    </form>
  );
}

function dayName(day: string, language: string): string {
  const date = new Date(Date.UTC(2026, 0, FIRST + 1 + DAYS.indexOf(day)));
  return date.toLocaleDateString(language, { weekday: "short", timeZone: "UTC" });
}

function Canned({ given }: { given: { title: string; text: string }[] }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const [rows, setRows] = useState(given);
  const change = (n: number, key: "title" | "text", value: string): void =>
    setRows(rows.map((row, at) => (at === n ? { ...row, [key]: value } : row)));
  async function save(): Promise<void> {
    const filled = rows.filter((row) => row.title.trim() && row.text.trim());
    if (await studio.try(() => studio.api.set("canned", filled))) studio.notify(words.saved);
  }
  return (
    <form className="card" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <h3>{words.canned}</h3>
      {rows.map((row, n) => (
        <div key={n} className="pair">
          <input aria-label={`${words.cannedTitle} ${n + 1}`} placeholder={words.cannedTitle} value={row.title} maxLength={40} onChange={(event) => change(n, "title", event.target.value)} />
          <textarea aria-label={`${words.cannedText} ${n + 1}`} placeholder={words.cannedText} value={row.text} maxLength={1000} rows={2} onChange={(event) => change(n, "text", event.target.value)} />
        </div>
      ))}
      <p className="row">
        <button type="button" className="button quiet" onClick={() => setRows([...rows, { title: "", text: "" }])}>{words.add}</button>
        <button type="submit" className="button">{words.save}</button>
      </p>
    </form>
  );
}
