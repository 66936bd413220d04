// The receipt of an approval, which verifies years later without the server (rule 39): what was signed, and by which
// key. Whose key that is, only a list says that was exported and kept elsewhere.
import { z } from 'zod'
import { Problem } from '../../kernel/http/problem.ts'
import { parseStrictJson } from '../../kernel/strict-json.ts'
import { ceremonyLifetime, mostClockDifference } from '../../limits/passkeys.ts'
import type { AuthenticationAnswer } from '../passkeys/answers.ts'
import { readClientData } from '../passkeys/client-data.ts'
import { whyRefused } from '../passkeys/problems.ts'
import { verifyAssertion } from '../passkeys/verify.ts'
import { approvalLabel, hashOf, readForeignApproval, type ApprovalNote } from './challenge.ts'
import { digestOf } from './text.ts'

const base64url = z.base64url().min(1)
const key = { credentialId: base64url, publicKey: base64url, backupEligible: z.boolean() }

const receiptForm = z.object({
  version: z.literal(1),
  text: z.string(),
  digest: z.hex().length(64),
  label: z.literal(approvalLabel),
  random: base64url,
  operatorId: z.string(),
  ...key,
  authenticatorData: base64url,
  clientDataJSON: base64url,
  signature: base64url,
  rpId: z.string(),
  origin: z.string(),
  time: z.iso.datetime(),
})

export type Receipt = z.infer<typeof receiptForm>

const keysForm = z.object({
  version: z.literal(1),
  operators: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      keys: z.array(
        z.object({ ...key, from: z.iso.datetime(), until: z.iso.datetime().nullable() }),
      ),
    }),
  ),
})

/** The public keys of all operators, as `operators keys` exports them. */
export type OperatorKeys = z.infer<typeof keysForm>

export type Verdict =
  | {
      readonly verdict: 'valid'
      readonly signer: { readonly id: string; readonly name: string }
      /** When the signature was asked for, as it says itself: a receipt's own `time` is not signed. */
      readonly askedAt: number
    }
  | { readonly verdict: 'unknown_signer'; readonly askedAt: number }
  | { readonly verdict: 'invalid'; readonly why: string }

/** The receipt in a parsed file, alone or in the answer of `GET /api/requests/:id`; null where there is none. */
export function readReceipt(file: unknown): Receipt | null {
  const inside = z.object({ receipt: z.unknown() }).safeParse(file).data?.receipt
  return receiptForm.safeParse(inside ?? file).data ?? null
}

/** The keys in a parsed file; null where there are none. */
export function readOperatorKeys(file: unknown): OperatorKeys | null {
  return keysForm.safeParse(file).data ?? null
}

/**
 * Judges a receipt by itself and by the keys. Without the keys, or with a key that is not among them, nobody knows
 * whose the signature is, however right.
 */
export function verifyReceipt(receipt: Receipt, keys: OperatorKeys | null): Verdict {
  const signed = checkSignature(receipt)
  if (typeof signed === 'string') return { verdict: 'invalid', why: signed }
  const held = (keys?.operators ?? []).flatMap(({ id, name, keys: some }) =>
    some
      .filter((one) => one.credentialId === receipt.credentialId)
      .map((one) => ({ id, name, one })),
  )
  const [found] = held
  const { begunAt: askedAt } = signed
  if (!found) return { verdict: 'unknown_signer', askedAt }
  const why = checkKey(receipt, signed, found)
  return why === null
    ? { verdict: 'valid', signer: { id: found.id, name: found.name }, askedAt }
    : { verdict: 'invalid', why }
}

/** What is wrong with what the receipt says of itself, or else the note of the challenge that was signed. */
function checkSignature(receipt: Receipt): ApprovalNote | string {
  const { text, digest, random, origin, rpId } = receipt
  if (digestOf(text) !== digest) return 'the text is not the one of the digest'
  const answer = answerOf(receipt)
  try {
    const clientData = readClientData(receipt.clientDataJSON)
    const challenge = readForeignApproval(clientData.challenge)
    if (!challenge) return 'what was signed is no approval'
    const { hash, note } = challenge
    if (note.random !== random || !hash.equals(hashOf(digest, Buffer.from(random, 'base64url')))) {
      return 'what was signed is not this text'
    }
    if (note.operatorId !== receipt.operatorId) return 'it was signed for another operator'
    const stated = z.object({ request: z.string(), origin: z.string() }).safeParse(parse(text)).data
    if (stated?.request !== note.requestId) return 'it was signed for another request'
    if (stated.origin !== origin) return 'it was signed at another origin'
    // Rule 31: the console's relying party is exactly its own host.
    if (URL.parse(origin)?.hostname !== rpId) return 'it was signed for another relying party'
    const late = Date.parse(receipt.time) - note.begunAt
    if (late < -mostClockDifference || late > ceremonyLifetime + mostClockDifference) {
      return 'its time is not the one of the signature'
    }
    const prover = { account: { userHandle: '' }, passkey: receipt }
    const site = { acceptedOrigins: [origin], rpId }
    verifyAssertion(site, clientData.challenge, prover, answer, clientData)
    return note
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return `the signature is not right: ${whyRefused(error)}`
  }
}

/** What is wrong between a receipt and the key on the list that has its credential. */
function checkKey(
  receipt: Receipt,
  { begunAt }: ApprovalNote,
  {
    id,
    one,
  }: { readonly id: string; readonly one: OperatorKeys['operators'][number]['keys'][number] },
): string | null {
  if (one.publicKey !== receipt.publicKey) return 'the key is not the one on the list'
  if (one.backupEligible !== receipt.backupEligible) return 'the key is not the one on the list'
  if (id !== receipt.operatorId) return 'the key is the one of another operator'
  if (begunAt < Date.parse(one.from) - mostClockDifference) return 'the key was not there yet'
  if (one.until !== null && begunAt > Date.parse(one.until)) return 'the key had ended'
  return null
}

function answerOf(receipt: Receipt): AuthenticationAnswer {
  const { credentialId: id, clientDataJSON, authenticatorData, signature } = receipt
  return {
    ...{ id, rawId: id, type: 'public-key' },
    response: { clientDataJSON, authenticatorData, signature },
  }
}

function parse(text: string): unknown {
  try {
    return parseStrictJson(Buffer.from(text))
  } catch {
    return null
  }
}
