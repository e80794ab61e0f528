/** Files she sent: links by name, opened in a window where nothing of them can run. */

import { useState } from "react";
import type { FileLink } from "../contract";
import { useWords } from "../context";
import { plainName, sizeOf } from "../safe";
import type { Words } from "../words/ko";
import { Dialog } from "./Dialog";

const PICTURES = new Set(["image/jpeg", "image/png", "image/webp", "image/gif"]);
const OURS = "/desk/api/";

export function Files({ files }: { files: FileLink[] }) {
  const words = useWords();
  const [shown, setShown] = useState<FileLink | null>(null);
  if (files.length === 0) return null;
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.n}>
          <button type="button" className="file" disabled={stateOf(file, words) !== ""} onClick={() => setShown(file)} aria-label={words.openFile(nameOf(file, words))}>
            <span className="file-kind">{kindOf(file, words)}</span>
            {file.name && <bdi className="file-name">{plainName(file.name)}</bdi>}
            <span className="file-size">{stateOf(file, words) || sizeOf(file.size)}</span>
          </button>
        </li>
      ))}
      {shown && <Viewer file={shown} onClose={() => setShown(null)} />}
    </ul>
  );
}

/** Many photos come without a name. */
function nameOf(file: FileLink, words: Words): string {
  return file.name ? plainName(file.name) : kindOf(file, words);
}

function kindOf(file: FileLink, words: Words): string {
  return words.file[file.kind] ?? words.file["document"] ?? "";
}

/** Why it cannot be opened; empty when it can. */
function stateOf(file: FileLink, words: Words): string {
  if (file.status === "wanted") return words.fileWanted;
  if (file.status === "refused") return [words.fileRefused, file.reason].filter(Boolean).join(" · ");
  return "";
}

/** A picture is only ever an image and a sound only a sound; everything else is a download. */
function Viewer({ file, onClose }: { file: FileLink; onClose: () => void }) {
  const words = useWords();
  const [broken, setBroken] = useState(!file.url.startsWith(OURS));
  const name = nameOf(file, words);
  const picture = PICTURES.has(file.mime);
  const sound = file.mime.startsWith("audio/");
  return (
    <Dialog title={name} wide onClose={onClose}>
      <div className="viewer">
        {picture && !broken && <img src={file.url} alt={name} onError={() => setBroken(true)} />}
        {sound && !broken && <audio src={file.url} controls onError={() => setBroken(true)} />}
        {(broken || !(picture || sound)) && <p className="empty">{words.fileBroken}</p>}
      </div>
      <p className="viewer-foot">
        {file.url.startsWith(OURS) && (
          <a className="button" href={`${file.url}?download`} download={name} rel="noopener noreferrer">{words.download}</a>
        )}
        <span>{words.fileHint}</span>
      </p>
    </Dialog>
  );
}
