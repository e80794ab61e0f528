/** Every text of a flow in all languages side by side; what is missing is counted. */

import { useSpoken, useStudio, useStudioState } from "../context";
import type { OpenDraft, Path, Text } from "../contract";
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
  const studio = useStudio();
  const flow = useStudioState((state) => state.chosen).split("/")[0] ?? "";
  const file = fileOf(open, flow);
  const rows = file ? rowsOf(bag(bag(file.content)["steps"])) : [];
  return (
    <div className="translations">
      <p className="row">
        <FlowChoice open={open} flow={flow} />
        {open.languages.map((language) => (
          <span key={language} className="badge">{words.untranslated(language, rows.filter((row) => !row.text[language]).length)}</span>
        ))}
      </p>
      {rows.map((row) => (
        <div key={row.path.join(".")} className="pair">
          {open.languages.map((language) => (
            <Field key={language} label={words.textOf(row.place, language)} value={row.text[language] ?? ""} lang={language} lines={2}
              limit={row.label ? "label" : "text"}
              onSave={(value) => file && void studio.edit({ file: file.name, act: "set", path: [...row.path, language], value })} />
          ))}
        </div>
      ))}
    </div>
  );
}

function rowsOf(steps: ReturnType<typeof bag>): Row[] {
  const rows: Row[] = [];
  for (const [name, value] of Object.entries(steps)) {
    const step = bag(value);
    list(step["say"]).forEach((one, n) => {
      const found = bubbleText(one);
      rows.push({ place: `${name} ${n + 1}`, path: ["steps", name, "say", n, ...found.below], text: found.text, label: false });
    });
    if (step["simpler"]) rows.push({ place: `${name} simpler`, path: ["steps", name, "simpler"], text: text(step["simpler"]), label: false });
    choicesOf(step).forEach((choice, n) =>
      rows.push({ place: `${name}.${choice.id}`, path: ["steps", name, "choices", n, "label"], text: choice.label, label: true }));
  }
  return rows;
}
