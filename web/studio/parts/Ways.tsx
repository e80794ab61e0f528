/** Where it goes on: one step, or branches of which the first that holds is taken. */

import { useSpoken } from "../context";
import type { Path, Value } from "../contract";
import { way, type Branch } from "../steps";
import { Field, Pick } from "./Field";
import type { Change } from "../steps";

interface Given {
  name: string;
  value: Value | undefined;
  goals: string[];
  path: Path;
  change: Change;
  optional: boolean;
}

export function Ways({ name, value, goals, path, change, optional }: Given) {
  const { words } = useSpoken();
  const options = goals.map((goal) => [goal, goal] as const);
  const found = way(value);
  if (typeof found === "string") {
    const none = optional ? [["", words.asStep] as const] : [];
    return (
      <div className="ways">
        <Pick label={name} value={found} options={[...none, ...options]}
          onSave={(to) => (to ? change("set", path, to) : change("remove", path))} />
        <button type="button" className="button quiet" disabled={!found} aria-label={`${words.addBranch}: ${name}`}
          onClick={() => change("set", path, [{ when: "channel == 'web'", to: found }, { to: found }])}>{words.addBranch}</button>
      </div>
    );
  }
  const put = (branches: Branch[]): void => change("set", path, branches.map((branch) => ({ ...branch })));
  return (
    <div className="ways branches" role="group" aria-label={`${name}: ${words.branches}`}>
      {found.map((branch, n) => (
        <div key={n} className="branch">
          {branch.when !== undefined && <Field label={words.branchWhen(n + 1)} value={branch.when} onSave={(when) => change("set", [...path, n, "when"], when)} />}
          <Pick label={words.branchTo(n + 1)} value={branch.to} options={options} onSave={(to) => change("set", [...path, n, "to"], to)} />
          {branch.when !== undefined && <button type="button" className="button quiet" aria-label={`${words.remove}: ${words.branchTo(n + 1)}`} onClick={() => change("remove", [...path, n])}>{words.remove}</button>}
        </div>
      ))}
      <button type="button" className="button quiet" onClick={() => put([{ when: "risk <= 1", to: found.at(-1)?.to ?? "" }, ...found])}>{words.addBranch}</button>
    </div>
  );
}
