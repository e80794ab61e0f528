/** Every text of a flow in all languages side by side; what is missing is counted. */

import { memo, useMemo } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { OpenDraft, Path, Text, Value } from "../contract";
import { useGrowing } from "../growing";
import { bag, bubbleText, choicesOf, fileOf, list, text } from "../steps";
import { Field } from "./Field";
import { FlowChoice } from "./FlowChoice";

interface Row {
  place: string;
  path: Path;
  text: Text;
  label: boolean;
}

export function Translations({ open }: { open: OpenDraft }) {
  const { words } = useSpoken();
  const flow = useStudioState((state) => state.chosen.split("/")[0] ?? "");
  const file = fileOf(open, flow);
  const steps = bag(file?.content)["steps"];
  const groups = useMemo(() => Object.entries(bag(steps)).map(([name, step]) => ({ name, step, rows: rowsOf(name, step) })), [steps]);
  const drawn = useGrowing(groups.length, flow, 8);
  const rows = groups.flatMap((group) => group.rows);
  return (
    <div className="translations">
      <p className="row">
        <FlowChoice open={open} flow={flow} />
        {open.languages.map((language) => (
          <span key={language} className="badge">{words.untranslated(language, rows.filter((row) => !row.text[language]).length)}</span>
        ))}
      </p>
      {file && groups.slice(0, drawn).map((group) => (
        <Group key={group.name} name={group.name} step={group.step} file={file.name} languages={open.languages} />
      ))}
    </div>
  );
}

interface Given {
  name: string;
  step: Value;
  file: string;
  languages: string[];
}

/** The texts of one step: drawn anew only when that step changed. */
const Group = memo(function Group({ name, step, file, languages }: Given) {
  const { words } = useSpoken();
  const studio = useStudio();
  return rowsOf(name, step).map((row) => (
    <div key={row.path.join(".")} className="pair">
      {languages.map((language) => (
        <Field key={language} label={words.textOf(row.place, language)} value={row.text[language] ?? ""} lang={language} lines={2}
          limit={row.label ? "label" : "text"}
          onSave={(value) => void studio.edit({ file, act: "set", path: [...row.path, language], value })} />
      ))}
    </div>
  ));
});

function rowsOf(name: string, value: Value): Row[] {
  const step = bag(value);
  const rows: Row[] = list(step["say"]).map((one, n) => {
    const found = bubbleText(one);
    return { place: `${name} ${n + 1}`, path: ["steps", name, "say", n, ...found.below], text: found.text, label: false };
  });
  if (step["simpler"]) rows.push({ place: `${name} simpler`, path: ["steps", name, "simpler"], text: text(step["simpler"]), label: false });
  choicesOf(step).forEach((choice, n) =>
    rows.push({ place: `${name}.${choice.id}`, path: ["steps", name, "choices", n, "label"], text: choice.label, label: true }));
  return rows;
}
