/** The place that the address names, part by part. */

import { useEffect, useState } from "react";

export function useAddress(): string[] {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const moved = () => setHash(location.hash);
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  return hash.replace(/^#\/?/u, "").split("/").filter(Boolean);
}
