/** Short messages of the desk itself; grave ones stay until they are put away. */

import { useDesk, useDeskState, useWords } from "../context";

export function Notices() {
  const desk = useDesk();
  const words = useWords();
  const notices = useDeskState((state) => state.notices);
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map((notice) => (
        <p key={notice.id} className={`notice${notice.grave ? " grave" : ""}`}>
          <span dir="auto">{notice.text}</span>
          <button type="button" className="button quiet" onClick={() => desk.dismiss(notice.id)}>
            {words.close}
          </button>
        </p>
      ))}
    </div>
  );
}
