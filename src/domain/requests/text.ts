// Rule 39: what is approved is what was signed. The text is made again at the approval, from the request's row and
// the state of that moment; one that differs by a sign is another.
import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts'
import { toIso } from '../../kernel/clock.ts'
import type { Account } from '../accounts/account.ts'
import type { DeskOperator } from '../operators/operator.ts'
import type { States } from './act-kind.ts'
import type { DeskRequest, StoredAct } from './request.ts'

/** Every change of the text's form needs another. */
const version = 1

type Stated = Pick<DeskRequest, 'id' | 'reason' | 'ticket' | 'checks' | 'askedAt' | 'expiresAt'>

/** The text of a request: RFC 8785. */
export function makeText(
  origin: string,
  request: Stated,
  acts: readonly (StoredAct & { readonly states: States })[],
  {
    account,
    asker,
  }: { readonly account: Account | null; readonly asker: Pick<DeskOperator, 'id' | 'name'> },
): string {
  const { id, reason, ticket, checks, askedAt, expiresAt } = request
  return canonicalJson({
    ...{ version, origin, request: id },
    account: account && { id: account.id, loginId: account.loginId },
    acts: acts.map(({ act, values, states: { before, after } }) => ({
      act,
      values,
      before,
      after,
    })),
    asker: { id: asker.id, name: asker.name },
    ...{ reason, ticket },
    checks: checks.map((check) => ({ ...check }) as Json),
    ...{ askedAt: toIso(askedAt), expiresAt: toIso(expiresAt) },
  })
}

interface InText {
  /** Of the console where it was asked for, whatever another node is set to. */
  readonly origin: string
  /** What it states of each act. */
  readonly befores: readonly Json[]
}

/** What a text is made again with. */
export function statedIn(text: string): InText {
  const { origin, acts } = JSON.parse(text) as {
    readonly origin: string
    readonly acts: readonly Pick<States, 'before'>[]
  }
  return { origin, befores: acts.map(({ before }) => before) }
}

/** SHA-256 of a text's UTF-8, in hexadecimal digits, as `sha256sum` writes it. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
