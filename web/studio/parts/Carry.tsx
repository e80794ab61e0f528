/** Takes a file out of the studio and brings files in. */

import type { ChangeEvent } from "react";
import { useSpoken, useStudio } from "../context";
import type { SourceFile } from "../contract";

export function Carry({ file }: { file: SourceFile }) {
  const { words } = useSpoken();
  const studio = useStudio();
  function save(): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file.text], { type: "application/yaml" }));
    link.download = file.name;
    link.click();
    URL.revokeObjectURL(link.href);
  }
  async function bring(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const files: Record<string, string> = {};
    for (const one of event.target.files ?? []) files[one.name] = await one.text();
    if (Object.keys(files).length) await studio.write(files);
  }
  return (
    <>
      <button type="button" className="button quiet" onClick={save}>{words.exportFile}</button>
      <label className="button quiet file-button">{words.importFiles}
        <input type="file" className="hidden" accept=".yaml,.yml" multiple onChange={(event) => void bring(event)} />
      </label>
    </>
  );
}
