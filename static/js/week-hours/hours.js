// Opening hours of a week as minutes, from and to the text that the server reads: "09:00-12:00, 14:00-17:30".

const MINUTES_A_DAY = 24 * 60;

/** "09:30" -> 570; null when it is no time of day. */
export function minuteOf(text) {
  const match = /^(\d{1,2})[:.](\d{2})$/.exec(text.trim());
  if (!match) return null;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minute <= MINUTES_A_DAY ? minute : null;
}

/** 570 -> "09:30" */
export function clock(minute) {
  const hour = String(Math.floor(minute / 60)).padStart(2, "0");
  return `${hour}:${String(minute % 60).padStart(2, "0")}`;
}

/** One day's text, in the signs of either language, as a bitmap with one entry a minute; null when it cannot be read. */
export function parseDay(text) {
  const day = new Uint8Array(MINUTES_A_DAY);
  for (const part of text.normalize("NFKC").split(/[,;、]/).filter((piece) => piece.trim())) {
    const [start, end, ...rest] = part.split(/[-–—~至到]/).map(minuteOf);
    if (rest.length || start == null || end == null || start >= end) return null;
    day.fill(1, start, end);
  }
  return day;
}

/** One day's bitmap as [start, end) pairs of minutes. */
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

/** One day's bitmap as text. */
export function formatDay(day) {
  return intervals(day).map(([start, end]) => `${clock(start)}-${clock(end)}`).join(", ");
}

/** "open", "closed" or "partly" for the minutes from `start` up to `end`. */
export function stateOf(day, start, end) {
  const open = day.subarray(start, end).reduce((sum, minute) => sum + minute, 0);
  if (open === 0) return "closed";
  return open === end - start ? "open" : "partly";
}
