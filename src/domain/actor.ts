import type { Caller } from '../kernel/caller.ts'

/** A member of the broker's staff, and the reason where one is needed; both are audited. */
export interface Operator {
  readonly name: string
  readonly reason?: string
}

/** One who is signed in at the console; the command line knows only the system user's name. */
interface ConsoleOperator extends Operator {
  readonly id: string
}

/**
 * Who acts: the account's holder; a guest, who has proven a password at most; the broker's operator; a
 * client; the mail server, by its answer; or the system, when a time runs out.
 */
type Actor =
  'holder' | 'guest' | 'application' | 'mail-server' | 'system' | Operator | ConsoleOperator

/** The actor and the origin of the request, for audit trail and notices. */
export interface By extends Caller {
  readonly actor: Actor
}

export function asHolder(caller: Caller): By {
  return { ...caller, actor: 'holder' }
}

export function asGuest(caller: Caller): By {
  return { ...caller, actor: 'guest' }
}

/** An operator at the console. */
export function asOperator(
  caller: Caller,
  { id, name }: { readonly id: string; readonly name: string },
  reason?: string,
): By {
  const actor = { id, name, ...(reason === undefined ? {} : { reason }) }
  return { ...caller, actor }
}

/** An actor without a browser. */
export function fromNowhere(actor: Actor): By {
  return { address: null, browser: null, system: null, requestId: null, language: 'ja', actor }
}

/** Without the browser of an operator, which is nobody's business but the trail's. */
export function asSeenByHolder(by: By): By {
  return typeof by.actor === 'string' ? by : { ...by, address: null, browser: null, system: null }
}

/** The actor's name in the audit trail; of the console's operators with the id, as names change and repeat. */
export function actorName(actor: Actor): string {
  if (typeof actor === 'string') return actor
  return `operator:${actor.name}${'id' in actor ? `/${actor.id}` : ''}`
}
