/** Who works here: letting somebody back in, and letting somebody go. */

import { useEffect, useState } from "react";
import { Refusal } from "../api";
import type { Account } from "../contract";
import { useDesk, useWords } from "../context";
import { plainName } from "../safe";

export function Accounts({ mine }: { mine: number }) {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const [accounts, setAccounts] = useState<Account[]>([]);
  const look = () => void desk.api.accounts().then(setAccounts).catch(() => undefined);
  useEffect(look, [desk]);

  async function dismiss(one: Account): Promise<void> {
    if (!window.confirm(work.dismissSure(plainName(one.name)))) return;
    await desk.api.dismiss(one.id).catch((error) => desk.notify(error instanceof Refusal ? error.message : words.noAnswer, true));
    look();
  }

  async function letBack(one: Account): Promise<void> {
    try {
      const { code } = await desk.api.letBack(one.id);
      desk.notify(code ? work.letBackCode(code) : work.letBackAsked, true);
    } catch (error) {
      desk.notify(error instanceof Refusal ? error.message : words.noAnswer, true);
    }
  }

  return (
    <section>
      <h2>{work.accounts}</h2>
      <ul className="tasks">
        {accounts.map((one) => (
          <li key={one.id} className="account">
            <span><bdi>{plainName(one.name)}</bdi> · <bdi>{plainName(one.pseudonym)}</bdi> · {work.roles[one.role] ?? one.role}
              {one.second_factor && ` · ${work.factor}`}</span>
            {one.id !== mine && (
              <span className="pair">
                <button type="button" className="button" onClick={() => void letBack(one)}>{work.letBack}</button>
                <button type="button" className="button grave" onClick={() => void dismiss(one)}>{work.dismiss}</button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
