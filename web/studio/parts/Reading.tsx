/** The script as a person would read it, step by step, in any language. */

import { memo, useEffect, useMemo, useRef, useState } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { Node, OpenDraft, Value } from "../contract";
import { useGrowing } from "../growing";
import { bag, bubbleText, choicesOf, fileOf, list, way } from "../steps";
import { FlowChoice } from "./FlowChoice";

export function Reading({ open }: { open: OpenDraft }) {
  const { words } = useSpoken();
  const chosen = useStudioState((state) => state.chosen);
  const [language, setLanguage] = useState(open.languages[0] ?? "ko");
  const flow = chosen.split("/")[0] ?? "";
  const nodes = useMemo(() => open.picture.nodes.filter((node) => node.flow === flow), [open.picture, flow]);
  const steps = bag(bag(fileOf(open, flow)?.content)["steps"]);
  const at = nodes.findIndex((node) => node.id === chosen);
  const drawn = useGrowing(nodes.length, flow, 48, Math.min(at + 1, 60));
  return (
    <div className="reading">
      <p className="row">
        <FlowChoice open={open} flow={flow} />
        <label className="inline">{words.phoneLanguage}{" "}
          <select value={language} onChange={(event) => setLanguage(event.target.value)}>
            {open.languages.map((one) => <option key={one}>{one}</option>)}
          </select>
        </label>
      </p>
      <ol>{nodes.slice(0, drawn).map((node) => <Page key={node.id} step={steps[node.step]} node={node} language={language} chosen={node.id === chosen} />)}</ol>
    </div>
  );
}

interface Given {
  node: Node;
  /** What the file holds; missing while it cannot be read. */
  step: Value | undefined;
  language: string;
  chosen: boolean;
}

const Page = memo(function Page({ step, node, language, chosen }: Given) {
  const studio = useStudio();
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) place.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  if (!step) return null;
  const held = bag(step);
  const ways = way(held["goto"]);
  return (
    <li ref={place} className={chosen ? "page chosen" : "page"}>
      <button type="button" className="link" aria-pressed={chosen} onClick={() => studio.choose(node.id)}>{node.step}</button>
      <div lang={language}>
        {list(held["say"]).map((one, n) => <p key={n} className="said">{bubbleText(one).text[language] ?? "—"}</p>)}
        <ul className="answers">
          {choicesOf(held).map((choice) => (
            <li key={choice.id}><span className="answer">{choice.label[language] ?? "—"}</span>{typeof choice.goto === "string" && choice.goto ? ` → ${choice.goto}` : ""}</li>
          ))}
        </ul>
        <p className="faint">{typeof ways === "string" ? (ways ? `→ ${ways}` : "") : ways.map((one) => `${one.when ? `${one.when} ` : ""}→ ${one.to}`).join(" · ")}</p>
      </div>
    </li>
  );
});
