/** Small pieces of every view: loading, doing, labelled fields. */

import { createContext, useCallback, useContext, useEffect, useState, type FormEvent, type ReactNode } from "react";
import { get, Refusal } from "./calls";
import { WORDS, type Language, type Words } from "./words";

export const Spoken = createContext<Language>("ko");

export function useWords(): Words {
  return WORDS[useContext(Spoken)];
}

/** Load something, and again when asked. */
export function useLoaded<T>(path: string): { data: T | undefined; trouble: string; again: () => void } {
  const [data, setData] = useState<T>();
  const [trouble, setTrouble] = useState("");
  const words = useWords();
  const again = useCallback(() => {
    get<T>(path).then(
      (got) => {
        setData(got);
        setTrouble("");
      },
      (error: unknown) => setTrouble(told(error, words)),
    );
  }, [path, words]);
  useEffect(again, [again]);
  return { data, trouble, again };
}

/** Do something once at a time, and say what went wrong. */
export function useDoing(): { busy: boolean; trouble: string; run: (work: () => Promise<unknown>) => void } {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const words = useWords();
  function run(work: () => Promise<unknown>): void {
    if (busy) return;
    setBusy(true);
    setTrouble("");
    work()
      .catch((error: unknown) => setTrouble(told(error, words)))
      .finally(() => setBusy(false));
  }
  return { busy, trouble, run };
}

function told(error: unknown, words: Words): string {
  return error instanceof Refusal && error.status < 500 ? error.message : words.failed;
}

export function Trouble({ text }: { text: string }) {
  return <p className="trouble" role="alert">{text}</p>;
}

interface Asked {
  name: string;
  label: string;
  type?: string;
  value?: string;
  required?: boolean;
  area?: boolean;
}

export function Field({ name, label, type = "text", value = "", required = true, area = false }: Asked) {
  return (
    <label className="field">
      <span>{label}</span>
      {area ? (
        <textarea name={name} defaultValue={value} required={required} rows={3} maxLength={2000} />
      ) : (
        <input name={name} type={type} defaultValue={value} required={required} maxLength={300} />
      )}
    </label>
  );
}

/** A form that hands over its fields as plain texts. */
export function Form({ onSend, children }: { onSend: (given: Record<string, string>) => void; children: ReactNode }) {
  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given: Record<string, string> = {};
    new FormData(event.currentTarget).forEach((value, name) => {
      given[name] = String(value).trim();
    });
    onSend(given);
  }
  return <form className="row-form" onSubmit={send}>{children}</form>;
}

export function time(at: number, language: Language): string {
  return new Date(at).toLocaleString(language === "ko" ? "ko-KR" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
}
