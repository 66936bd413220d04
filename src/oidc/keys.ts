// The keys that sign ID tokens and logout tokens: the same on all nodes, sealed in the database.
import { createHash, generateKeyPairSync } from 'node:crypto'
import type { JWK } from 'oidc-provider'
import { actorOf, commandCaller, type Operator } from '../audit/operator.ts'
import { recordEvent } from '../audit/record.ts'
import type { Deps } from '../deps.ts'
import { days, minutes, toIso } from '../ground/clock.ts'
import type { Keys } from '../ground/secrets.ts'
import type { Database, Tx } from '../storage/tables.ts'
import { claimFirstKeys, insertKey, retireKeys, selectKeys, type OidcKey } from './store.ts'

/** A new key is published before it signs, so that every node and every client has seen it. */
const publishedBefore = 10 * minutes
/** Longer than anything that was signed lives; clients keep key sets for a day at most. */
const publishedAfter = 2 * days

/** The private keys, those that sign first; the library signs with the first that fits. */
export async function loadSigningKeys({
  db,
  keys,
  now,
}: Pick<Deps, 'db' | 'keys' | 'now'>): Promise<readonly JWK[]> {
  const rows = await selectKeys(db, now())
  const signing = rows.filter((row) => row.signs_from <= now())
  const coming = rows.filter((row) => row.signs_from > now())
  return [...signing, ...coming].map((row) => unsealKey(keys, row))
}

/** Makes an ES256 and an RS256 key at the first start of an installation. */
export async function makeFirstKeys(deps: Pick<Deps, 'db' | 'keys' | 'now'>): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    if (await claimFirstKeys(tx)) await makeKeys(tx, deps, deps.now())
  })
}

/**
 * Makes new keys, which sign from ten minutes on, and lets the present ones go two days later. Returns
 * when the new ones begin to sign.
 */
export async function rotateKeys(
  deps: Pick<Deps, 'db' | 'keys' | 'now'>,
  operator: Operator,
): Promise<number> {
  const signsFrom = deps.now() + publishedBefore
  await deps.db.transaction().execute(async (tx) => {
    const present = await selectKeys(tx, deps.now())
    await makeKeys(tx, deps, signsFrom)
    const kids = present.map(({ kid }) => kid)
    if (kids.length > 0) await retireKeys(tx, kids, signsFrom + publishedAfter)
    await recordEvent(tx, deps, commandCaller, {
      event: 'sys_keys_rotated',
      actor: actorOf(operator),
      detail: { reason: operator.reason, signsFrom: toIso(signsFrom) },
    })
  })
  return signsFrom
}

/** What tells one state of the keys from another, to notice a rotation made on another node. */
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

async function makeKeys(tx: Tx, { keys }: Pick<Deps, 'keys'>, signsFrom: number): Promise<void> {
  const pairs = {
    ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  }
  for (const [alg, { privateKey, publicKey }] of Object.entries(pairs)) {
    const publicDer = publicKey.export({ type: 'spki', format: 'der' })
    const kid = createHash('sha256').update(publicDer).digest('base64url').slice(0, 16)
    const jwk = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig' })
    const sealed = keys.seal(kid, jwk)
    await insertKey(tx, { kid, alg, sealed, signs_from: signsFrom, published_until: null })
  }
}

function unsealKey(keys: Keys, { kid, sealed }: OidcKey): JWK {
  return JSON.parse(keys.unseal(kid, sealed)) as JWK
}
