/** One draft: the script in its views on the left, what is done with it on the right. */

import { useEffect, useState } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { Compared, OpenDraft } from "../contract";
import { Ask } from "./Ask";
import { Changes } from "./Changes";
import { Directory } from "./Directory";
import { Phone } from "./Phone";
import { Picture } from "./Picture";
import { Preview } from "./Preview";
import { ProofList } from "./ProofList";
import { Reading } from "./Reading";
import { Risk } from "./Risk";
import { StepForm } from "./StepForm";
import { Tabs } from "./Tabs";
import { Translations } from "./Translations";
import { Yaml } from "./Yaml";

const VIEWS = ["picture", "reading", "yaml", "translations", "risk", "directory"] as const;
const TOOLS = ["step", "preview", "phone", "proof", "changes"] as const;

export function Editor() {
  const { words } = useSpoken();
  const open = useStudioState((state) => state.open);
  const problems = useStudioState((state) => state.proof?.problems.length ?? 0);
  const [view, setView] = useState<(typeof VIEWS)[number]>("picture");
  const [tool, setTool] = useState<(typeof TOOLS)[number]>("step");
  if (!open) return null;
  const labels = { ...words.tool, proof: problems ? `${words.tool.proof} (${problems})` : words.tool.proof };
  return (
    <main className="editor">
      <Strip open={open} onProof={() => setTool("proof")} />
      <section className="pane" aria-label={words.view[view]}>
        <Tabs names={VIEWS} labels={words.view} chosen={view} onChoose={setView} />
        <div className="pane-body">
          {view === "picture" && <Picture open={open} />}
          {view === "reading" && <Reading open={open} />}
          {view === "yaml" && <Yaml open={open} />}
          {view === "translations" && <Translations open={open} />}
          {view === "risk" && <Risk open={open} />}
          {view === "directory" && <Directory open={open} />}
        </div>
      </section>
      <section className="pane side" aria-label={words.tool[tool]}>
        <Tabs names={TOOLS} labels={labels} chosen={tool} onChoose={setTool} />
        <div className="pane-body">
          {tool === "step" && <StepForm open={open} />}
          {tool === "preview" && <Preview open={open} />}
          {tool === "phone" && <Phone open={open} />}
          {tool === "proof" && <ProofList />}
          {tool === "changes" && <DraftChanges open={open} />}
        </div>
      </section>
    </main>
  );
}

function Strip({ open, onProof }: { open: OpenDraft; onProof: () => void }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const proof = useStudioState((state) => state.proof);
  const checking = useStudioState((state) => state.checking);
  const undo = useStudioState((state) => state.undo.length);
  const redo = useStudioState((state) => state.redo.length);
  const [asks, setAsks] = useState(false);
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      void studio.step(!event.shiftKey);
    }
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [studio]);
  async function propose(reason: string): Promise<void> {
    setAsks(false);
    const made = await studio.try(() => studio.api.propose(open.draft.id, reason));
    if (!made) return onProof();
    await studio.close();
    studio.notify(words.proposed(made.version));
  }
  const state = checking ? words.checking : proof ? (proof.ok ? words.allGood : words.problems(proof.problems.length + proof.dialogues.filter((one) => !one.ok).length)) : "";
  return (
    <div className="strip">
      <button type="button" className="button" disabled={!undo} onClick={() => void studio.step(true)}>{words.undo}</button>
      <button type="button" className="button" disabled={!redo} onClick={() => void studio.step(false)}>{words.redo}</button>
      <span className="bar-gap" />
      <p role="status" className={proof && !proof.ok ? "state bad" : "state"}>{state}</p>
      <button type="button" className="button primary" onClick={() => setAsks(true)}>{words.propose}</button>
      {asks && <Ask title={words.propose} label={words.reason} onCancel={() => setAsks(false)} onDone={(reason) => void propose(reason)} />}
    </div>
  );
}

function DraftChanges({ open }: { open: OpenDraft }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const [found, setFound] = useState<Compared | null>(null);
  useEffect(() => {
    void studio.try(() => studio.api.changes(open.draft.id)).then(setFound);
  }, [studio, open.draft.id, open.draft.revision]);
  return found && <><h2 className="hidden">{words.tool.changes}</h2><Changes found={found} /></>;
}
