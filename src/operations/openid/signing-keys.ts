// The keys that sign ID tokens and logout tokens. All nodes share them, sealed in the database.
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { transact, type Act, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import {
  claimFirstKeys,
  deleteKey,
  insertKey,
  resealKey,
  retireKeys,
  selectKeys,
  holdKeys,
  type OidcKey,
} from '../../domain/openid/signing-keys.ts'
import type { Database } from '../../domain/tables/tables.ts'
import { toIso } from '../../kernel/clock.ts'
import { isSealed, type Keys } from '../../kernel/secrets.ts'
import { keyPublishedAfter, keyPublishedBefore } from '../../limits/openid.ts'

/** The private keys, those in use first, as oidc-provider signs with the first that fits. */
export async function loadSigningKeys({
  db,
  keys,
  now,
}: Pick<Deps, 'db' | 'keys' | 'now'>): Promise<readonly SigningKey[]> {
  const rows = await selectKeys(db, now())
  const signing = rows.filter((row) => row.signs_from <= now())
  const coming = rows.filter((row) => row.signs_from > now())
  return [...signing, ...coming].map((row) => unsealKey(keys, row))
}

/**
 * Makes an ES256 and an RS256 key at the first start of an installation. Keys of an installation that is
 * older than sealing by purpose are sealed for their purpose.
 */
export async function makeFirstKeys(deps: ActDeps): Promise<void> {
  const isFirst = (await selectKeys(deps.db, deps.now())).length === 0
  const made = isFirst ? algorithms.map(makeKey) : []
  await transact(deps, fromNowhere('system'), async (act) => {
    if (await claimFirstKeys(act.tx)) for (const key of made) await storeKey(act, key, act.now)
    for (const row of await selectKeys(act.tx, act.now)) await sealForPurpose(act, row)
  })
}

/**
 * Makes new keys, which sign from ten minutes on, and retires the present keys two days later. Returns when
 * the new keys begin to sign.
 */
export async function rotateKeys(deps: ActDeps, operator: Operator): Promise<number> {
  const made = algorithms.map(makeKey)
  return transact(deps, fromNowhere(operator), async (act) => {
    const { tx } = act
    await holdKeys(tx)
    const signsFrom = act.now + keyPublishedBefore
    const present = await selectKeys(tx, act.now)
    for (const key of made) await storeKey(act, key, signsFrom)
    const kids = present.map(({ kid }) => kid)
    if (kids.length > 0) await retireKeys(tx, kids, signsFrom + keyPublishedAfter)
    record(act, { event: 'sys_keys_rotated', detail: { signsFrom: toIso(signsFrom) } })
    return signsFrom
  })
}

/**
 * Drops a key at once: tokens that it signed no longer verify. Makes a new key, which signs at once, where
 * no other key signs with the algorithm. False when there is no such key.
 */
export async function revokeKey(deps: ActDeps, kid: string, operator: Operator): Promise<boolean> {
  const known = (await selectKeys(deps.db, deps.now())).find((row) => row.kid === kid)
  if (!known) return false
  const made = makeKey(known.alg)
  return transact(deps, fromNowhere(operator), async (act) => {
    await holdKeys(act.tx)
    const { tx, now } = act
    const present = await selectKeys(tx, now)
    const revoked = present.find((row) => row.kid === kid)
    if (!revoked || !(await deleteKey(tx, kid))) return false
    const signsOn = present.some(
      (row) =>
        row !== revoked &&
        row.alg === revoked.alg &&
        row.signs_from <= now &&
        row.published_until === null,
    )
    if (!signsOn) await storeKey(act, made, now)
    record(act, { event: 'sys_key_revoked', detail: { kid } })
    return true
  })
}

/** A text that changes with the keys, so that a node notices a rotation on another node. */
export async function keysVersion({
  db,
  now,
}: {
  db: Database
  now: () => number
}): Promise<string> {
  const rows = await selectKeys(db, now())
  return rows.map(({ kid, signs_from }) => `${kid}${signs_from <= now() ? '!' : ''}`).join(' ')
}

const makers: Readonly<
  Record<string, () => Readonly<Record<'privateKey' | 'publicKey', KeyObject>>>
> = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

const algorithms = Object.keys(makers)

interface MadeKey {
  readonly kid: string
  readonly alg: string
  readonly jwk: string
}

/** Slow, so it comes before the transaction that stores the key: on SQLite all other writers would wait. */
function makeKey(alg: string): MadeKey {
  const pair = makers[alg]?.()
  if (!pair) throw new Error(`no key is made for ${alg}`)
  const { privateKey, publicKey } = pair
  const publicDer = publicKey.export({ type: 'spki', format: 'der' })
  const kid = createHash('sha256').update(publicDer).digest('base64url').slice(0, 16)
  const jwk = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig' })
  return { kid, alg, jwk }
}

async function storeKey(
  { tx, keys }: Act,
  { kid, alg, jwk }: MadeKey,
  signsFrom: number,
): Promise<void> {
  const sealed = keys.seal('signing-key', kid, jwk)
  await insertKey(tx, { kid, alg, sealed, signs_from: signsFrom, published_until: null })
}

/** Seals the keys anew, by the secret that makes; returns how many there are. */
export async function resealKeys(act: Act): Promise<number> {
  await holdKeys(act.tx)
  const rows = await selectKeys(act.tx, act.now)
  for (const row of rows) await sealAnew(act, row, unsealKey(act.keys, row))
  return rows.length
}

async function sealForPurpose(act: Act, row: OidcKey): Promise<void> {
  if (isSealed(row.sealed)) return
  await sealAnew(act, row, readKey(row, act.keys.unsealFormer(row.kid, row.sealed)))
}

async function sealAnew({ tx, keys }: Act, { kid }: OidcKey, key: SigningKey): Promise<void> {
  await resealKey(tx, kid, keys.seal('signing-key', kid, JSON.stringify(key)))
}

function unsealKey(keys: Keys, row: OidcKey): SigningKey {
  return readKey(row, keys.unseal('signing-key', row.kid, row.sealed))
}

/** A private key as JWK. */
type SigningKey = ReturnType<typeof readKey>

/** Parses a text that must be the private key of the row. */
function readKey({ kid, alg }: OidcKey, text: string) {
  const key = z.looseObject({
    kty: z.enum(['EC', 'RSA']),
    kid: z.literal(kid),
    alg: z.literal(alg),
    d: z.string(),
  })
  return key.parse(JSON.parse(text))
}
