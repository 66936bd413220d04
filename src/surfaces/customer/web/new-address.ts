// A mail address that a holder types, and the way to the code that was mailed there.
import { Refused } from '../../frame/web/api.ts'
import { leave, nextStage } from './form.ts'

/**
 * Sends what the field holds, if that can be an address, and goes on to the code, which waits on this page, also for
 * whoever came back for another address. `format` says what is wrong with an address.
 */
export async function sendAddress(
  { value, validity }: HTMLInputElement,
  format: string,
  send: (email: string) => Promise<unknown>,
): Promise<void> {
  const bad = new Refused({ code: 'email_format', detail: format })
  const email = value.trim()
  if (email === '' || !validity.valid) throw bad
  await send(email).catch((error: unknown) => {
    throw error instanceof Refused && error.refusal.code === 'invalid_request' ? bad : error
  })
  const query = new URLSearchParams(location.search)
  if (!query.has('again')) return nextStage()
  query.delete('again')
  leave(`${location.pathname}?${query.toString()}`)
}
