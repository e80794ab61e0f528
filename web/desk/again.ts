/** Run a piece of work now, and once more at its end if it was asked for meanwhile. */

/** At most one run at a time, at least `gapMs` between two starts; never a call lost. */
export function again(work: () => Promise<void>, gapMs: number): () => Promise<void> {
  let running: Promise<void> | null = null;
  let wanted = false;

  async function run(): Promise<void> {
    do {
      wanted = false;
      const rest = pause(gapMs);
      await work();
      if (wanted) await rest;
    } while (wanted);
    running = null;
  }

  return () => {
    wanted = true;
    running ??= run();
    return running;
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
