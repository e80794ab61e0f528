/** Turns KakaoTalk's output objects into what a bubble can show. */

export interface Drawn {
  title?: string;
  text: string;
  facts?: [string, string][];
  image?: string;
  alt?: string;
  /** How many of the message's buttons belong to it. */
  buttons: number;
}

interface Line {
  title?: string;
  description?: string;
  action?: string;
}

interface Card {
  text?: string;
  title?: string;
  description?: string;
  imageUrl?: string;
  altText?: string;
  thumbnail?: { imageUrl?: string; altText?: string };
  header?: { title?: string };
  head?: { title?: string };
  items?: (Line & Card)[];
  itemList?: Line[];
  buttons?: unknown[];
}

/** An output object has exactly one key: its kind. */
export type Output = Record<string, Card>;

/** Draw one output object. */
export function drawn(output: Output): Drawn {
  const [kind, card = {}] = Object.entries(output)[0] ?? ["", {}];
  if (kind === "carousel") return carousel(card);
  const lines = card.items ?? card.itemList ?? [];
  const title = card.title ?? card.header?.title ?? card.head?.title;
  const image = card.imageUrl ?? card.thumbnail?.imageUrl;
  const alt = card.altText ?? card.thumbnail?.altText;
  return {
    text: card.text ?? card.description ?? "",
    buttons: (card.buttons ?? []).length + lines.filter((it) => it.action !== undefined).length,
    ...(title ? { title } : {}),
    ...(image ? { image } : {}),
    ...(alt ? { alt } : {}),
    ...(lines.length ? { facts: lines.map(fact) } : {}),
  };
}

/** The cards of a carousel, one below the other. */
function carousel(card: Card): Drawn {
  const cards = (card.items ?? []).map((it) => drawn({ card: it }));
  return {
    text: cards.map((it) => [it.title, it.text].filter(Boolean).join("\n")).join("\n\n"),
    buttons: cards.reduce((sum, it) => sum + it.buttons, 0),
  };
}

function fact(line: Line): [string, string] {
  return [line.title ?? "", line.description ?? ""];
}
