import type { z } from 'zod'
import type { Deps } from '../../domain/deps.ts'
import { beginCeremony } from '../../domain/passkeys/ceremony.ts'
import { isNameTaken, readPasskeyName } from '../../domain/passkeys/name.ts'
import {
  makeCreationOptions,
  type creationOptions,
  type DeviceChoice,
} from '../../domain/passkeys/options.ts'
import { isLive, type Passkey } from '../../domain/passkeys/passkey.ts'
import { selectKeptPasskeys } from '../../domain/passkeys/store.ts'
import { hasProof, registrationOpenUntil } from '../../domain/sessions/permission.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { mostLivePasskeys } from '../../limits/passkeys.ts'

/**
 * Begins the registration of a passkey under its final name. Refuses a session without the permission to
 * register (403 `email_code_needed`, `passkey_needed`; 409 `start_again`), a bad name (400
 * `name_not_allowed`, 409 `name_taken`), and one passkey too many (409 `too_many_passkeys`).
 */
export async function beginRegistration(
  deps: Pick<Deps, 'db' | 'keys' | 'now' | 'site'>,
  session: Session,
  input: { name: string; device: DeviceChoice },
): Promise<z.output<typeof creationOptions>> {
  const { account } = session
  const passkeys = await selectKeptPasskeys(deps.db, account.id)
  checkPermission(session, passkeys, deps.now())
  const name = readPasskeyName(input.name)
  if (name === null) throw new Problem('name_not_allowed')
  if (isNameTaken(passkeys, name)) throw new Problem('name_taken')
  if (passkeys.length >= mostLivePasskeys) throw new Problem('too_many_passkeys')
  const challenge = beginCeremony(deps, {
    kind: 'create',
    purpose: 'registration',
    owner: session.id,
    account,
    passkeyName: name,
  })
  return makeCreationOptions(deps.site, challenge, account, passkeys, input.device)
}

/** Rule 7, and rule 9 for a permission that is older than the account's last change. */
function checkPermission(session: Session, passkeys: readonly Passkey[], now: number): void {
  if (registrationOpenUntil(session, now) !== null) return
  if (session.registerUntil !== null && session.registerUntil > now) {
    throw new Problem('start_again')
  }
  if (passkeys.some(isLive) && !hasProof(session, 'register', now)) {
    throw new Problem('passkey_needed')
  }
  throw new Problem('email_code_needed')
}
