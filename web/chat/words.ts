/** What the chat itself says; what the bot says comes from the server. */

import type { Language } from "../shared/language";

const ko = {
  talk: "대화",
  you: "나",
  bot: "자동 안내",
  counselor: "상담사",
  system: "알림",
  box: "메시지 쓰기",
  send: "보내기",
  more: "더 보기",
  file: "사진·파일 보내기",
  choices: "고르기",
  chosen: "고름",
  links: "다른 길",
  sending: "보내는 중",
  failed: "보내지 못했어요",
  again: "다시 보내기",
  remove: "지우기",
  edited: "고침",
  edit: "고치기",
  cancel: "그만두기",
  editing: "보낸 글을 고치는 중이에요.",
  newer: "새 글 보기",
  connecting: "연결하는 중이에요.",
  lost: "연결이 끊겼어요. 쓴 글은 이 창에 남아 있고, 다시 연결되면 보낼게요.",
  back: "다시 연결됐어요.",
  resuming:
    "접수 번호와 암호말을 보냈어요. 둘 다 맞으면 상담사가 확인한 뒤 여기에서 이어져요. 그동안 이 창을 열어 두세요.",
  erased: "대화를 지웠어요. 이 창을 닫아도 돼요. 다시 쓰면 새 대화가 시작돼요.",
  big: "20 MB보다 커서 보낼 수 없어요. 더 작은 파일을 골라 주세요.",
  broken: "파일을 보내지 못했어요. 다시 보내 볼 수 있어요.",
  photo: "사진",
  voice: "음성",
  document: "파일",
};

export type Words = typeof ko;

const en: Words = {
  talk: "Conversation",
  you: "You",
  bot: "Automatic guide",
  counselor: "Counselor",
  system: "Notice",
  box: "Write a message",
  send: "Send",
  more: "More",
  file: "Send a photo or file",
  choices: "Choose",
  chosen: "chosen",
  links: "Other ways",
  sending: "Sending",
  failed: "Not sent",
  again: "Send again",
  remove: "Remove",
  edited: "edited",
  edit: "Edit",
  cancel: "Cancel",
  editing: "You are changing a message you sent.",
  newer: "See new messages",
  connecting: "Connecting.",
  lost: "The connection is lost. What you wrote stays in this window and goes out when it is back.",
  back: "Connected again.",
  resuming:
    "Your receipt number and code word were sent. If both are right, a counselor checks and the conversation goes on here. Please keep this window open.",
  erased: "The conversation was erased. You can close this window. Writing again starts a new one.",
  big: "This is larger than 20 MB and cannot be sent. Please choose a smaller file.",
  broken: "The file could not be sent. You can try again.",
  photo: "Photo",
  voice: "Voice message",
  document: "File",
};

const all: Record<Language, Words> = { ko, en };

/** The chat's own words in one language. */
export function wordsOf(language: Language): Words {
  return all[language];
}
