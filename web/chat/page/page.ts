/** The person's page: the ways out first, then the first words, then the talk. */

import { byId } from "../../shared/elements";
import { armExit } from "../../shared/exit";
import { type Language, preferred } from "../../shared/language";
import { type Chat, mountChat } from "../chat";
import { Own } from "../own/own";
import { SocketTransport } from "../socket/socket";
import { Sheets } from "./sheets";
import { translate } from "./translation";

/** What this tab remembers, and nothing else: the way back into its own talk. */
const TOKEN = "t";

let chat: Chat | null = null;
let transport: SocketTransport | null = null;
let language: Language = preferred();

armExit(() => {
  own.forget();
  chat?.end();
});
const link = oneTimeLink();
const main = byId("chat");
const sheets = new Sheets(main);
const own = new Own(byId("own-body"), () => sessionStorage.getItem(TOKEN), () => sheets.close());

/** Take the link's token out of the address, so that it stays neither there nor in the history. */
function oneTimeLink(): string | null {
  const found = new URLSearchParams(location.hash.slice(1)).get("link");
  if (location.hash) history.replaceState(null, "", location.pathname);
  return found;
}

function keep(token: string | null): void {
  if (token === null) sessionStorage.removeItem(TOKEN);
  else sessionStorage.setItem(TOKEN, token);
}

function speak(next: Language): void {
  language = next;
  translate(next);
  for (const it of document.querySelectorAll<HTMLElement>("[data-language]")) {
    it.hidden = it.dataset["language"] === next;
  }
  if (transport) transport.language = next;
  chat?.speak(next);
}

function begin(token: string | null): void {
  sheets.close();
  if (chat) return;
  transport = new SocketTransport({ token, link, language, keep });
  const actions = [
    { label: () => byId("resume-heading").textContent ?? "", run: () => sheets.show("resume") },
    { label: () => byId("own-heading").textContent ?? "", run: showOwn },
    { label: () => (language === "ko" ? "English" : "한국어"), run: switchLanguage },
  ];
  chat = mountChat(main, transport, { language, actions });
  chat.focus();
}

/** Her own things ask for her word every time. */
function showOwn(): void {
  sheets.show("own");
  own.show(language);
}

/** In the middle of a talk the bot hears of it as well: the word itself is its command. */
function switchLanguage(): void {
  const next = language === "ko" ? "en" : "ko";
  speak(next);
  chat?.say(next === "ko" ? "한국어" : "English");
}

function resume(form: HTMLFormElement): void {
  const given = new FormData(form);
  const receipt = String(given.get("receipt") ?? "").trim();
  const word = String(given.get("word") ?? "").trim();
  if (!receipt || !word) return;
  form.reset();
  sheets.close();
  transport?.resume(receipt, word);
}

speak(language);
const token = sessionStorage.getItem(TOKEN);
byId(token ? "begin" : "continue").hidden = true;
byId("fresh").hidden = !token;
byId("begin").addEventListener("click", () => begin(null));
byId("continue").addEventListener("click", () => begin(token));
byId("fresh").addEventListener("click", () => begin(null));
for (const it of document.querySelectorAll<HTMLElement>("[data-language]")) {
  it.addEventListener("click", () => speak(it.dataset["language"] as Language));
}
byId("urgent").addEventListener("click", (event) => {
  event.preventDefault();
  sheets.show("card");
});
byId("tell").addEventListener("click", () => {
  sheets.close();
  begin(token);
  chat?.say("112");
});
byId("resume-form").addEventListener("submit", (event) => {
  event.preventDefault();
  resume(event.target as HTMLFormElement);
});
sheets.show("welcome");

/** Keep the head of the page on the screen when a phone's keyboard pushes the page up. */
const view = window.visualViewport;
if (view) {
  const fit = (): void => {
    document.body.style.height = `${view.height}px`;
    document.body.style.top = `${view.offsetTop}px`;
  };
  view.addEventListener("resize", fit);
  view.addEventListener("scroll", fit);
}
