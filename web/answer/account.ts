/** The page of an agency's people: what is asked of their agency, and their answers. */

import { button, make } from "../shared/elements";

interface Line {
  id: string;
  service: Record<string, string>;
  status: string;
  appointment: string | null;
  events: string[];
  changed_at: string;
}

interface Seen extends Line {
  purpose: string;
  keeping: string;
  items: { title: string; value: string }[];
}

const STATUS: Record<string, string> = {
  sent: "답을 기다림 · Waiting for you",
  accepted: "맡음 · Accepted",
  appointed: "약속 잡힘 · Appointment",
  delivered: "지원함 · Delivered",
  withdrawn: "동의가 거두어졌어요. 받은 내용을 모두 지워 주세요. · Withdrawn: destroy all you received",
};
const EVENTS: Record<string, string> = {
  accept: "맡겠습니다 · Accept",
  decline: "맡지 못합니다 · Decline",
  appoint: "약속 적기 · Appointment",
  miss: "오지 못함 · Did not come",
  deliver: "지원함 · Delivered",
};
let csrf = "";

/** Show the sign-in, or what is asked of the agency when somebody is signed in already. */
export function account(main: HTMLElement): void {
  void call("/desk/api/me").then(([ok, body]) => {
    if (ok && body["role"] === "agency") {
      csrf = String(body["csrf"]);
      void list(main);
    } else signIn(main);
  });
}

function signIn(main: HTMLElement): void {
  const form = make("form", "form");
  const name = field("이름 · Name", "text", "username");
  const password = field("비밀번호 · Password", "password", "current-password");
  const code = field("인증 앱의 코드 (쓰는 경우) · Code, if you use one", "text", "one-time-code", false);
  const said = trouble();
  form.append(name.label, password.label, code.label, make("button", "primary", "들어가기 · Sign in"), said);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = { name: name.input.value, password: password.input.value, code: code.input.value };
    void call("/desk/api/sign-in", given).then(([ok, body]) => {
      csrf = ok ? String(body["csrf"]) : "";
      if (ok && body["role"] === "agency") void list(main);
      else said.textContent = ok ? "기관 계정이 아니에요. · This is no account of an agency." : text(body);
    });
  });
  main.replaceChildren(title("협력 기관 · Agencies"), make("p", "soft", "우리 기관에 온 요청만 보여요. 열람은 기록됩니다. · You see only what is asked of your agency; it is recorded."), form);
}

async function list(main: HTMLElement): Promise<void> {
  const [ok, body] = await call("/cases/api/mine");
  if (!ok) return signIn(main);
  const told = body as unknown as { agency: Record<string, string>; referrals: Line[] };
  const rows = make("ul", "lines");
  for (const one of told.referrals) rows.append(row(main, one));
  const out = button("", "나가기 · Sign out", () => void call("/desk/api/sign-out", {}).then(() => signIn(main)));
  main.replaceChildren(title(told.agency["ko"] ?? ""), rows, out);
  if (!told.referrals.length) rows.replaceWith(make("p", "soft", "지금은 요청이 없어요. · Nothing is asked now."));
}

function row(main: HTMLElement, one: Line): HTMLLIElement {
  const item = make("li");
  const words = make("p", "", `${one.service["ko"] ?? ""} · ${one.service["en"] ?? ""}`);
  item.append(words, make("p", "soft", STATUS[one.status] ?? one.status), make("p", "soft", when(one.appointment ?? one.changed_at)));
  if (one.status !== "withdrawn") item.append(button("primary", "열기 · Open", () => void open(main, one.id)));
  return item;
}

async function open(main: HTMLElement, id: string): Promise<void> {
  const [ok, body] = await call(`/cases/api/mine/${id}`);
  if (!ok) return list(main);
  const seen = body as unknown as Seen;
  const items = make("dl");
  for (const item of seen.items) items.append(make("dt", "", item.title), make("dd", "", item.value));
  main.replaceChildren(
    title(`${seen.service["ko"] ?? ""} · ${seen.service["en"] ?? ""}`),
    make("p", "", STATUS[seen.status] ?? seen.status),
    make("p", "", `목적: ${seen.purpose}. 보관: ${seen.keeping}.`),
    items,
    answers(main, seen),
    button("", "목록으로 · Back", () => void list(main)),
  );
}

function answers(main: HTMLElement, seen: Seen): HTMLFormElement {
  const form = make("form", "form");
  const at = field("약속한 때 · When", "datetime-local", "off", false);
  const word = field("전할 말 · 맡지 못하면 그 까닭 (꼭) · A word; if you decline, why", "text", "off", false);
  word.input.maxLength = 2000;
  const said = trouble();
  const acts = make("p", "both");
  for (const name of seen.events) {
    const act = make("button", name === "decline" || name === "miss" ? "" : "primary", EVENTS[name] ?? name);
    act.value = name;
    acts.append(act);
  }
  if (seen.events.length) form.append(at.label, word.label, said, acts);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = (event.submitter as HTMLButtonElement).value;
    const time = at.input.value ? { at: `${at.input.value}:00+09:00` } : {};
    void call(`/cases/api/mine/${seen.id}/move`, { event: chosen, text: word.input.value, ...time }).then(([ok, body]) => {
      if (ok) void list(main);
      else said.textContent = text(body);
    });
  });
  return form;
}

function field(words: string, type: string, complete: string, required = true): { label: HTMLLabelElement; input: HTMLInputElement } {
  const label = make("label", "", words);
  const input = make("input");
  Object.assign(input, { type, required, autocomplete: complete, maxLength: 200 });
  label.append(input);
  return { label, input };
}

function title(words: string): HTMLHeadingElement {
  const head = make("h1", "", words);
  head.tabIndex = -1;
  return head;
}

function trouble(): HTMLParagraphElement {
  const said = make("p", "trouble");
  said.setAttribute("role", "alert");
  return said;
}

function when(iso: string): string {
  return new Date(iso).toLocaleString("ko-KR", { timeZone: "Asia/Seoul", dateStyle: "medium", timeStyle: "short" });
}

async function call(path: string, body?: object): Promise<[boolean, Record<string, unknown>]> {
  const headers = { "Content-Type": "application/json", "X-Gyeot-Csrf": csrf };
  const sent = body ? { method: "POST", body: JSON.stringify(body), headers } : {};
  try {
    const answer = await fetch(path, { credentials: "same-origin", ...sent });
    return [answer.ok, (await answer.json()) as Record<string, unknown>];
  } catch {
    return [false, {}];
  }
}

function text(body: Record<string, unknown>): string {
  return typeof body["text"] === "string" ? body["text"] : "지금은 닿지 않습니다. 다시 해 주세요. · Not reachable, try again.";
}
