// Which answer still counts when several questions are under way: only that to the latest one.

export class Questions {
  constructor() {
    this.latest = 0;
    this.looking = null;
  }

  /**
   * Begin a question. One that only looks is given up for any later one: its late answer would bring back the session,
   * and with it the messages, of before. One that changes something is never given up.
   * @param {boolean} changes whether it changes something
   * @returns {{signal: AbortSignal | undefined, isLatest: () => boolean}}
   */
  begin(changes) {
    this.latest += 1;
    const mine = this.latest;
    this.looking?.abort();
    this.looking = changes ? null : new AbortController();
    return { signal: this.looking?.signal, isLatest: () => mine === this.latest };
  }
}
