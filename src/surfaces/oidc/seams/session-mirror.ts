import type { AdapterPayload } from 'oidc-provider'
import { amrOf } from '../../../domain/factors/factors.ts'
import { sessionEnd, type Session } from '../../../domain/sessions/session.ts'
import { seconds } from '../../../kernel/clock.ts'
import type { Seam } from './seam.ts'

export const sessionMirror: Seam = {
  changes: `oidc-provider's session mirrors ours: it is looked up by our session id, ignoring its cookie,
    and takes account, acr, amr and auth_time from ours. No session is found by its uid.`,
  because: `There is one session, and it ends in one place. A session of the library's own would go on
    after ours had ended, and its cookie could be planted by another host of the domain.`,
  methods: ['Session.find', 'Session.findByUid', 'Session.prototype.resetIdentifier'],
  texts: [
    ['models/session.js', `'loginTs'`],
    ['models/session.js', `'authorizations'`],
    ['models/token_helpers.js', 'Session.findByUid(token.sessionUid)'],
  ],
}

/** The id under which the library's session is kept while the browser has a session with us. */
export function mirrorId({ id }: Session): string {
  return `of ${id}`
}

/** The library's session as it follows from ours, with the clients that the library has noted in it. */
export function mirrorOf(
  own: Session,
  id: string,
  kept: AdapterPayload | undefined,
  now: number,
): AdapterPayload {
  return {
    ...kept,
    kind: 'Session',
    jti: id,
    uid: own.account.id,
    iat: Math.floor(own.signedInAt / seconds),
    exp: Math.ceil(Math.max(sessionEnd(own), now + 1 * seconds) / seconds),
    accountId: own.account.id,
    acr: own.acr,
    amr: [...amrOf(own.acr)],
    loginTs: Math.floor(own.provenAt / seconds),
  }
}
