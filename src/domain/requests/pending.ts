// What was approved and waits (rule 38): its holder may cancel it with a passkey that it does not concern.
import type { Passkey } from '../passkeys/passkey.ts'
import type { DeskRequest } from './request.ts'

/**
 * Whether the proof with a passkey cancels the request: not by one that it names, which may be the thief's, nor by
 * one that was registered since it was asked for.
 */
export function mayCancelWith(
  { acts, askedAt }: Pick<DeskRequest, 'acts' | 'askedAt'>,
  { id, createdAt }: Pick<Passkey, 'id' | 'createdAt'>,
): boolean {
  return createdAt < askedAt && !acts.some(({ values }) => values['passkeyId'] === id)
}
