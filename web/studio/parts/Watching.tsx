/** Shows on the picture how many people passed, stopped or went silent, over a chosen time. */

import { useState } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";

const SPANS = ["7", "30", "0"] as const;

export function Watching() {
  const { words } = useSpoken();
  const studio = useStudio();
  const on = useStudioState((state) => state.watch !== null);
  const [days, setDays] = useState("7");
  return (
    <>
      <label className="check">
        <input type="checkbox" checked={on} onChange={(event) => void studio.look(event.target.checked ? Number(days) : null)} /> {words.showPeople}
      </label>
      <select aria-label={words.watchSpan} value={days}
        onChange={(event) => { setDays(event.target.value); if (on) void studio.look(Number(event.target.value)); }}>
        {SPANS.map((span) => <option key={span} value={span}>{words.watchDays(Number(span))}</option>)}
      </select>
      {on && <span className="faint small">{words.watchRule}</span>}
    </>
  );
}
