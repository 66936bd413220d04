// The options for `create()` and `get()` at the console: its passkeys are found by themselves (rule 37).
import { z } from 'zod'
import { ceremonyLifetime } from '../../limits/passkeys.ts'
import type { RelyingParty } from '../deps.ts'
import { algorithms, creationOptions, requestOptions } from '../passkeys/options.ts'
import type { DeskOperator } from './operator.ts'
import type { OperatorPasskey } from './passkeys.ts'

export const operatorCreationOptions = creationOptions.omit({ hints: true }).extend({
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
})

/** Without a list: whoever has a passkey of the console is found by it. */
export const signInOptions = requestOptions.omit({ allowCredentials: true, hints: true })

/** For a session, whose operator is known. */
export const operatorRequestOptions = requestOptions.omit({ hints: true })

/** Excludes whatever authenticator holds a passkey of `everybody`, as no person is two operators. */
export function makeOperatorCreationOptions(
  { rpId, brand }: Pick<RelyingParty, 'rpId' | 'brand'>,
  challenge: string,
  { userHandle, name }: Pick<DeskOperator, 'userHandle' | 'name'>,
  everybody: readonly OperatorPasskey[],
): z.output<typeof operatorCreationOptions> {
  return {
    challenge,
    rp: { id: rpId, name: brand.name },
    user: { id: userHandle, name, displayName: name },
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key' as const, alg })),
    timeout: ceremonyLifetime,
    attestation: 'none',
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    // Without transports: a browser looks for each wherever it may be.
    excludeCredentials: everybody.map((one) => describe(one.credentialId)),
    extensions: { credProps: true },
  }
}

export function makeSignInOptions(
  { rpId }: Pick<RelyingParty, 'rpId'>,
  challenge: string,
): z.output<typeof signInOptions> {
  return { challenge, rpId, timeout: ceremonyLifetime, userVerification: 'required' }
}

/** Options that ask for any of the operator's passkeys. */
export function makeOperatorRequestOptions(
  site: Pick<RelyingParty, 'rpId'>,
  challenge: string,
  passkeys: readonly OperatorPasskey[],
): z.output<typeof operatorRequestOptions> {
  const allowCredentials = passkeys.map(({ credentialId, transports, backupEligible }) =>
    // One that can be synced may be on another device by now.
    describe(credentialId, backupEligible ? [] : transports),
  )
  return { ...makeSignInOptions(site, challenge), allowCredentials }
}

function describe(id: string, transports: readonly string[] = []) {
  return { type: 'public-key' as const, id, transports: [...transports] }
}
