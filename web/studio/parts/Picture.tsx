/** The script as a picture: one flow at a time, other flows as small boxes. */

import { useEffect, useRef } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { Edge, Hidden, Node, OpenDraft } from "../contract";
import { FlowChoice } from "./FlowChoice";

const WIDE = 190;
const HIGH = 78;
const GAP_X = 26;
const GAP_Y = 58;

export function Picture({ open }: { open: OpenDraft }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const chosen = useStudioState((state) => state.chosen);
  const watch = useStudioState((state) => state.watch);
  const flow = chosen.split("/")[0] ?? open.start;
  const nodes = open.picture.nodes.filter((node) => node.flow === flow);
  const edges = open.picture.edges.filter((edge) => edge.source.startsWith(`${flow}/`));
  const places = new Map(nodes.map((node) => [node.id, spot(node)]));
  const width = Math.max(...nodes.map((node) => spot(node).x + WIDE), WIDE) + GAP_X;
  const height = Math.max(...nodes.map((node) => spot(node).y + HIGH), HIGH) + GAP_Y;
  return (
    <div className="picture">
      <p className="row">
        <FlowChoice open={open} flow={flow} />
        <label className="check">
          <input type="checkbox" checked={watch !== null} onChange={(event) => void studio.look(event.target.checked)} /> {words.showPeople}
        </label>
      </p>
      <div className="canvas" style={{ width, height }}>
        <svg width={width} height={height} aria-hidden="true">
          {edges.map((edge, n) => <Line key={n} edge={edge} places={places} lit={edge.source === chosen || edge.target === chosen} />)}
        </svg>
        {nodes.map((node) => <Box key={node.id} node={node} edges={edges} chosen={node.id === chosen} />)}
      </div>
    </div>
  );
}

function spot(node: Node): { x: number; y: number } {
  return { x: GAP_X / 2 + node.column * (WIDE + GAP_X), y: GAP_Y / 4 + node.row * (HIGH + GAP_Y) };
}

function Line({ edge, places, lit }: { edge: Edge; places: Map<string, { x: number; y: number }>; lit: boolean }) {
  const from = places.get(edge.source);
  const to = places.get(edge.target);
  if (!from || !to) return null;
  if (from.y === to.y && edge.source !== edge.target) {
    const [left, right] = from.x < to.x ? [from.x + WIDE, to.x] : [from.x, to.x + WIDE];
    const level = from.y + HIGH / 2;
    return <path d={`M ${left} ${level} Q ${(left + right) / 2} ${from.y - GAP_Y / 2}, ${right} ${level}`} className={lit ? "way lit" : "way"} />;
  }
  const down = to.y > from.y;
  const x1 = from.x + WIDE / 2;
  const y1 = down ? from.y + HIGH : from.y;
  const x2 = to.x + WIDE / 2;
  const y2 = down ? to.y : to.y + HIGH;
  const bend = (y2 - y1) / 2;
  const path = edge.source === edge.target
    ? `M ${from.x + WIDE} ${from.y + 20} c 22 -14 22 38 0 24`
    : `M ${x1} ${y1} C ${x1} ${y1 + bend}, ${x2} ${y2 - bend}, ${x2} ${y2}`;
  return <path d={path} className={lit ? "way lit" : down ? "way" : "way back"} />;
}

function Box({ node, edges, chosen }: { node: Node; edges: Edge[]; chosen: boolean }) {
  const { words, language } = useSpoken();
  const studio = useStudio();
  const counts = useStudioState((state) => state.watch?.[node.id]);
  const box = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) box.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen]);
  const mine = edges.filter((edge) => edge.source === node.id);
  const away = [...new Set(mine.filter((edge) => !edge.target.startsWith(`${node.flow}/`)).map((edge) => edge.target))];
  const missing = mine.some((edge) => edge.missing);
  const { x, y } = spot(node);
  const marks = [
    node.urgent ? words.urgent : "", missing ? words.missing : "", node.reached ? "" : words.unreached,
  ].filter(Boolean);
  return (
    <button ref={box} type="button" className={`node ${node.kind}${missing || !node.reached ? " wrong" : ""}${node.urgent ? " hot" : ""}`}
      aria-pressed={chosen} style={{ left: x, top: y, width: WIDE, height: HIGH }} onClick={() => studio.choose(node.id)}>
      <span className="node-name">{node.step}</span>
      <span className="node-title">{node.title[language] ?? node.title["ko"]}</span>
      {marks.length > 0 && <span className="node-marks">{marks.join(" · ")}</span>}
      {away.length > 0 && <span className="node-away">→ {away.join(", ")}</span>}
      {counts && <span className="node-counts">{Object.entries(counts).map(([what, count]) => `${words.watch[what] ?? what} ${shown(count, words.few)}`).join(" · ")}</span>}
    </button>
  );
}

function shown(count: Hidden, few: string): string {
  return count === null ? few : String(count);
}
