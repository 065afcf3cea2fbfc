import assert from "node:assert/strict";
import { test } from "node:test";
import { Questions } from "../scripts/desk/board/questions.js";

test("only the answer to the latest question counts", () => {
  const questions = new Questions();
  const first = questions.begin(false);
  assert.equal(first.isLatest(), true);
  const second = questions.begin(false);
  assert.deepEqual([first.isLatest(), second.isLatest()], [false, true]);
});

test("a question that only looks is given up for any later one", () => {
  for (const changes of [false, true]) {
    const questions = new Questions();
    const looking = questions.begin(false);
    questions.begin(changes);
    assert.equal(looking.signal.aborted, true);
  }
});

test("a question that changes something is never given up", () => {
  const questions = new Questions();
  const changing = questions.begin(true);
  assert.equal(changing.signal, undefined);
  const looking = questions.begin(false);
  assert.equal(changing.isLatest(), false);
  assert.equal(looking.signal.aborted, false);
});
