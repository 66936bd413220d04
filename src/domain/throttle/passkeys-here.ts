// What a known browser remembers of an account's passkeys. Hints from the browser, which go with its token:
// they select in a list, and decide nothing.
import type { Device } from '../../kernel/http/user-agent.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { mostLivePasskeys } from '../../limits/passkeys.ts'
import type { Act } from '../act.ts'
import type { Deps } from '../deps.ts'
import type { Passkey } from '../passkeys/passkey.ts'
import { needsAnotherDevice } from '../passkeys/place.ts'
import type { Way } from '../vocabulary/purposes.ts'
import { memoryUpdate, selectMemory } from './browsers-store.ts'

/** A passkey that has answered in a browser, and where the browser says that it is kept. */
export interface WorkedHere {
  readonly passkeyId: string
  /** `authenticatorAttachment` of the answer. */
  readonly attachment: string | null | undefined
}

/** One passkey in one browser: how and when it worked there last, and when it failed last. */
interface PasskeyHere {
  readonly id: string
  readonly way: Way | null
  readonly workedAt: number | null
  readonly failedAt: number | null
}

type Memory = readonly PasskeyHere[]

/** By what the browser says of an answer. */
export function wayOf({ attachment }: Pick<WorkedHere, 'attachment'>): Way {
  return attachment === 'platform' ? 'this-device' : 'other-device'
}

/** What a row of `known_browsers` holds. */
export function readMemory(text: string | null | undefined): Memory {
  return text ? (JSON.parse(text) as Memory) : []
}

export function writeMemory(memory: Memory): string | null {
  return memory.length === 0 ? null : JSON.stringify(memory)
}

/** The memory with one passkey's success; it holds as many as an account may have. */
export function withWorked(memory: Memory, worked: WorkedHere, now: number): Memory {
  const fresh = { id: worked.passkeyId, way: wayOf(worked), workedAt: now, failedAt: null }
  return [fresh, ...memory.filter(({ id }) => id !== fresh.id)].slice(0, mostLivePasskeys)
}

/** The memory with one passkey's failure; null where it knew of one since the last success. */
function withFailed(memory: Memory, passkeyId: string, now: number): Memory | null {
  const known = memory.find(({ id }) => id === passkeyId)
  if (known && known.failedAt !== null) return null
  const failed = { id: passkeyId, way: null, workedAt: null, ...known, failedAt: now }
  return [failed, ...memory.filter(({ id }) => id !== passkeyId)].slice(0, mostLivePasskeys)
}

/** What this browser remembers of the account's passkeys; it forgets all when one is removed. */
export async function findPasskeysHere(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  accountId: string,
  tokens: readonly string[],
): Promise<Memory> {
  return readMemory((await selectMemory(db, accountId, tokens.map(hashToken), now()))?.passkeys)
}

/** Notes that a passkey has worked in this browser, where the account knows it. */
export async function noteWorked(
  act: Act,
  accountId: string,
  tokens: readonly string[],
  worked: WorkedHere,
): Promise<void> {
  await change(act, accountId, tokens, (memory) => withWorked(memory, worked, act.now))
}

/** Notes that a passkey has failed in this browser, once after each success. */
export async function noteFailed(
  act: Act,
  accountId: string,
  tokens: readonly string[],
  passkeyId: string,
): Promise<void> {
  await change(act, accountId, tokens, (memory) => withFailed(memory, passkeyId, act.now))
}

/**
 * Notes a passkey registered in this browser as one that works here. One that another device keeps does
 * not take the place of any that worked.
 */
export async function rememberRegistered(
  act: Act,
  { id: passkeyId, accountId, attachment }: Pick<Passkey, 'id' | 'accountId' | 'attachment'>,
  tokens: readonly string[],
): Promise<void> {
  const worked = { passkeyId, attachment }
  await change(act, accountId, tokens, (memory) =>
    wayOf(worked) === 'other-device' && memory.some(({ workedAt }) => workedAt !== null)
      ? null
      : withWorked(memory, worked, act.now),
  )
}

async function change(
  { tx, now, later }: Act,
  accountId: string,
  tokens: readonly string[],
  next: (memory: Memory) => Memory | null,
): Promise<void> {
  const row = await selectMemory(tx, accountId, tokens.map(hashToken), now)
  const passkeys = row && writeMemory(next(readMemory(row.passkeys)) ?? [])
  if (row && passkeys) later(() => memoryUpdate.with(tx, { ...row, passkeys }))
}

/**
 * The passkey that is selected: what worked in this browser last; else what this kind of machine is likely
 * to keep; else the top one. One that failed here since it worked gives way to those that did not.
 */
export function selectHere(
  passkeys: readonly Passkey[],
  memory: Memory,
  device: Device,
): Passkey | undefined {
  const failed = new Set(memory.filter((one) => one.failedAt !== null).map(({ id }) => id))
  const hopeful = passkeys.filter(({ id }) => !failed.has(id))
  const choice = hopeful.length > 0 ? hopeful : passkeys
  return (
    lastWorked(choice, memory) ??
    choice.find((passkey) => !needsAnotherDevice(passkey, device)) ??
    choice[0]
  )
}

function lastWorked(passkeys: readonly Passkey[], memory: Memory): Passkey | undefined {
  const at = new Map(memory.map(({ id, workedAt }) => [id, workedAt ?? 0]))
  return passkeys
    .filter(({ id }) => (at.get(id) ?? 0) > 0)
    .toSorted((one, other) => (at.get(other.id) ?? 0) - (at.get(one.id) ?? 0))[0]
}
