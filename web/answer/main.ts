/** The agency's page: by a link one request and one answer; without a link, its people sign in. */

import { make } from "../shared/elements";
import { account } from "./account";

interface Seen {
  service: Record<string, string>;
  agency: Record<string, string>;
  purpose: string;
  keeping: string;
  items: { title: string; value: string }[];
}

const token = location.hash.slice(1);
const place = document.getElementById("answer");
history.replaceState(null, "", location.pathname); // the secret does not stay in the address bar
if (place && token) ask(place);
else if (place) account(place);

/** Ask for the number that was told apart from the link. */
function ask(main: HTMLElement): void {
  const form = make("form", "form");
  const label = make("label", "", "따로 받으신 확인번호 여섯 자리 · The six digits you were told");
  const pin = make("input");
  Object.assign(pin, { name: "pin", inputMode: "numeric", maxLength: 6, autocomplete: "off", required: true });
  label.append(pin);
  const said = make("p", "trouble");
  said.setAttribute("role", "alert");
  const button = make("button", "primary", "열기 · Open");
  form.append(label, button, said);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void post("look", { token, pin: pin.value }).then(([ok, body]) => {
      if (ok) show(main, body as unknown as Seen, pin.value);
      else said.textContent = text(body);
    });
  });
  main.append(make("p", "soft", "그분이 동의한 내용만 보입니다. 열람은 기록됩니다. · You see only what she agreed to; it is recorded."), form);
}

/** Show what she agreed to, and the two answers. */
function show(main: HTMLElement, seen: Seen, pin: string): void {
  const list = make("dl");
  for (const item of seen.items) list.append(make("dt", "", item.title), make("dd", "", item.value));
  const head = make("h2", "", `${seen.service["ko"] ?? ""} · ${seen.service["en"] ?? ""}`);
  main.replaceChildren(
    make("h1", "", "지원 요청"),
    head,
    make("p", "", `받는 곳: ${seen.agency["ko"] ?? ""}`),
    make("p", "", `목적: ${seen.purpose}. 보관: ${seen.keeping}.`),
    list,
    answers(main, pin),
  );
  head.tabIndex = -1;
  head.focus();
}

function answers(main: HTMLElement, pin: string): HTMLFormElement {
  const form = make("form", "form");
  const when = make("label", "", "만날 수 있는 때 (맡을 때) · When (if you accept)");
  const at = make("input");
  at.type = "datetime-local";
  when.append(at);
  const why = make("label", "", "전할 말 · 맡지 못하면 그 까닭 (꼭) · A word; if you decline, why");
  const reason = make("textarea");
  reason.rows = 3;
  reason.maxLength = 4000;
  why.append(reason);
  const said = make("p", "trouble");
  said.setAttribute("role", "alert");
  const accept = make("button", "primary", "맡겠습니다 · We accept");
  const decline = make("button", "", "맡지 못합니다 · We decline");
  accept.value = "accept";
  decline.value = "decline";
  const both = make("p", "both");
  both.append(accept, decline);
  form.append(when, why, said, both);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = (event.submitter as HTMLButtonElement).value;
    const time = chosen === "accept" && at.value ? { at: `${at.value}:00+09:00` } : {};
    void post("answer", { token, pin, event: chosen, text: reason.value, ...time }).then(([ok, body]) => {
      if (ok) done(main);
      else said.textContent = text(body);
    });
  });
  return form;
}

function done(main: HTMLElement): void {
  const thanks = make("p", "note", "답을 받았습니다. 이 창을 닫아 주세요. · Your answer is in. Please close this window.");
  thanks.setAttribute("role", "status");
  main.replaceChildren(make("h1", "", "지원 요청"), thanks);
}

async function post(act: string, body: object): Promise<[boolean, Record<string, unknown>]> {
  try {
    const answer = await fetch(`/cases/open/${act}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return [answer.ok, (await answer.json()) as Record<string, unknown>];
  } catch {
    return [false, {}];
  }
}

function text(body: Record<string, unknown>): string {
  return typeof body["text"] === "string" ? body["text"] : "지금은 닿지 않습니다. 다시 해 주세요. · Not reachable, try again.";
}
