// The options for `create()` and `get()` (rule 3; WebAuthn Level 3, §5.4 and §5.5).
import { z } from 'zod'
import { ceremonyLifetime } from '../../limits/passkeys.ts'
import type { Account } from '../accounts/account.ts'
import type { RelyingParty } from '../deps.ts'
import type { Passkey } from './passkey.ts'
import { placeKindOf } from './place.ts'

/** EdDSA, ES256, and RS256 for Windows Hello; the answer is checked against the same list. */
export const algorithms: readonly number[] = [-8, -7, -257]

/** Suggests the browser's first dialog; `authenticatorAttachment` would hide the others. */
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

/** Options that ask for exactly one passkey, with a hint at its place. */
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
 * A phone also reports `internal`, so a phone that was reached by a QR code is asked that way again. No
 * hint for a passkey that may be on several devices (in a password manager, say): the browser knows more.
 */
function hintsFor(passkey: Passkey): string[] {
  const { transports, backupEligible } = passkey
  if (placeKindOf(passkey) === 'phone') return [hints.phone]
  if (backupEligible) return []
  return transports.includes('internal') && !transports.includes('hybrid')
    ? [hints['this-device']]
    : []
}

/** Options for a new passkey; excludes authenticators that already hold one of the account's. */
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
 * Transports tell where a passkey was at registration. A syncable one may be on a phone by now, so its
 * transports are omitted: the browser then looks everywhere, for proofs and for exclusions.
 */
function describe(passkey: Passkey): z.output<typeof descriptor> {
  const { credentialId, transports, backupEligible } = passkey
  return { type: 'public-key', id: credentialId, transports: backupEligible ? [] : [...transports] }
}
