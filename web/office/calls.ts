/** The office's only door to the server. */

/** The server said no; the message tells what to do. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    text: string,
  ) {
    super(text);
  }
}

export interface Staff {
  name: string;
  role: string;
  pseudonym: string;
  csrf: string;
}

let csrf = "";

export async function me(): Promise<Staff> {
  return known(await get<Staff>("me"));
}

export async function signIn(name: string, password: string): Promise<Staff> {
  return known(await post<Staff>("sign-in", { name, password }));
}

export async function signOut(): Promise<void> {
  await post("sign-out", {});
  csrf = "";
}

/** `path` is under `/desk/api`, or begins with a slash. */
export function get<T>(path: string): Promise<T> {
  return ask<T>(path, { method: "GET" });
}

export function post<T>(path: string, body: object): Promise<T> {
  return ask<T>(path, sending(body));
}

/** Fetch a file for a reason and hand it to the browser to keep. */
export async function download(path: string, body: object, name: string): Promise<void> {
  const answer = await fetch(`/desk/api/${path}`, sending(body));
  if (!answer.ok) throw await refusal(answer);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function known(staff: Staff): Staff {
  csrf = staff.csrf;
  return staff;
}

function sending(body: object): RequestInit {
  const headers = { "Content-Type": "application/json", "X-Gyeot-Csrf": csrf };
  return { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin" };
}

async function ask<T>(path: string, how: RequestInit): Promise<T> {
  const answer = await fetch(path.startsWith("/") ? path : `/desk/api/${path}`, how);
  if (!answer.ok) throw await refusal(answer);
  return (await answer.json()) as T;
}

async function refusal(answer: Response): Promise<Refusal> {
  const said = (await answer.json().catch(() => ({}))) as { text?: string };
  return new Refusal(answer.status, said.text ?? String(answer.status));
}
