import type { Caller } from '../../kernel/caller.ts'
import { nobody } from './record.ts'

/** Who of the broker does something, and why; both stay on record. */
export interface Operator {
  readonly name: string
  readonly reason: string
}

/** As audit events name an operator. */
export function actorOf({ name }: Operator): string {
  return `operator:${name}`
}

/** A command is called by no browser, in the first language of all mails. */
export const commandCaller: Caller = { ...nobody, language: 'ja' }
