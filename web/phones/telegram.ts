/** The phone on the left: a person at the Telegram stand-in. */

import { blank, type Choice, type Entry } from "../chat/talk";
import { base64, type Screen } from "./poll";
import { ScreenTransport } from "./screen";

interface Button {
  text: string;
  data?: string;
  url?: string;
}

interface Message {
  message_id: number;
  from: "bot" | "person";
  text: string;
  rows: Button[][];
  files: { kind: string; name: string; url?: string }[];
  date: number;
  edited: boolean;
}

interface TelegramScreen extends Screen<Message> {
  blocked: boolean;
  keyboard?: { keyboard?: (string | { text: string })[][] } | null;
  notices?: { text: string; date: number }[];
}

export class TelegramTransport extends ScreenTransport<TelegramScreen> {
  private notices = -1;

  protected enter(): void {
    this.say("/start");
  }

  protected tap(entry: Entry, choice: Choice): void {
    if (!choice.data) return this.say(choice.label);
    void this.act("press", { message_id: entry.order, data: choice.data });
  }

  send(file: File): void {
    void this.upload(file);
  }

  edit(entry: Entry, text: string): void {
    void this.act("edit", { message_id: entry.order, text }, text);
  }

  protected entries(screen: TelegramScreen): Entry[] {
    this.hear(screen.notices ?? []);
    const entries = screen.messages.map(entryOf);
    const last = entries.at(-1);
    if (last) last.fixed = (screen.keyboard?.keyboard ?? []).flat().map(reply);
    return entries;
  }

  private async upload(file: File): Promise<void> {
    const data_b64 = await base64(file);
    if (file.type.startsWith("image/")) return this.act("photo", { data_b64 });
    return this.act("document", { name: file.name, mime: file.type, data_b64 });
  }

  /** A short answer to a press is shown once. */
  private hear(notices: { text: string }[]): void {
    const known = this.notices;
    this.notices = notices.length;
    const newest = notices.at(-1)?.text;
    if (known >= 0 && notices.length > known && newest) this.notice(newest);
  }
}

function entryOf(message: Message): Entry {
  const entry = blank(`m${message.message_id}`, message.from, message.text);
  entry.order = message.message_id;
  entry.at = new Date(message.date * 1000).toISOString();
  entry.edited = message.edited;
  entry.live = true;
  entry.files = message.files;
  entry.rows = message.rows.map((row) => row.map(inline));
  return entry;
}

function inline(button: Button): Choice {
  return { label: button.text, data: button.data ?? "", on: false, path: button.url ?? "" };
}

/** A button of the keyboard under the text field: it says its own words. */
function reply(button: string | { text: string }): Choice {
  return { label: typeof button === "string" ? button : button.text, data: "", on: false, path: "" };
}
