/** Where the desk begins in the browser. */

import { createRoot } from "react-dom/client";
import { Api } from "./api";
import { Desk } from "./desk";
import { App } from "./parts/App";

const desk = new Desk(new Api());
const place = document.getElementById("desk");
if (place) createRoot(place).render(<App desk={desk} />);
void desk.begin();
