import type { Migration } from 'kysely/migration'
import { firstTables } from './0001-first-tables.ts'
import { throttling } from './0002-throttling.ts'
import { openidConnect } from './0003-openid-connect.ts'
import { clientLogos } from './0004-client-logos.ts'
import { announcements } from './0005-announcements.ts'
import { grantsUnderSessions } from './0006-grants-under-sessions.ts'
import { mailLanes } from './0007-mail-lanes.ts'
import { knownBrowsers } from './0008-known-browsers.ts'
import { activityIndex } from './0009-activity-index.ts'
import { logoutWaits } from './0010-logout-waits.ts'
import { consents } from './0011-consents.ts'
import { refreshChains } from './0012-refresh-chains.ts'
import { oidcClients } from './0013-oidc-clients.ts'
import { boundedSweeps } from './0014-bounded-sweeps.ts'
import { spentChallenges } from './0015-spent-challenges.ts'
import { mailsInHand } from './0017-mails-in-hand.ts'
import { erasure } from './0018-erasure.ts'
import { passkeyHere } from './0019-passkey-here.ts'
import { sessionEnds } from './0020-session-ends.ts'
import { passkeysHere } from './0021-passkeys-here.ts'
import { operators } from './0022-operators.ts'
import { requests } from './0023-requests.ts'
import { suspendedPasskeys } from './0024-suspended-passkeys.ts'
import { accountsAtTheDesk } from './0025-accounts-at-the-desk.ts'
import { calls } from './0026-calls.ts'
import { lifeOfAnAccount } from './0027-life-of-an-account.ts'
import { firstStop } from './0028-first-stop.ts'
import type { Dialect } from './dialect.ts'

/** All migrations in order, for either database. A released migration never changes. */
export function migrations(dialect: Dialect): Record<string, Migration> {
  return {
    '0001-first-tables': firstTables(dialect),
    '0002-throttling': throttling,
    '0003-openid-connect': openidConnect,
    '0004-client-logos': clientLogos,
    '0005-announcements': announcements,
    '0006-grants-under-sessions': grantsUnderSessions(dialect),
    '0007-mail-lanes': mailLanes,
    '0008-known-browsers': knownBrowsers,
    '0009-activity-index': activityIndex,
    '0010-logout-waits': logoutWaits,
    '0011-consents': consents,
    '0012-refresh-chains': refreshChains,
    '0013-oidc-clients': oidcClients,
    '0014-bounded-sweeps': boundedSweeps(dialect),
    '0015-spent-challenges': spentChallenges(dialect),
    '0017-mails-in-hand': mailsInHand,
    '0018-erasure': erasure(dialect),
    '0019-passkey-here': passkeyHere,
    '0020-session-ends': sessionEnds,
    '0021-passkeys-here': passkeysHere,
    '0022-operators': operators,
    '0023-requests': requests,
    '0024-suspended-passkeys': suspendedPasskeys,
    '0025-accounts-at-the-desk': accountsAtTheDesk(dialect),
    '0026-calls': calls,
    '0027-life-of-an-account': lifeOfAnAccount,
    '0028-first-stop': firstStop,
  }
}
