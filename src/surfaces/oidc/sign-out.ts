import { transact } from '../../domain/act.ts'
import { asHolder } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import { endSession } from '../../domain/sessions/end.ts'
import { hasConfirmedLogout } from './seams/logout-form.ts'
import { ownSession, ownVisit, type Middleware } from './seams/own-request.ts'

/** A browser that signs out at the provider's page ends our session too, with all that was made under it. */
export const endOwnSession: Middleware = async (ctx, next) => {
  await next()
  const session = ownSession()
  const visit = ownVisit()
  if (!session || !visit || !hasConfirmedLogout(ctx)) return
  const accountId = session.account.id
  await transact(visit.get('deps'), asHolder(visit.get('caller')), async (act) => {
    await endSession(act, accountId, session.id)
    record(act, { event: 'session_logout', accountId })
  })
}
