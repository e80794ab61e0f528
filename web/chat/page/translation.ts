/** The page's own words: Korean stands in chat.html, English here. */

import type { Language } from "../../shared/language";

const english: Record<string, string> = {
  title: "Note",
  "own-title": "My notes and plan",
  exit: "Leave now",
  "exit-hidden": "Leave this page now (opens a weather page)",
  urgent: "112",
  "urgent-label": "112 emergency card",
  "welcome-title": "Before you begin",
  "welcome-what":
    "This is a chat for people who are being followed, contacted or watched against their will. An automatic guide answers first; you can ask for a counselor at any time. You need not give your name.",
  "exit-title": "“Leave now” at the top",
  "exit-does": "It blanks this screen at once and opens a weather page. What you wrote in this window is gone from it.",
  "exit-shift": "On a keyboard, pressing Shift three times does the same.",
  "exit-history":
    "The browser’s history is not erased. If someone may look at this phone or computer, use a private window, or erase the history yourself.",
  "exit-return":
    "To come back, open this address again. With a receipt number and your code word you can go on from there.",
  "exit-kept": "What you had already sent stays with us, locked, so that you can go on later. You can have it erased at any time.",
  begin: "Begin the conversation",
  continue: "Go on with the conversation",
  fresh: "Begin a new one",
  "card-title": "In danger now",
  "card-police": "Police",
  "card-call": "Call 112",
  "card-text": "Text 112",
  "card-text-how": "You can send where you are and what is happening, also with photos.",
  "card-quiet-title": "When you cannot speak",
  "card-quiet":
    "Call 112. When the officer asks and you cannot talk, press any number key twice. The police then send a text message with a link that shows them where you are. If he watches your phone, know that this message arrives.",
  "card-people": "People you can call, day and night",
  "card-1366": "Women’s emergency line (all kinds of violence, stalking too)",
  "card-109": "When you think of dying",
  "card-tell": "Ask for help in the chat too",
  close: "Close",
  "resume-title": "Go on with a receipt number",
  "resume-how":
    "Write the receipt number and the code word you chose. When a counselor has checked it, the earlier conversation goes on here.",
  "resume-receipt": "Receipt number",
  "resume-word": "Code word",
  "resume-send": "Send",
};

const korean = new Map<Element, string>();

/** Say everything on the page in one language. */
export function translate(language: Language): void {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) {
    const key = element.getAttribute("data-word") ?? "";
    say(element, language, key, (text) => (element.textContent = text), element.textContent ?? "");
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    const key = element.getAttribute("data-label") ?? "";
    const now = element.getAttribute("aria-label") ?? "";
    say(element, language, key, (text) => element.setAttribute("aria-label", text), now);
  }
  document.title = language === "en" ? "Note" : "메모";
}

function say(element: Element, language: Language, key: string, set: (text: string) => void, now: string): void {
  if (!korean.has(element)) korean.set(element, now);
  set((language === "en" ? english[key] : undefined) ?? korean.get(element) ?? now);
}
