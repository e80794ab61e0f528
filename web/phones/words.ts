/** What the demo page itself says. */

import { preferred } from "../shared/language";

const ko = {
  person: "사람",
  add: "사람 더하기",
  block: "차단하기",
  unblock: "차단 풀기",
  empty: "아직 아무 말도 없는 대화방이에요.",
  enter: "시작",
  off: "이 대역은 지금 돌고 있지 않아요. ./dev run 으로 시작하면 함께 켜져요.",
};

const en: typeof ko = {
  person: "Person",
  add: "Add a person",
  block: "Block",
  unblock: "Unblock",
  empty: "Nothing has been said here yet.",
  enter: "Start",
  off: "This stand-in is not running. It starts together with ./dev run.",
};

/** The words in the browser's language. */
export const words = preferred() === "ko" ? ko : en;
