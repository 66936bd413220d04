// What two operators do to an account, as the text states it that both of them read.
import { z } from 'zod'
import type { Account } from '../../domain/accounts/account.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import type { Passkey } from '../../domain/passkeys/passkey.ts'
import { placeOf } from '../../domain/passkeys/place.ts'
import { selectLivePasskey, selectLivePasskeys } from '../../domain/passkeys/store.ts'
import type { ActKind, Asked, Pair, Subject } from '../../domain/requests/act-kind.ts'
import { toIso } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { isId } from '../../kernel/secrets.ts'
import { texts } from '../../text/texts.ts'
import { removePasskey as remove } from '../support/remove-passkey.ts'

const passkeyValues = z.object({ passkeyId: z.string().refine(isId) })

type PasskeyValues = z.output<typeof passkeyValues>

export const removePasskey: ActKind<PasskeyValues> = {
  values: passkeyValues,
  opens: true,
  async states(db, on, { passkeyId }, { earlier }) {
    const account = accountOf(on)
    const passkey = await selectLivePasskey(db, { accountId: account.id, id: passkeyId })
    const gone = removedBy(earlier)
    if (!passkey || gone.has(passkeyId)) throw new Problem('no_such_passkey')
    const live = await selectLivePasskeys(db, account.id)
    const last = live.every(({ id }) => id === passkeyId || gone.has(id))
    const { secondFactor } = account
    return {
      before: { passkey: shown(passkey), lastLivePasskey: last, secondFactor },
      after: {
        passkey: 'removed',
        secondFactor: last ? 'email' : secondFactor,
        hold: last ? 'last_passkey_removed' : null,
        sessions: 'ended',
      },
    }
  },
  async perform(act, on, { passkeyId }, pair) {
    await remove(act, accountOf(on), passkeyId, { by: namesOf(pair), reason: pair.reason })
    return {}
  },
}

function accountOf({ account }: Subject): Account {
  if (!account) throw new Problem('not_found')
  return account
}

/** What tells one passkey of an account from another; its use changes none of it. */
function shown(passkey: Passkey) {
  const { id, name, createdAt } = passkey
  return { id, name, place: placeOf(passkey, texts.ja), createdAt: toIso(createdAt) }
}

/** The passkeys that the acts before this one, in the same request, will have removed. */
function removedBy(earlier: readonly Asked[]): ReadonlySet<string> {
  const removals = earlier.filter(({ act }) => act === 'remove-passkey')
  return new Set(
    removals.flatMap(({ values }) => passkeyValues.safeParse(values).data?.passkeyId ?? []),
  )
}

/** Both of a pair, as the rows of what they did keep them: two operators may have one name. */
function namesOf({ asker, approver }: Pick<Pair, 'asker' | 'approver'>): string {
  return `asked by ${nameOf(asker)}, approved by ${nameOf(approver)}`
}

function nameOf({ name, id }: DeskOperator): string {
  return `operator:${name} (${id})`
}
