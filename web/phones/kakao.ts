/** The phone on the right: a person at the KakaoTalk stand-in. */

import { blank, type Choice, type Entry } from "../chat/talk";
import { drawn, type Output } from "./cards";
import { base64, type Screen } from "./poll";
import { ScreenTransport } from "./screen";

interface Tap {
  label: string;
  index: number;
  url?: string;
}

interface Message {
  message_id: number | string;
  from: "bot" | "person" | "operator";
  outputs?: Output[];
  text?: string;
  quick_replies?: Tap[];
  buttons?: Tap[];
  photos?: string[];
  error?: string | null;
  at: string;
}

type KakaoScreen = Screen<Message> & { blocked?: boolean };

export class KakaoTransport extends ScreenTransport<KakaoScreen> {
  protected enter(): void {
    void this.act("open");
  }

  protected tap(_entry: Entry, choice: Choice): void {
    const [message_id, index] = JSON.parse(choice.data) as [number | string, number];
    void this.act("press", { message_id, index });
  }

  send(file: File): void {
    void base64(file).then((data_b64) => this.act("photo", { data_b64 }));
  }

  protected entries(screen: KakaoScreen): Entry[] {
    const entries = screen.messages.flatMap(entriesOf);
    entries.forEach((entry, n) => (entry.order = n));
    // quick replies stand above the text field until anybody says anything
    for (const entry of entries.slice(0, -1)) entry.fixed = [];
    return entries;
  }
}

function entriesOf(message: Message): Entry[] {
  const parts = (message.outputs ?? []).map(drawn);
  if (message.text) parts.push({ text: message.text, buttons: 0 });
  for (const photo of message.photos ?? []) {
    parts.push({ text: "", image: new URL(photo).pathname, buttons: 0 });
  }
  if (message.error) parts.push({ text: message.error, buttons: 0 });
  const taps = [...(message.buttons ?? [])];
  const entries = parts.map((part, n) => {
    const from = message.error || message.from === "operator" ? "system" : message.from;
    const entry = blank(`${message.message_id}/${n}`, from, part.text);
    if (part.title) entry.title = part.title;
    if (part.facts) entry.facts = part.facts;
    if (part.image) entry.files = [{ kind: "photo", name: part.alt ?? "", url: part.image }];
    entry.at = message.at;
    entry.live = true;
    const own = n === parts.length - 1 ? taps.splice(0) : taps.splice(0, part.buttons);
    entry.rows = own.map((tap) => [choiceOf(message, tap)]);
    return entry;
  });
  const last = entries.at(-1);
  if (last) last.fixed = (message.quick_replies ?? []).map((tap) => choiceOf(message, tap));
  return entries;
}

function choiceOf(message: Message, tap: Tap): Choice {
  const data = JSON.stringify([message.message_id, tap.index]);
  return { label: tap.label, data, on: false, path: tap.url ?? "" };
}
