/** Where the page of casework begins in the browser. */

import { createRoot } from "react-dom/client";
import { App } from "./parts/App";

const place = document.getElementById("cases");
if (place) createRoot(place).render(<App />);
