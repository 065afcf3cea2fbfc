// One day's opening hours as a bitmap with an entry for each minute. The server alone reads what people type; hours that
// were painted are written in the one form "09:00-12:00, 14:00-17:30", which it reads as any other.

const MINUTES_A_DAY = 24 * 60;

/** 570 -> "09:30" */
export function clock(minute) {
  const hour = String(Math.floor(minute / 60)).padStart(2, "0");
  return `${hour}:${String(minute % 60).padStart(2, "0")}`;
}

/** The bitmap of [start, end) pairs of minutes; of a day that could not be read (null) it is closed. */
export function bitmapOf(spans) {
  const day = new Uint8Array(MINUTES_A_DAY);
  for (const [start, end] of spans ?? []) day.fill(1, start, end);
  return day;
}

/** A bitmap as [start, end) pairs of minutes, in order, with a closed minute between each two. */
export function intervals(day) {
  const found = [];
  for (let minute = 0; minute < MINUTES_A_DAY; minute += 1) {
    if (!day[minute]) continue;
    const start = minute;
    while (minute < MINUTES_A_DAY && day[minute]) minute += 1;
    found.push([start, minute]);
  }
  return found;
}

/** A bitmap as the text that is sent. */
export function formatDay(day) {
  const spans = intervals(day).map(([start, end]) => `${clock(start)}-${clock(end)}`);
  return spans.join(", ");
}

/** "open", "closed" or "partly" for the minutes from `start` up to `end`. */
export function stateOf(day, start, end) {
  const open = day.subarray(start, end).reduce((sum, minute) => sum + minute, 0);
  if (open === 0) return "closed";
  return open === end - start ? "open" : "partly";
}
