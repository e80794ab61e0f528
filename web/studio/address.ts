/** Which draft and step the address names: a reload or a link opens them again, "back" leaves. */

const PLACE = /^#draft-(\d+)(?:\/([a-z0-9_]+\/[a-z0-9_]+))?$/;

export interface Place {
  draft: number;
  /** As `flow/step`; empty: where the script begins. */
  step: string;
}

export function placeInAddress(): Place | null {
  const found = PLACE.exec(location.hash);
  return found ? { draft: Number(found[1]), step: found[2] ?? "" } : null;
}

/** Write down what is open; another step of the same draft is no new place to go back to. */
export function namePlace(place: Place | null): void {
  const known = placeInAddress();
  if (known?.draft === place?.draft && known?.step === place?.step) return;
  const address = place ? `#draft-${place.draft}${place.step ? `/${place.step}` : ""}` : location.pathname;
  if (known?.draft === place?.draft) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

export function onAddress(tell: (place: Place | null) => void): void {
  window.addEventListener("popstate", () => tell(placeInAddress()));
}
