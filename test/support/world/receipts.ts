// Receipts that nobody's server has made: right in themselves, with a key that somebody has just made.
import { randomBytes } from 'node:crypto'
import { registrationAnswer } from '../../../src/domain/passkeys/answers.ts'
import { verifyRegistration } from '../../../src/domain/passkeys/verify.ts'
import {
  approvalLabel,
  readForeignApproval,
  writeApproval,
} from '../../../src/domain/requests/challenge.ts'
import type { Receipt } from '../../../src/domain/requests/receipt.ts'
import { digestOf } from '../../../src/domain/requests/text.ts'
import { canonicalJson } from '../../../src/kernel/canonical-json.ts'
import { deriveKeys, newId } from '../../../src/kernel/secrets.ts'
import { createAuthenticator } from '../authenticator/software-authenticator.ts'

interface Wishes {
  readonly origin?: string
  readonly operatorId?: string
  readonly now?: number
  /** What the text says beside what every text says. */
  readonly text?: Readonly<Record<string, string>>
}

/** A receipt of whatever text, signed with a fresh key. */
export async function inventReceipt(wishes: Wishes = {}): Promise<Receipt> {
  const { origin = 'http://localhost:3100', operatorId = newId(), now = Date.now() } = wishes
  const rpId = new URL(origin).hostname
  const authenticator = createAuthenticator({ origin, rpId })
  const challenge = randomBytes(32).toString('base64url')
  const registration = await authenticator.create({
    challenge,
    rp: { id: rpId, name: 'desk' },
    user: { id: randomBytes(64).toString('base64url'), name: 'a', displayName: 'a' },
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const site = { rpId, acceptedOrigins: [origin] }
  const made = await verifyRegistration(site, challenge, registrationAnswer.parse(registration))
  const requestId = newId()
  const text = canonicalJson({ version: 1, origin, request: requestId, ...wishes.text })
  const digest = digestOf(text)
  const ours = writeApproval(deriveKeys('an invented secret of 32 characters'), digest, {
    ...{ requestId, operatorId, sessionId: newId(), operatorVersion: 1, begunAt: now },
  })
  const { response } = await authenticator.get({
    challenge: ours,
    rpId,
    userVerification: 'required',
  })
  const { authenticatorData, clientDataJSON, signature } = response
  return {
    ...{ version: 1, text, digest, label: approvalLabel, operatorId, rpId, origin },
    random: readForeignApproval(ours)?.note.random ?? '',
    ...{ credentialId: made.credentialId, publicKey: made.publicKey },
    backupEligible: made.backupEligible,
    ...{ authenticatorData, clientDataJSON, signature, time: new Date(now).toISOString() },
  }
}
