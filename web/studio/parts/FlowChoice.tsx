/** Chooses a flow; its first step is chosen with it. */

import { useSpoken, useStudio } from "../context";
import type { OpenDraft } from "../contract";

export function FlowChoice({ open, flow }: { open: OpenDraft; flow: string }) {
  const { words, language } = useSpoken();
  const studio = useStudio();
  function choose(name: string): void {
    const found = open.picture.flows.find((one) => one.flow === name);
    if (found) studio.choose(`${found.flow}/${found.start}`);
  }
  return (
    <label className="inline">
      {words.flow}{" "}
      <select value={flow} onChange={(event) => choose(event.target.value)}>
        {open.picture.flows.map((one) => (
          <option key={one.flow} value={one.flow}>{one.title[language] ?? one.title["ko"]} ({one.flow})</option>
        ))}
      </select>
    </label>
  );
}
