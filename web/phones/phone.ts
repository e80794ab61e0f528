/** One phone of the demo: who holds it, and the chat on its screen. */

import { type Chat, mountChat } from "../chat/chat";
import { button, make } from "../shared/elements";
import { preferred } from "../shared/language";
import type { PhoneTransport } from "./screen";
import { words } from "./words";

const FIRST = 1001;

export class Phone {
  private chat: Chat | null = null;
  private readonly picker = make("select");
  private readonly blocking: HTMLButtonElement;
  private readonly screen = make("div");
  private transport: PhoneTransport | null = null;
  private blocked = false;

  /** @param connect Makes the transport of one person. */
  constructor(
    private readonly root: HTMLElement,
    private readonly name: string,
    private readonly connect: (person: number) => PhoneTransport,
  ) {
    this.blocking = button("tool", words.block, () => this.transport?.block(!this.blocked));
    this.build();
    this.add();
    this.add();
    this.hold(FIRST);
  }

  private build(): void {
    const label = make("label", "", `${words.person} `);
    label.append(this.picker);
    const tools = make("div", "tools");
    tools.append(label, button("tool", words.add, () => this.hold(this.add())), this.blocking);
    const bar = make("div", "bar");
    bar.append(make("h2", "", this.name));
    const body = make("div", "phone");
    body.append(bar, this.screen);
    this.root.replaceChildren(tools, body);
    this.picker.addEventListener("change", () => this.hold(Number(this.picker.value)));
  }

  private add(): number {
    const person = FIRST + this.picker.length;
    this.picker.append(new Option(String(person)));
    return person;
  }

  private hold(person: number): void {
    this.chat?.end();
    this.picker.value = String(person);
    this.show(false);
    this.transport = this.connect(person);
    this.transport.onBlocked((yes) => this.show(yes));
    this.chat = mountChat(this.screen, this.transport, { language: preferred() });
  }

  private show(blocked: boolean): void {
    this.blocked = blocked;
    this.blocking.textContent = blocked ? words.unblock : words.block;
  }
}
