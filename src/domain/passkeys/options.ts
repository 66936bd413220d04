// What the browser is asked for (rule 3; WebAuthn Level 3, §5.4 and §5.5).
import { z } from 'zod'
import { ceremonyLifetime } from '../../kernel/limits.ts'
import type { Account } from '../accounts/account.ts'
import type { RelyingParty } from '../deps.ts'
import type { Passkey } from './passkey.ts'
import { placeKindOf } from './place.ts'

/** EdDSA, ES256 and RS256, which Windows Hello needs; the same list is checked in the answer. */
export const algorithms: readonly number[] = [-8, -7, -257]

/** Which dialog comes first. Only a hint: an attachment would hide every other way. */
const hints = {
  'this-device': 'client-device',
  phone: 'hybrid',
} as const

export type DeviceChoice = keyof typeof hints

const descriptor = z.object({
  type: z.literal('public-key'),
  id: z.string(),
  transports: z.array(z.string()),
})

export const requestOptions = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.number(),
  userVerification: z.literal('required'),
  allowCredentials: z.array(descriptor),
  hints: z.array(z.string()),
})

export const creationOptions = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number() })),
  timeout: z.number(),
  attestation: z.literal('none'),
  authenticatorSelection: z.object({
    residentKey: z.literal('preferred'),
    requireResidentKey: z.literal(false),
    userVerification: z.literal('required'),
  }),
  excludeCredentials: z.array(descriptor),
  hints: z.array(z.string()),
  extensions: z.object({ credProps: z.literal(true) }),
})

/** Asks for exactly one passkey, and hints at the way to it. */
export function makeRequestOptions(
  { rpId }: Pick<RelyingParty, 'rpId'>,
  challenge: string,
  passkey: Passkey,
): z.output<typeof requestOptions> {
  return {
    challenge,
    rpId,
    timeout: ceremonyLifetime,
    userVerification: 'required',
    allowCredentials: [describe(passkey)],
    hints: hintsFor(passkey),
  }
}

/**
 * A phone calls itself `internal` too, so the one that was reached by a QR code is asked that way again.
 * Of what may be here or on a phone (a password manager, say) the browser knows more than we do.
 */
function hintsFor(passkey: Passkey): string[] {
  const { transports, backupEligible } = passkey
  if (placeKindOf(passkey) === 'phone') return [hints.phone]
  if (backupEligible) return []
  return transports.includes('internal') && !transports.includes('hybrid')
    ? [hints['this-device']]
    : []
}

/** Asks for a new passkey, on none of the authenticators that hold one of the account's already. */
export function makeCreationOptions(
  { rpId, brand }: Pick<RelyingParty, 'rpId' | 'brand'>,
  challenge: string,
  account: Account,
  passkeys: readonly Passkey[],
  device: DeviceChoice,
): z.output<typeof creationOptions> {
  return {
    challenge,
    rp: { id: rpId, name: brand.name },
    user: { id: account.userHandle, name: account.loginId, displayName: account.displayName },
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key' as const, alg })),
    timeout: ceremonyLifetime,
    attestation: 'none',
    authenticatorSelection: {
      residentKey: 'preferred',
      requireResidentKey: false,
      userVerification: 'required',
    },
    excludeCredentials: passkeys.map(describe),
    hints: [hints[device]],
    extensions: { credProps: true },
  }
}

/**
 * Transports say where a passkey was when it was made. One that can be synced may be on a phone by now,
 * so none are told of it: neither a proof nor an exclusion looks in one place only.
 */
function describe(passkey: Passkey): z.output<typeof descriptor> {
  const { credentialId, transports, backupEligible } = passkey
  return { type: 'public-key', id: credentialId, transports: backupEligible ? [] : [...transports] }
}
