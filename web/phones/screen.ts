/** What both phones share: a screen that is shown whole, again and again, and acts that may be refused. */

import { blank, type Choice, type Entry, type Listener, type Transport } from "../chat/talk";
import { Follower, type Screen } from "./poll";
import { words } from "./words";

/** The key of what an empty chat shows. */
const EMPTY = "empty";

/** A phone is a transport on which the bot can also be blocked. */
export interface PhoneTransport extends Transport {
  block(yes: boolean): void;
  onBlocked(tell: (yes: boolean) => void): void;
}

export abstract class ScreenTransport<S extends Screen<unknown> & { blocked?: boolean }>
  implements PhoneTransport
{
  private keys = new Set<string>();
  private listener: Listener | null = null;
  private tellBlocked: (yes: boolean) => void = () => undefined;
  private readonly follower: Follower<S>;

  constructor(address: string) {
    this.follower = new Follower<S>(
      address,
      (screen) => this.show(screen),
      (yes) => this.listener?.connection(yes ? "open" : "lost"),
    );
  }

  /** The entries of a screen, in order. */
  protected abstract entries(screen: S): Entry[];
  /** She enters the empty chat. */
  protected abstract enter(): void;
  protected abstract tap(entry: Entry, choice: Choice): void;
  abstract send(file: File): void;

  begin(listener: Listener): void {
    this.listener = listener;
    listener.connection("connecting");
    void this.follower.follow();
  }

  press(entry: Entry, choice: Choice): void {
    if (entry.key === EMPTY) this.enter();
    else this.tap(entry, choice);
  }

  say(text: string): void {
    void this.act("text", { text }, text);
  }

  block(yes: boolean): void {
    void this.act(yes ? "block" : "unblock");
  }

  onBlocked(tell: (yes: boolean) => void): void {
    this.tellBlocked = tell;
  }

  end(): void {
    this.follower.stop();
    this.listener = null;
  }

  /** Do it, and tell plainly when the phone refuses. */
  protected async act(what: string, body: Record<string, unknown> = {}, typed = ""): Promise<void> {
    const why = await this.follower.act(what, body);
    this.listener?.notice(why);
    if (why && typed) this.listener?.giveBack(typed);
    if (!why && (what === "block" || what === "unblock")) this.tellBlocked(what === "block");
  }

  protected notice(text: string): void {
    this.listener?.notice(text);
  }

  private show(screen: S): void {
    const entries = screen.messages.length ? this.entries(screen) : [door()];
    const keys = new Set(entries.map((it) => it.key));
    this.listener?.drop([...this.keys].filter((key) => !keys.has(key)));
    this.listener?.put(entries);
    this.keys = keys;
    if (screen.blocked !== undefined) this.tellBlocked(screen.blocked);
  }
}

/** An empty chat has one button: to come in. */
function door(): Entry {
  const entry = blank(EMPTY, "system", words.empty);
  entry.live = true;
  entry.rows = [[{ label: words.enter, data: EMPTY, on: false, path: "" }]];
  return entry;
}
