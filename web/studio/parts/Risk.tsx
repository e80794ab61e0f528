/** The risk factors of a flow: each a sentence that a counselor can read. */

import { useSpoken, useStudio, useStudioState } from "../context";
import type { OpenDraft } from "../contract";
import { bag, fileOf, list, text } from "../steps";
import { Field, Pick } from "./Field";
import { FlowChoice } from "./FlowChoice";

const LEVELS = ["R0", "R1", "R2", "R3"].map((one) => [one, one] as const);

export function Risk({ open }: { open: OpenDraft }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const flow = useStudioState((state) => state.chosen).split("/")[0] ?? "";
  const file = fileOf(open, flow);
  const rules = list(bag(file?.content)["risk"]);
  return (
    <div>
      <p className="row"><FlowChoice open={open} flow={flow} /></p>
      {rules.map((one, n) => {
        const rule = bag(one);
        const id = String(rule["id"]);
        const because = text(rule["because"]);
        const set = (path: (string | number)[], value: string): void => {
          if (file) void studio.edit({ file: file.name, act: "set", path: ["risk", n, ...path], value });
        };
        return (
          <fieldset key={id}>
            <legend><code>{id}</code></legend>
            {rule["urgency"] !== undefined && <Pick label={words.riskUrgency(id)} value={String(rule["urgency"])} options={LEVELS} onSave={(value) => set(["urgency"], value)} />}
            <Field label={words.riskWhen(id)} value={String(rule["when"] ?? "")} onSave={(value) => set(["when"], value)} />
            {open.languages.map((language) => (
              <Field key={language} label={words.riskBecause(id, language)} value={because[language] ?? ""} lang={language} onSave={(value) => set(["because", language], value)} />
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}
