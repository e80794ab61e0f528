/** Where the office begins in the browser: numbers, education, surveys, duties. */

import { createRoot } from "react-dom/client";
import { Office } from "./Office";

const place = document.getElementById("office");
if (place) createRoot(place).render(<Office />);
