/** The script as a picture: one flow at a time, other flows as small boxes. */

import { memo, useEffect, useMemo, useRef } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { Hidden, Node, OpenDraft } from "../contract";
import { drawingOf, HIGH, litWays, spot, WIDE, type Drawing } from "../drawing";
import { useGrowing } from "../growing";
import { FlowChoice } from "./FlowChoice";
import { Watching } from "./Watching";

export function Picture({ open }: { open: OpenDraft }) {
  const flow = useStudioState((state) => state.chosen.split("/")[0] ?? "") || open.start;
  const drawing = useMemo(() => drawingOf(open.picture, flow), [open.picture, flow]);
  return (
    <div className="picture">
      <p className="row">
        <FlowChoice open={open} flow={flow} />
        <Watching />
      </p>
      <div className="canvas" style={{ width: drawing.width, height: drawing.height }}>
        <Lines drawing={drawing} />
        <Boxes drawing={drawing} flow={flow} />
      </div>
    </div>
  );
}

const Lines = memo(function Lines({ drawing }: { drawing: Drawing }) {
  return (
    <svg width={drawing.width} height={drawing.height} aria-hidden="true">
      <path d={drawing.forth} className="way" />
      <path d={drawing.back} className="way back" />
      <Lit drawing={drawing} />
    </svg>
  );
});

function Lit({ drawing }: { drawing: Drawing }) {
  const chosen = useStudioState((state) => state.chosen);
  return <path d={litWays(drawing, chosen)} className="way lit" />;
}

function Boxes({ drawing, flow }: { drawing: Drawing; flow: string }) {
  const chosen = useStudioState((state) => state.chosen);
  const watch = useStudioState((state) => state.watch);
  const { nodes } = drawing;
  const drawn = useGrowing(nodes.length, flow);
  const shown = nodes.slice(0, drawn);
  const far = nodes.slice(drawn).find((node) => node.id === chosen);
  return [...shown, ...(far ? [far] : [])].map((node) => (
    <Box key={node.id} node={node} away={drawing.away.get(node.id) ?? ""} astray={drawing.astray.has(node.id)}
      chosen={node.id === chosen} counts={watch?.[node.id]} />
  ));
}

interface Given {
  node: Node;
  away: string;
  astray: boolean;
  chosen: boolean;
  counts: Record<string, Hidden> | undefined;
}

const Box = memo(function Box({ node, away, astray, chosen, counts }: Given) {
  const { words, language } = useSpoken();
  const studio = useStudio();
  const box = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) box.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen]);
  const { x, y } = spot(node);
  const marks = [
    node.urgent ? words.urgent : "", astray ? words.missing : "", node.reached ? "" : words.unreached,
  ].filter(Boolean);
  return (
    <button ref={box} type="button" className={`node ${node.kind}${astray || !node.reached ? " wrong" : ""}${node.urgent ? " hot" : ""}`}
      aria-pressed={chosen} style={{ left: x, top: y, width: WIDE, height: HIGH }} onClick={() => studio.choose(node.id)}>
      <span className="node-name">{node.step}</span>
      <span className="node-title">{node.title[language] ?? node.title["ko"]}</span>
      {marks.length > 0 && <span className="node-marks">{marks.join(" · ")}</span>}
      {away && <span className="node-away">→ {away}</span>}
      {counts && <span className="node-counts">{Object.entries(counts).map(([what, count]) => `${words.watch[what] ?? what} ${count === null ? words.few : count}`).join(" · ")}</span>}
    </button>
  );
});
