import { transact, type ActDeps } from '../../domain/act.ts'
import type { By } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { chargeNetwork, issueNumber } from '../../domain/calls/call-number.ts'
import type { StuckPage } from '../../domain/calls/call.ts'
import { hashToken, newToken } from '../../kernel/secrets.ts'

/**
 * Shows a number for the page, which support can look up; one shown before is void. Returns it with the token by
 * which the browser asks what support wants of it. 429 `too_many_attempts`.
 */
export async function showNumber(
  deps: ActDeps,
  by: By,
  page: StuckPage,
  former: string | undefined,
): Promise<{ token: string; number: string; expiresAt: number }> {
  const token = newToken()
  return transact(deps, by, async (act) => {
    await chargeNetwork(act, by.address)
    const replaces = former === undefined ? null : hashToken(former)
    const issued = await issueNumber(act, page, { tokenHash: hashToken(token), replaces })
    const { accountId } = page
    if (accountId !== null) {
      const detail = { call: issued.id, page: page.page }
      record(act, { event: 'authn_call_number', accountId, detail })
    }
    return { token, number: issued.number, expiresAt: issued.expiresAt }
  })
}
