// The keys that sign ID tokens and logout tokens. All nodes share them, sealed in the database.
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { transact, type ActDeps } from '../domain/act.ts'
import { fromNowhere, type Operator } from '../domain/actor.ts'
import { record } from '../domain/audit/record.ts'
import type { Deps } from '../domain/deps.ts'
import {
  claimFirstKeys,
  deleteKey,
  insertKey,
  resealKey,
  retireKeys,
  selectKeys,
  takeKeys,
  type OidcKey,
} from '../domain/openid/signing-keys.ts'
import type { Database, Tx } from '../domain/tables/tables.ts'
import { toIso } from '../kernel/clock.ts'
import { keyPublishedAfter, keyPublishedBefore } from '../kernel/limits.ts'
import { isSealed, type Keys } from '../kernel/secrets.ts'

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
  await transact(deps, fromNowhere('system'), async ({ tx, now }) => {
    if (await claimFirstKeys(tx)) await makeKeys(tx, deps, now)
    for (const row of await selectKeys(tx, now)) await sealForPurpose(tx, deps, row)
  })
}

/**
 * Makes new keys, which sign from ten minutes on, and retires the present keys two days later. Returns when
 * the new keys begin to sign.
 */
export async function rotateKeys(deps: ActDeps, operator: Operator): Promise<number> {
  return transact(deps, fromNowhere(operator), async (act) => {
    const { tx } = act
    const signsFrom = act.now + keyPublishedBefore
    await takeKeys(tx)
    const present = await selectKeys(tx, act.now)
    await makeKeys(tx, deps, signsFrom)
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
  return transact(deps, fromNowhere(operator), async (act) => {
    const { tx, now } = act
    await takeKeys(tx)
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
    if (!signsOn) await makeKeys(tx, deps, now, [revoked.alg])
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

async function makeKeys(
  tx: Tx,
  { keys }: Pick<Deps, 'keys'>,
  signsFrom: number,
  algorithms = Object.keys(makers),
): Promise<void> {
  for (const alg of algorithms) {
    const pair = makers[alg]?.()
    if (!pair) throw new Error(`no key is made for ${alg}`)
    const { privateKey, publicKey } = pair
    const publicDer = publicKey.export({ type: 'spki', format: 'der' })
    const kid = createHash('sha256').update(publicDer).digest('base64url').slice(0, 16)
    const jwk = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig' })
    const sealed = keys.seal('signing-key', kid, jwk)
    await insertKey(tx, { kid, alg, sealed, signs_from: signsFrom, published_until: null })
  }
}

async function sealForPurpose(tx: Tx, { keys }: Pick<Deps, 'keys'>, row: OidcKey): Promise<void> {
  if (isSealed(row.sealed)) return
  const jwk = JSON.stringify(readKey(row, keys.unsealFormer(row.kid, row.sealed)))
  await resealKey(tx, row.kid, keys.seal('signing-key', row.kid, jwk))
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
