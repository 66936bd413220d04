// The account's passkeys as every list of them shows them in this browser (docs/screens.md, M6).
import { isLive, type Passkey } from '../../domain/passkeys/passkey.ts'
import { needsAnotherDevice } from '../../domain/passkeys/place.ts'
import { selectKeptPasskeys } from '../../domain/passkeys/store.ts'
import { findPasskeysHere, selectHere } from '../../domain/throttle/passkeys-here.ts'
import { texts } from '../../text/texts.ts'
import { readTokens } from '../frame/cookies.ts'
import type { Visit } from '../frame/visit.ts'
import { viewPasskey, type ChooserHints, type PasskeyView } from './passkey-view.ts'

interface ListedPasskeys {
  readonly passkeys: readonly PasskeyView[]
  /** Those that support has suspended: they are shown as such, and never to choose from. */
  readonly suspended: readonly PasskeyView[]
  readonly hints: ChooserHints
  /** The IDs of those that have worked in this browser. */
  readonly here: ReadonlySet<string>
  /** The IDs of those that are likely to answer only from another device than this one. */
  readonly elsewhere: ReadonlySet<string>
}

/** The account's live passkeys, and what is known of them in the browser that asks. */
export async function listPasskeys(visit: Visit, accountId: string): Promise<ListedPasskeys> {
  const deps = visit.get('deps')
  const caller = visit.get('caller')
  const [kept, memory] = await Promise.all([
    selectKeptPasskeys(deps.db, accountId),
    findPasskeysHere(deps, accountId, readTokens(visit, 'browser')),
  ])
  const passkeys = kept.filter(isLive)
  const view = (passkey: Passkey) => viewPasskey(passkey, texts[visit.get('language')])
  const worked = memory.filter(({ workedAt }) => workedAt !== null)
  const thisDevice = new Set(worked.filter(({ way }) => way === 'this-device').map(({ id }) => id))
  return {
    passkeys: passkeys.map(view),
    suspended: kept.filter((one) => !isLive(one)).map(view),
    hints: {
      selected: selectHere(passkeys, memory, caller)?.id,
      thisDevice,
    },
    here: new Set(worked.map(({ id }) => id)),
    elsewhere: new Set(
      passkeys
        .filter((one) => !thisDevice.has(one.id) && needsAnotherDevice(one, caller))
        .map(({ id }) => id),
    ),
  }
}
