/** A phone that shows what was played with the chat itself, in the look of a channel. */

import { useEffect, useRef } from "react";
import { mountChat, type Chat } from "../../chat/chat";
import { useSpoken } from "../context";
import type { Tried } from "../contract";
import { PlayedTransport, type Heard } from "../played";
import look from "../look/device.css?inline";

interface Given {
  channel: string;
  tried: Tried | null;
  slow?: boolean;
  /** Missing where nothing can be done at the phone: it is only looked at. */
  heard?: Heard;
}

const NOBODY: Heard = { say: () => undefined, press: () => undefined, photo: () => undefined };

export function Device({ channel, tried, slow = false, heard }: Given) {
  const { words, language } = useSpoken();
  const place = useRef<HTMLDivElement>(null);
  const ears = useRef(heard ?? NOBODY);
  ears.current = heard ?? NOBODY;
  const transport = useRef<PlayedTransport | null>(null);
  const shown = !heard;
  useEffect(() => {
    if (!place.current) return undefined;
    const [chat, carries] = mounted(place.current, channel, words.channels[channel] ?? channel, shown, language, {
      say: (text) => ears.current.say(text),
      press: (label, data) => ears.current.press(label, data),
      photo: () => ears.current.photo(),
    });
    transport.current = carries;
    return () => chat.end();
  }, [channel, language, shown, words]);
  useEffect(() => {
    if (tried) transport.current?.show(tried, slow, { arrives: words.arrivesNow, left: words.leftOver, kind: (kind) => words.actKind[kind] ?? kind });
  }, [tried, slow, channel, language, shown, words]);
  return <div ref={place} className="device" />;
}

/** Draw the phone in a tree of its own: the chat's styles and the studio's know nothing of each other. */
function mounted(root: HTMLElement, channel: string, name: string, shown: boolean, language: "ko" | "en", heard: Heard): [Chat, PlayedTransport] {
  const tree = root.shadowRoot ?? root.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  tree.adoptedStyleSheets = [sheet];
  const holder = document.createElement("div");
  holder.className = `holder as-${channel}${shown ? " shown" : ""}`;
  const phone = holder.appendChild(document.createElement("div"));
  phone.className = "phone";
  const bar = phone.appendChild(document.createElement("div"));
  bar.className = "bar";
  bar.appendChild(document.createElement("h2")).textContent = name;
  const body = phone.appendChild(document.createElement("div"));
  tree.replaceChildren(holder);
  const carries = new PlayedTransport(heard);
  return [mountChat(body, carries, { language }), carries];
}
