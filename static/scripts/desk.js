// Starts what pages of the desk may hold. Each module looks for its own data- attributes, also in what htmx swaps in.

import "htmx.org";
import "./common/announce.js";
import "./common/closing.js";
import "./common/focus.js";
import "./common/folds.js";
import "./common/search.js";
import "./common/sending.js";
import "./desk/choices.js";
import "./desk/copying.js";
import "./desk/picking.js";
import "./desk/select-filter.js";
import "./desk/week-hours.js";
import { enhance, wordsOf } from "./common/enhance.js";
import { startBoard } from "./desk/board.js";
import { startPlanMap } from "./desk/plan-map.js";

enhance("[data-board]", startBoard);
enhance("[data-plan-map]", startPlanMap);

// Alone among all parts it is large, and few pages draw one.
enhance("[data-cost-chart]", async (element) => {
  const { drawCostChart } = await import("./desk/cost-chart.js");
  drawCostChart(element, wordsOf(element));
});
