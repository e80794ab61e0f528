/** Where the studio begins in the browser. */

import { createRoot } from "react-dom/client";
import { Api } from "./api";
import { App } from "./parts/App";
import { Studio } from "./studio";

const studio = new Studio(new Api());
const place = document.getElementById("studio");
if (place) createRoot(place).render(<App studio={studio} />);
void studio.begin();
