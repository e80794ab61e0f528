/** Whether she was asked how it was: once, and never what she answered. */

import { useState } from "react";
import { day, useAct, usePlace } from "../context";
import type { Part } from "../part";

export function Opinion({ whole, again }: Pick<Part, "whole" | "again">) {
  const { api, words, language } = usePlace();
  const act = useAct();
  const [code, setCode] = useState("");
  const asked = whole.records.filter((one) => one.kind === "opinion");
  const given = whole.referrals.some((one) => one.status === "delivered" || one.status === "closed");
  const open = given && asked.every((one) => one.status === "cancel");
  const hand = () =>
    void act(async () => {
      setCode((await api.post<{ code: string }>(`cases/${whole.case.id}/opinion`)).code);
      again();
    });
  return (
    <section className="part" aria-label={words.opinion}>
      <h3>{words.opinion}</h3>
      <p className="faint">{words.opinionHint}</p>
      <ul className="lines">
        {asked.map((one) => (
          <li key={one.id}>
            <span className="faint">{day(one.due ?? one.at, language, true)}</span>
            <span className={`chip ${one.status}`}>{words.recordStatus[one.status]}</span>
          </li>
        ))}
      </ul>
      {open && !code && <button type="button" className="button" onClick={hand}>{words.opinionHand}</button>}
      {code && <p role="status" className="note">{words.opinionCode} <strong><bdi>{code}</bdi></strong></p>}
    </section>
  );
}
