/** What a step does beside speaking: calling a counselor, waiting, the 112 card. */

import { useSpoken } from "../context";
import type { Value } from "../contract";
import { bag, list, type Bag } from "../steps";
import { Pick } from "./Field";
import type { Change } from "./StepForm";

const URGENCIES = ["R0", "R1", "R2", "R3", "risk"].map((one) => [one, one] as const);
const SIMPLE: Record<string, Value> = {
  card: { card: true },
  summon: { summon: { urgency: "R2", because: { ko: "…", en: "…" } } },
  wait: { wait: true },
  receipt: { receipt: true },
};

export function Effects({ step, change }: { step: Bag; change: Change }) {
  const { words } = useSpoken();
  const effects = list(step["do"]);
  return (
    <fieldset>
      <legend>{words.effects}</legend>
      <ul className="effects">
        {effects.map((one, n) => {
          const [kind = "", value] = Object.entries(bag(one))[0] ?? [];
          return (
            <li key={n} className="row">
              <span>{words.effect[kind] ?? kind}</span>
              {kind === "summon" && (
                <Pick label={words.urgency} value={String(bag(value)["urgency"] ?? "")} options={URGENCIES}
                  onSave={(urgency) => change("set", ["do", n, "summon", "urgency"], urgency)} />
              )}
              <button type="button" className="button quiet" aria-label={`${words.remove}: ${words.effect[kind] ?? kind}`} onClick={() => change("remove", ["do", n])}>{words.remove}</button>
            </li>
          );
        })}
      </ul>
      <Pick label={words.addEffect} value="" options={Object.keys(SIMPLE).map((kind) => [kind, words.effect[kind] ?? kind] as const)}
        onSave={(kind) => { const made = SIMPLE[kind]; if (made) change("insert", ["do", effects.length], made); }} />
    </fieldset>
  );
}
