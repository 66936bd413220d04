// What a node that cannot do its work says meanwhile, and that it comes back without help.
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { Answer } from '../support/world/http-client.ts'
import { expectProblem } from '../support/world/world.ts'

/** A clear 503 that says when to come again. */
export function expectBusy(answer: Answer): void {
  assert.equal(expectProblem(answer, 503), 'busy')
  const { retryAfterSeconds } = answer.body as { retryAfterSeconds: number }
  assert.ok(retryAfterSeconds >= 1)
  assert.equal(answer.headers['retry-after'], String(retryAfterSeconds))
}

/** Asks again and again until the answer has this status; each one before is a 503. */
export async function untilStatus<B>(
  status: number,
  ask: () => Promise<Answer<B>>,
  within = 20_000,
): Promise<B> {
  const until = Date.now() + within
  for (;;) {
    const answer = await ask()
    if (answer.status === status) return answer.body
    expectBusy(answer)
    if (Date.now() > until) throw new Error(`still ${answer.status} after ${within} ms`)
    await wait(100)
  }
}

/** Repeats requests from several browsers until it is stopped; returns how often which status came. */
export function keepAsking(asks: readonly (() => Promise<Answer>)[]) {
  const statuses = new Map<number, number>()
  let isOver = false
  const lanes = asks.map(async (ask) => {
    while (!isOver) {
      const { status } = await ask()
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  })
  return {
    async stop(): Promise<ReadonlyMap<number, number>> {
      isOver = true
      await Promise.all(lanes)
      return statuses
    },
  }
}
