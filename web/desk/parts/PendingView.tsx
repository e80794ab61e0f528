/** A message of ours that the server has not confirmed yet. */

import { timeOfDay } from "../clock";
import type { Row } from "../contract";
import { useDesk, useSpoken } from "../context";
import type { Pending } from "../store";
import { Rewrite } from "./Delivery";
import { Said } from "./Said";

export function PendingView({ row, message }: { row: Row; message: Pending }) {
  const { words, language } = useSpoken();
  const said = { sending: words.delivery.storing, again: words.delivery.again, stored: words.delivery.stored, refused: words.delivery.refused };
  return (
    <article className={`entry counselor pending ${message.state}`}>
      <div className="bubble"><Said text={message.text} /></div>
      <p className="entry-foot">
        <time dateTime={message.at}>{timeOfDay(message.at, language)}</time>
        <span className={`delivery ${message.state}`}>
          {said[message.state]}{message.reason && ` · ${message.reason}`}
        </span>
        {message.state === "refused" && <WaysOut row={row} message={message} />}
      </p>
    </article>
  );
}

function WaysOut({ row, message }: { row: Row; message: Pending }) {
  const { sending } = useDesk();
  const { words } = useSpoken();
  const drop = (): void => sending.drop(row.id, message.id);
  return (
    <>
      <button type="button" className="link" onClick={() => sending.retry(row.id, message.id)}>{words.retry}</button>
      <Rewrite id={row.id} text={message.text} then={drop} />
      <button type="button" className="link" onClick={drop}>{words.discard}</button>
    </>
  );
}
