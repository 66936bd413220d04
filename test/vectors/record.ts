// node test/vectors/record.ts — records the answers that vectors.test.ts replays: good ones of every
// kind, and one for each fault of bent-answers.ts. Keys and challenges are new each time, all else is
// the same; commit the files when a fault was added.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { format } from 'prettier'
import type { CreateFaults, GetFaults } from '../support/authenticator/authenticator-faults.ts'
import { bentAssertions, bentRegistrations, site } from '../support/authenticator/bent-answers.ts'
import { encodeCoseKey, type CoseAlgorithm } from '../support/authenticator/cose-keys.ts'
import {
  createAuthenticator,
  type AuthenticatorSettings,
} from '../support/authenticator/software-authenticator.ts'
import { fileOf, type Kind, type Vector, type VectorContext } from './vector.ts'

type Settings = Partial<AuthenticatorSettings>
type Due = Pick<Vector, 'name' | 'code' | 'read'>

const algorithms = { EdDSA: -8, ES256: -7, RS256: -257 } as const
const synced = { backupEligible: true, backedUp: true, counts: false, transports: ['hybrid'] }

function newContext(): VectorContext {
  const challenge = randomBytes(32).toString('base64url')
  return { ...site, challenge, userHandle: randomBytes(64).toString('base64url') }
}

function creationOptions({ challenge, userHandle }: VectorContext) {
  return {
    challenge,
    rp: { id: site.rpId, name: 'Sekisho' },
    user: { id: userHandle, name: 'tanaka', displayName: '田中 花子' },
    pubKeyCredParams: Object.values(algorithms).map((alg) => ({
      type: 'public-key' as const,
      alg,
    })),
  }
}

async function recordCreate(due: Due, settings: Settings, faults: CreateFaults): Promise<Vector> {
  const context = newContext()
  const authenticator = createAuthenticator({ ...site, ...settings })
  const response = await authenticator.create(creationOptions(context), faults)
  return { ...due, kind: 'create', context, response }
}

/** A registered passkey, and the options that ask for it with a challenge of their own. */
async function registered(settings: Settings) {
  const authenticator = createAuthenticator({ ...site, ...settings })
  const asked = newContext()
  const created = await authenticator.create(creationOptions(asked))
  const [credential] = authenticator.credentials
  if (!credential) throw new Error('nothing was made')
  const passkey = {
    credentialId: credential.id,
    publicKey: Buffer.from(encodeCoseKey(credential.keys, credential.keys.algorithm)).toString(
      'base64url',
    ),
    counter: credential.counter,
    backupEligible: credential.backupEligible,
  }
  const { userHandle } = asked
  const context: VectorContext = { ...newContext(), userHandle, passkey }
  const options = { challenge: context.challenge, rpId: site.rpId }
  return { authenticator, context, options, created }
}

async function recordGet(due: Due, settings: Settings, faults: GetFaults): Promise<Vector> {
  const { authenticator, context, options } = await registered(settings)
  const response = await authenticator.get(options, faults)
  return { ...due, kind: 'get', context, response }
}

/** Answers of the one ceremony where the other's is due, bare and with the members of both. */
async function recordSwapped(): Promise<Vector[]> {
  const { authenticator, context, options } = await registered({})
  const got = await authenticator.get(options)
  const other = createAuthenticator(site)
  const created = await other.create(creationOptions(context))
  const both = { ...created.response, ...got.response }
  const code = 'passkey_not_verified'
  const { clientDataJSON } = created.response
  return [
    {
      ...{ name: "an assertion's answer", kind: 'create', code: 'invalid_request' },
      ...{ context, response: got },
    },
    {
      ...{ name: "a registration's answer with an assertion's client data", kind: 'create', code },
      ...{ context, response: { ...created, response: both } },
    },
    {
      ...{ name: "a registration's answer", kind: 'get', code: 'invalid_request' },
      ...{ context, response: created },
    },
    {
      ...{ name: "an assertion's answer with a registration's client data", kind: 'get', code },
      ...{ context, response: { ...got, response: { ...both, clientDataJSON } } },
    },
  ]
}

async function recordAll(): Promise<Vector[]> {
  const vectors: Promise<Vector>[] = []
  const good = (name: string, read: Vector['read'] = {}): Due => ({ name, code: null, read })
  for (const [name, algorithm] of Object.entries(algorithms)) {
    const settings = { algorithm: algorithm satisfies CoseAlgorithm }
    const read = { algorithm, counter: 1, backupEligible: false, backedUp: false }
    vectors.push(recordCreate(good(`good, ${name}`, read), settings, {}))
    const proven = { counter: 2, backedUp: false }
    vectors.push(recordGet(good(`good, ${name}`, proven), settings, {}))
    for (const signature of ['bogus', 'other-key'] as const) {
      const due = { name: `signature ${signature}, ${name}`, code: 'passkey_not_verified' } as const
      vectors.push(recordGet(due, settings, { signature }))
    }
  }
  const phone = { counter: 0, backupEligible: true, backedUp: true, attachment: 'cross-platform' }
  vectors.push(recordCreate(good('good, of a synced phone', phone), synced, {}))
  const again = { counter: 0, backedUp: true }
  vectors.push(recordGet(good('good, of a synced phone', again), synced, {}))
  const long = good('good, a credential ID of 1023 bytes', { counter: 1 })
  vectors.push(recordCreate(long, {}, { credentialId: 1023 }))
  vectors.push(recordGet(good('good, without a user handle'), {}, { userHandle: null }))
  const stuck = { counter: 1 }
  vectors.push(recordGet(good('a counter that stands still, a risk', stuck), {}, { counter: 1 }))
  const back = { counter: 0 }
  vectors.push(recordGet(good('a counter that fell to 0, a risk', back), {}, { counter: 0 }))

  // Harmless: what Level 3 does not have is let be.
  const binding = good('a token binding of no known kind, which Level 3 does not have')
  const clientData = { tokenBinding: { status: '?' } }
  vectors.push(recordCreate(binding, {}, { clientData }), recordGet(binding, {}, { clientData }))
  vectors.push(recordGet(good('good, with an empty user handle'), {}, { userHandle: '' }))

  for (const { name, code, faults } of bentRegistrations) {
    vectors.push(recordCreate({ name, code }, {}, faults))
  }
  // An unknown credential finds no passkey to be checked with.
  for (const { name, code, faults } of bentAssertions.filter(({ unknown }) => !unknown)) {
    vectors.push(recordGet({ name, code }, {}, faults))
  }
  return [...(await Promise.all(vectors)), ...(await recordSwapped())]
}

const all = await recordAll()
for (const kind of ['create', 'get'] satisfies Kind[]) {
  const vectors = all.filter((vector) => vector.kind === kind)
  const text = await format(JSON.stringify(vectors), { parser: 'json', printWidth: 100 })
  writeFileSync(fileOf(kind), text)
  console.log(`${fileOf(kind)}: ${vectors.length}`)
}
