/** The monthly review of the access log. */

import { useState } from "react";
import { day, useAct, useFetched, usePlace } from "../context";
import type { Review as Found, ReviewLine } from "../contract";

export function Review() {
  const { words } = usePlace();
  const [month, setMonth] = useState(() => new Date().toISOString().slice(0, 7));
  const [shown, setShown] = useState("");
  return (
    <section className="part" aria-label={words.review}>
      <h3>{words.review}</h3>
      <form className="inline-form" onSubmit={(event) => {
        event.preventDefault();
        setShown(month);
      }}>
        <label>{words.month}<input type="month" value={month} required onChange={(event) => setMonth(event.target.value)} /></label>
        <button type="submit" className="button">{words.show}</button>
      </form>
      {shown && <Month key={shown} month={shown} />}
    </section>
  );
}

function Month({ month }: { month: string }) {
  const { api, words } = usePlace();
  const act = useAct();
  const [found, again] = useFetched<Found>(`review/${month}`);
  if (!found) return <p className="faint">{words.loading}</p>;
  return (
    <>
      <ul className="records">
        {found.staff.map((one) => (
          <li key={one.who}>
            <p><strong><bdi>{one.who}</bdi></strong> · {words.files(one.files)}</p>
            <p className="faint">{Object.entries(one.acts).map(([action, n]) => `${action} ${n}`).join(" · ")}</p>
          </li>
        ))}
      </ul>
      <Lines title={words.atNight} lines={found.at_night} />
      <Lines title={words.downloads} lines={found.downloads} />
      <Lines title={words.reviews} lines={found.reviews} />
      <form className="inline-form" onSubmit={(event) => {
        event.preventDefault();
        const reason = String(new FormData(event.currentTarget).get("reason"));
        void act(() => api.post(`review/${month}`, { reason })).then(again);
      }}>
        <label>{words.reviewDone}<input name="reason" minLength={5} maxLength={500} required /></label>
        <button type="submit" className="button">{words.save}</button>
      </form>
    </>
  );
}

function Lines({ title, lines }: { title: string; lines: ReviewLine[] }) {
  const { words, language } = usePlace();
  return (
    <>
      <h4>{title}</h4>
      {lines.length === 0 && <p className="faint">{words.none}</p>}
      <ul className="lines">
        {lines.slice(0, 100).map((line, n) => (
          <li key={n}>
            <span className="faint">{day(line.at, language, true)}</span>
            <bdi>{line.who}</bdi>
            <span>{line.action}{line.case && ` · ${line.case}`}{line.detail && ` · ${line.detail}`}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
