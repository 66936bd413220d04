import { signOut } from '../../operations/end-session.ts'
import { hasConfirmedLogout } from './seams/logout-form.ts'
import { ownSession, ownVisit, type Middleware } from './seams/own-request.ts'

/** A browser that signs out at the provider's page ends our session too, with all that was made under it. */
export const endOwnSession: Middleware = async (ctx, next) => {
  await next()
  const session = ownSession()
  const visit = ownVisit()
  if (!session || !visit || !hasConfirmedLogout(ctx)) return
  await signOut(visit.get('deps'), session, visit.get('caller'))
}
