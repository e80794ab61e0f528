/** The demo page: two phones beside each other, each talking to its stand-in. */

import { byId, make } from "../shared/elements";
import { KakaoTransport } from "./kakao";
import { Phone } from "./phone";
import type { PhoneTransport } from "./screen";
import { TelegramTransport } from "./telegram";
import { words } from "./words";

type Running = { base: string } | null;

interface Config {
  telegram: Running;
  kakao: Running;
}

async function config(): Promise<Config> {
  try {
    const answer = await fetch("/phones/config");
    return answer.ok ? ((await answer.json()) as Config) : { telegram: null, kakao: null };
  } catch {
    return { telegram: null, kakao: null };
  }
}

function place(id: string, running: Running, connect: (address: string) => PhoneTransport): void {
  const root = byId(id);
  const name = root.dataset["name"] ?? "";
  root.classList.add(`as-${id}`);
  if (running) new Phone(root, name, (person) => connect(`${running.base}/person/${person}`));
  else root.replaceChildren(make("h2", "", name), make("p", "off", words.off));
}

const { telegram, kakao } = await config();
place("telegram", telegram, (address) => new TelegramTransport(address));
place("kakao", kakao, (address) => new KakaoTransport(address));
