/** What the picture of one flow shows, worked out once for each change of the script. */

import type { Edge, Node, OpenDraft } from "./contract";

export const WIDE = 190;
export const HIGH = 78;
const GAP_X = 26;
const GAP_Y = 58;

interface Spot {
  x: number;
  y: number;
}

export interface Drawing {
  nodes: Node[];
  edges: Edge[];
  places: Map<string, Spot>;
  /** By step: the steps of other flows that it leads to, as one line. */
  away: Map<string, string>;
  /** Steps from which a way leads nowhere. */
  astray: Set<string>;
  width: number;
  height: number;
  /** All ways in two strokes: a line of its own for each would be slow to draw. */
  forth: string;
  back: string;
}

export function drawingOf(picture: OpenDraft["picture"], flow: string): Drawing {
  const nodes = picture.nodes.filter((node) => node.flow === flow);
  const edges = picture.edges.filter((edge) => edge.source.startsWith(`${flow}/`));
  const places = new Map(nodes.map((node) => [node.id, spot(node)]));
  const all = [...places.values()];
  const away = new Map<string, Set<string>>();
  for (const edge of edges) {
    if (edge.target.startsWith(`${flow}/`)) continue;
    away.set(edge.source, (away.get(edge.source) ?? new Set()).add(edge.target));
  }
  return {
    nodes, edges, places,
    away: new Map([...away].map(([id, goals]) => [id, [...goals].join(", ")])),
    astray: new Set(edges.filter((edge) => edge.missing).map((edge) => edge.source)),
    width: Math.max(0, ...all.map((one) => one.x)) + WIDE + GAP_X,
    height: Math.max(0, ...all.map((one) => one.y)) + HIGH + GAP_Y,
    ...strokes(edges, places),
  };
}

/** The ways from or to one step, as one stroke. */
export function litWays(drawing: Drawing, step: string): string {
  return drawing.edges
    .filter((edge) => edge.source === step || edge.target === step)
    .map((edge) => wayOf(edge, drawing.places)).join("");
}

function strokes(edges: Edge[], places: Map<string, Spot>): { forth: string; back: string } {
  let forth = "";
  let back = "";
  for (const edge of edges) {
    const from = places.get(edge.source);
    const to = places.get(edge.target);
    if (from && to && to.y < from.y) back += wayOf(edge, places);
    else forth += wayOf(edge, places);
  }
  return { forth, back };
}

export function spot(node: Node): Spot {
  return { x: GAP_X / 2 + node.column * (WIDE + GAP_X), y: GAP_Y / 4 + node.row * (HIGH + GAP_Y) };
}

function wayOf(edge: Edge, places: Map<string, Spot>): string {
  const from = places.get(edge.source);
  const to = places.get(edge.target);
  if (!from || !to) return "";
  if (edge.source === edge.target) return `M ${from.x + WIDE} ${from.y + 20} c 22 -14 22 38 0 24`;
  if (from.y === to.y) {
    const [left, right] = from.x < to.x ? [from.x + WIDE, to.x] : [from.x, to.x + WIDE];
    const level = from.y + HIGH / 2;
    return `M ${left} ${level} Q ${(left + right) / 2} ${from.y - GAP_Y / 2}, ${right} ${level}`;
  }
  const down = to.y > from.y;
  const [x1, y1] = [from.x + WIDE / 2, down ? from.y + HIGH : from.y];
  const [x2, y2] = [to.x + WIDE / 2, down ? to.y : to.y + HIGH];
  const bend = (y2 - y1) / 2;
  return `M ${x1} ${y1} C ${x1} ${y1 + bend}, ${x2} ${y2 - bend}, ${x2} ${y2}`;
}
