/** The supervisor's wall: who waits, how long, who is free, and what is wrong. */

import { useEffect, useState } from "react";
import type { Urgency as Level, Wall as Figures } from "../contract";
import { useDesk, useWords } from "../context";
import { lasted } from "../clock";
import { plainName } from "../safe";
import { Dialog } from "./Dialog";
import { PeopleList } from "./Shift";
import { Urgency } from "./Urgency";

const LOOK_MS = 3_000;

export function Wall({ onClose }: { onClose: () => void }) {
  const { work } = useWords();
  const figures = useFigures();
  return (
    <Dialog title={work.wall} wide onClose={onClose}>
      {figures && <Shown figures={figures} />}
    </Dialog>
  );
}

function useFigures(): Figures | null {
  const desk = useDesk();
  const [figures, setFigures] = useState<Figures | null>(null);
  useEffect(() => {
    const look = () => void desk.api.wall().then(setFigures).catch(() => undefined);
    look();
    const timer = window.setInterval(look, LOOK_MS);
    return () => window.clearInterval(timer);
  }, [desk]);
  return figures;
}

function Shown({ figures }: { figures: Figures }) {
  const words = useWords();
  const { work } = words;
  const waiting = figures.waiting.reduce((sum, one) => sum + one, 0);
  const longest = figures.longest_since ? Date.parse(figures.now) - Date.parse(figures.longest_since) : null;
  const time = (ms: number | null) => (ms === null ? "–" : lasted(ms, words));
  return (
    <div className="wall">
      <ul className="alarms" role="status">
        {figures.alarms.map((code) => (
          <li key={code}>{work.alarms[code] ?? code}{code === "missing" && ` ${(figures.missing ?? []).map(plainName).join(", ")}`}</li>
        ))}
        {figures.alarms.length === 0 && <li className="fine">{work.noAlarms}</li>}
        {!figures.open && <li>{work.wallClosed}</li>}
      </ul>
      <dl className="figures">
        <div><dt>{work.wallWaiting}</dt><dd>{waiting}</dd></div>
        <div><dt>{work.wallLongest}</dt><dd>{time(longest)}</dd></div>
        <div><dt>{work.wallLive}</dt><dd>{figures.live}</dd></div>
        <div><dt>{work.wallFree}</dt><dd>{figures.free}</dd></div>
        <div><dt>{work.wallMedian}</dt><dd>{time(figures.median_ms)}</dd></div>
        <div><dt>{work.wallSlow}</dt><dd>{time(figures.slow_ms)}</dd></div>
        <div><dt>{work.wallTaken}</dt><dd>{figures.taken}</dd></div>
      </dl>
      <ul className="by-urgency">
        {figures.waiting.map((count, level) => <li key={level}><Urgency level={level as Level} /> {count}</li>)}
      </ul>
      <PeopleList people={figures.people} />
    </div>
  );
}
