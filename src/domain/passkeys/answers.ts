// The shapes of a browser's answers (WebAuthn Level 3, §5.1: Registration- and AuthenticationResponseJSON).
import { z } from 'zod'

const base64url = (most: number) => z.base64url().min(1).max(most)
/** Allows more than the 1023 bytes of §7.1 step 25, so that `verifyRegistration` names this fault. */
const credentialId = base64url(4096)
/** No decision depends on extensions, so malformed ones count as absent (§7.1 step 28, §7.2 step 23). */
const extensions = z.record(z.string(), z.unknown()).nullish().catch(null)
/** Hints only; a malformed transport is dropped (§7.1 step 29). */
const transports = z.array(z.string().max(32).catch('')).max(16).nullish().catch(null)
/** Display only; an unknown value counts as absent (§5.1, `authenticatorAttachment`). */
const attachment = z.enum(['platform', 'cross-platform']).nullish().catch(null)

/** The members that both answers have (§5.1). */
const credential = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
}

/** The answer to `create()`. Unused members are accepted and dropped. */
export const registrationAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(16_384),
    attestationObject: base64url(32_768),
    transports,
  }),
})

/** The answer to `get()`. */
export const authenticationAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(16_384),
    authenticatorData: base64url(8192),
    signature: base64url(4096),
    /** Safari writes an empty text when there is no user handle. */
    userHandle: z.literal('').or(base64url(128)).nullish(),
  }),
})

export type RegistrationAnswer = z.output<typeof registrationAnswer>
export type AuthenticationAnswer = z.output<typeof authenticationAnswer>
