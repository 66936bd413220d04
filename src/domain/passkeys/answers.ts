// The shapes of a browser's answers (WebAuthn Level 3, §5.1: RegistrationResponseJSON and its pair).
import { z } from 'zod'

const base64url = (most: number) => z.base64url().min(1).max(most)
/** 1023 bytes are the most that a credential ID may have (§7.1 step 25); longer ones are told apart. */
const credentialId = base64url(4096)
/** Nothing is decided by them, so what is none are none (§7.1 step 28, §7.2 step 23). */
const extensions = z.record(z.string(), z.unknown()).nullish().catch(null)
/** Hints only; what cannot be one is dropped (§7.1 step 29). */
const transports = z.array(z.string().max(32).catch('')).max(16).nullish().catch(null)
/** Only told to people; one that we do not know is none (§5.1, `authenticatorAttachment`). */
const attachment = z.enum(['platform', 'cross-platform']).nullish().catch(null)

/** The answer to `create()`. Members that we do not use are let through and dropped. */
export const registrationAnswer = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
  response: z.object({
    clientDataJSON: base64url(16_384),
    attestationObject: base64url(32_768),
    transports,
  }),
})

/** The answer to `get()`. */
export const authenticationAnswer = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
  response: z.object({
    clientDataJSON: base64url(16_384),
    authenticatorData: base64url(8192),
    signature: base64url(4096),
    /** Safari writes an empty one where there is none. */
    userHandle: z.literal('').or(base64url(128)).nullish(),
  }),
})

export type RegistrationAnswer = z.output<typeof registrationAnswer>
export type AuthenticationAnswer = z.output<typeof authenticationAnswer>
