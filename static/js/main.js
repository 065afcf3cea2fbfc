// Starts what every page may hold. Each module looks for its own data- attributes, also in what htmx swaps in.

import "./announce.js";
import "./choices.js";
import "./closing.js";
import "./focus.js";
import "./folds.js";
import "./picking.js";
import "./search.js";
import "./select-filter.js";
import "./sending.js";
import "./week-hours.js";
import { enhance } from "./enhance.js";

enhance("[data-cost-chart]", async (element) => {
  const { drawCostChart } = await import("./cost-chart.js");
  drawCostChart(element);
});

enhance("[data-board]", async (element) => {
  const { startBoard } = await import("./board.js");
  startBoard(element);
});

enhance("[data-plan-map]", async (element) => {
  const { startPlanMap } = await import("./plan-map.js");
  startPlanMap(element);
});
