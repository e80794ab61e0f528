/** Her consent to one referral: read to her, ticked item by item, sensitive ones apart. */

import { useState } from "react";
import { usePlace } from "../context";
import type { Referral } from "../contract";

interface Given {
  one: Referral;
  /** She has a conversation: the words can be put into it. */
  chat: boolean;
  does: (path: string, body?: object) => Promise<boolean>;
  onDone: () => void;
}

export function ConsentForm({ one, chat, does, onDone }: Given) {
  const { words, language } = usePlace();
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const [sensitive, setSensitive] = useState<ReadonlySet<string>>(new Set());
  const plain = one.offered.filter((item) => !item.sensitive);
  const apart = one.offered.filter((item) => item.sensitive);
  return (
    <form className="form" onSubmit={(event) => {
      event.preventDefault();
      const how = String(new FormData(event.currentTarget).get("how"));
      const items = plain.map((item) => item.name).filter((name) => !refused.has(name));
      void does(`/referrals/${one.id}/consent`, { how, items, sensitive: [...sensitive] }).then((done) => done && onDone());
    }}>
      <div className="note" lang={language}>
        <p className="faint">{words.readAloud}</p>
        {one.words[language]?.map((line, n) => <p key={n}>{line}</p>)}
        {chat && (
          <>
            <button type="button" className="button primary" onClick={() => void does(`/referrals/${one.id}/ask`).then((done) => done && onDone())}>{words.askInChat}</button>
            <p className="faint">{words.askInChatHint}</p>
          </>
        )}
      </div>
      <fieldset>
        <legend>{words.consentItems}</legend>
        {plain.map((item) => (
          <label key={item.name} className="tick">
            <input type="checkbox" checked={!refused.has(item.name)} onChange={() => setRefused(toggled(refused, item.name))} />
            {language === "en" ? item.title_en : item.title}
          </label>
        ))}
      </fieldset>
      {apart.length > 0 && (
        <fieldset>
          <legend>{words.sensitiveItems}</legend>
          {apart.map((item) => (
            <label key={item.name} className="tick">
              <input type="checkbox" checked={sensitive.has(item.name)} onChange={() => setSensitive(toggled(sensitive, item.name))} />
              {language === "en" ? item.title_en : item.title}
            </label>
          ))}
        </fieldset>
      )}
      <label>{words.consentHow}
        <select name="how">
          {Object.entries(words.how).map(([id, label]) => <option key={id} value={id}>{label}</option>)}
        </select>
      </label>
      <button type="submit" className="button primary">{words.consentSave}</button>
    </form>
  );
}

function toggled(set: ReadonlySet<string>, name: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(name)) next.add(name);
  return next;
}
