// Rule 27: whom notices about an account go to. Codes go to its own address alone.
import { z } from 'zod'
import { formerEmailKept } from '../../limits/accounts.ts'
import type { Account } from './account.ts'

/** What an account's notices need of it. */
export type Noticed = Pick<Account, 'id' | 'email' | 'noticeEmail' | 'formerEmails'>

type Addressed = Pick<Noticed, 'email' | 'noticeEmail' | 'formerEmails'>

const formerAddresses = z.array(z.strictObject({ address: z.string(), until: z.number() }))

/**
 * Its address, the second one for notices, and those that were removed or replaced within `formerEmailKept`:
 * who takes an account over does not silence the one whom it belongs to.
 */
export function noticeAddresses(account: Addressed, now: number): readonly string[] {
  const { email, noticeEmail } = account
  const former = readFormer(account, now).map(({ address }) => address)
  const all = [email, ...(noticeEmail === null ? [] : [noticeEmail]), ...former]
  const mailboxes = all.map(sameFor)
  return all.filter((_, index) => mailboxes.indexOf(mailboxes[index] ?? '') === index)
}

/** The `formerEmails` of an account from which an address of its is taken now. */
export function withFormer(account: Addressed, address: string, now: number): string {
  const others = readFormer(account, now).filter(
    (former) => sameFor(former.address) !== sameFor(address),
  )
  return JSON.stringify([...others, { address, until: now + formerEmailKept }])
}

/** When the last of the former addresses gets no notices any more; null without any. */
export function formerUntil({ formerEmails }: Pick<Addressed, 'formerEmails'>): number | null {
  const ends = readFormer({ formerEmails }, 0).map(({ until }) => until)
  return ends.length === 0 ? null : Math.max(...ends)
}

/** Those that still get notices. */
function readFormer({ formerEmails }: Pick<Addressed, 'formerEmails'>, now: number) {
  if (formerEmails === null) return []
  return formerAddresses.parse(JSON.parse(formerEmails)).filter(({ until }) => until > now)
}

/** One mailbox gets one mail, however its address is written. */
function sameFor(address: string): string {
  return address.toLowerCase()
}
