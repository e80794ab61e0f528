/** Moves the conversations of a version to another: who stands where, and where each goes on. */

import { useEffect, useState } from "react";
import { useSpoken, useStudio } from "../context";
import type { Mapping } from "../contract";
import { Ask } from "./Ask";
import { Pick } from "./Field";

interface Given {
  from: number;
  to: number;
  onDone: () => void;
}

export function Moving({ from, to, onDone }: Given) {
  const { words } = useSpoken();
  const studio = useStudio();
  const [found, setFound] = useState<Mapping | null>(null);
  const [chosen, setChosen] = useState<Record<string, string>>({});
  useEffect(() => { void studio.try(() => studio.api.mapping(from, to)).then(setFound); }, [studio, from, to]);
  if (!found) return null;
  const goalOf = (step: string, proposed: string): string => chosen[step] ?? proposed;
  async function move(reason: string): Promise<void> {
    const steps = Object.fromEntries((found?.steps ?? []).map((one) => [one.step, goalOf(one.step, one.to)] as const)
      .filter(([step, goal]) => goal && goal !== step));
    await studio.try(() => studio.api.deed(from, "move", { reason, goal: to, steps }));
    onDone();
  }
  const goals = found.goals.map((goal) => [goal, goal] as const);
  const anew = [["", words.mapAnew] as const, ...goals];
  return (
    <Ask wide title={`${words.moveTalks}: ${words.versionOf(from)} → ${words.versionOf(to)}`} label={words.reason} onCancel={onDone} onDone={(reason) => void move(reason)}>
      <p className="faint">{found.steps.length ? words.mapHint : words.mapNothing}</p>
      {found.steps.length > 0 && (
        <div className="mapping" role="group" tabIndex={0} aria-label={words.mapTitle}>
          {found.steps.map((one) => (
            <div key={one.step} className={one.gone ? "mapped gone" : "mapped"}>
              <span><code>{one.step}</code>{one.gone && <span className="badge withdrawn">{words.mapGone}</span>}</span>
              <span>{words.mapPeople(one.people)}</span>
              <Pick label={words.mapTo(one.step)} value={goalOf(one.step, one.to)} options={one.gone ? anew : goals}
                onSave={(goal) => setChosen({ ...chosen, [one.step]: goal })} />
            </div>
          ))}
        </div>
      )}
    </Ask>
  );
}
