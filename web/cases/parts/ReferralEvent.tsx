/** What an agency said by phone, an appointment, a delivery: one short form. */

import { inSeoul, usePlace } from "../context";
import type { Referral } from "../contract";

interface Given {
  one: Referral;
  event: string;
  does: (path: string, body?: object) => Promise<boolean>;
  onDone: () => void;
}

export function ReferralEvent({ one, event, does, onDone }: Given) {
  const { words } = usePlace();
  const declined = event === "decline";
  return (
    <form className="form" onSubmit={(submitted) => {
      submitted.preventDefault();
      const form = new FormData(submitted.currentTarget);
      const at = inSeoul(String(form.get("at") ?? ""));
      const body = { event, text: String(form.get("text")), ...(at && { at }) };
      void does(`/referrals/${one.id}/move`, body).then((done) => done && onDone());
    }}>
      {event === "appoint" && <label>{words.when}<input type="datetime-local" name="at" required /></label>}
      <label>{declined ? words.reason : words.note}<textarea name="text" rows={2} maxLength={4000} required={declined} /></label>
      <button type="submit" className="button primary">{words.save}</button>
    </form>
  );
}
