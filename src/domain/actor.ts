import type { Caller } from '../kernel/caller.ts'

/** Who of the broker does something, and why where that needs a reason; both stay on record. */
export interface Operator {
  readonly name: string
  readonly reason?: string
}

/**
 * Who acts: the holder of the account; a guest, who has shown a password at most; the broker's operator;
 * an application; the mail server that answered; or the system, by time alone.
 */
type Actor = 'holder' | 'guest' | 'application' | 'mail-server' | 'system' | Operator

/** Who acts, and from where: for the audit trail and for the notices. */
export interface By extends Caller {
  readonly actor: Actor
}

export function asHolder(caller: Caller): By {
  return { ...caller, actor: 'holder' }
}

export function asGuest(caller: Caller): By {
  return { ...caller, actor: 'guest' }
}

/** From no browser, in the first language of all mails. */
export function fromNowhere(actor: Actor): By {
  return { address: null, browser: null, system: null, requestId: null, language: 'ja', actor }
}

/** As the audit trail names an actor. */
export function actorName(actor: Actor): string {
  return typeof actor === 'string' ? actor : `operator:${actor.name}`
}
