// Rule 5: a challenge is a note to ourselves, that asking for leaves nowhere and answering spends.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readChallenge, writeChallenge } from '../../src/domain/passkeys/challenge.ts'
import { hours, minutes } from '../../src/kernel/clock.ts'
import { deriveKeys, hashToken } from '../../src/kernel/secrets.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { recordsOf } from '../support/checks/records.ts'
import { changedTables } from '../support/checks/tables.ts'
import {
  creationOptions,
  holderOfPasskey,
  openFurtherRegistration,
  proofOptions,
} from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey, askPasskey, atPasskey } from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

/** The random bytes of a challenge, between its fixed members and its subject. */
function randomOf(challenge: string): string {
  return Buffer.from(challenge, 'base64url').toString('hex', 45, 77)
}

function bendBit(challenge: string, index: number): string {
  const bytes = Buffer.from(challenge, 'base64url')
  bytes[index]! ^= 1
  return bytes.toString('base64url')
}

onEachDatabase('a challenge', (world) => {
  const noteOf = (challenge: string) => readChallenge(world.deps.keys, challenge)

  test('is never given twice, and has at most 350 bytes', async () => {
    const holder = await accountWithPasskey(world)
    await openFurtherRegistration(world, holder)
    const browser = await atPasskey(world, holder)
    const challenges: string[] = []
    for (let round = 0; round < 10; round += 1) {
      challenges.push((await creationOptions(holder.client, 'Key')).challenge)
      challenges.push((await proofOptions(holder.client, holder.passkey.id, 'switch')).challenge)
      challenges.push((await askPasskey(browser, holder.passkey.id)).challenge)
    }
    assert.equal(new Set(challenges).size, 30)
    for (const text of challenges) {
      const bytes = Buffer.from(text, 'base64url')
      assert.ok(bytes.length <= 350, text)
      // Other 32 bytes than in any other one: the random ones, at the same place in all.
      assert.equal(new Set(challenges.map((one) => randomOf(one))).size, 30)
      assert.ok(new Set(Buffer.from(randomOf(text))).size > 8, text)
    }
  })

  test('writes nothing when it begins', async (t) => {
    const holder = await accountWithPasskey(world)
    await openFurtherRegistration(world, holder)
    const browser = await atPasskey(world, holder)
    const tables = await changedTables(world, t, async () => {
      await creationOptions(holder.client, 'Key')
      await proofOptions(holder.client, holder.passkey.id, 'switch')
      await askPasskey(browser, holder.passkey.id)
    })
    assert.deepEqual(tables, [])
  })

  test('says its kind, purpose, account, owner and time, and a get its passkey, a create its name', async () => {
    const holder = await accountWithPasskey(world)
    const { client, passkey } = holder
    await openFurtherRegistration(world, holder)
    const browser = await atPasskey(world, holder)
    const { sessions, signIns, accounts } = await recordsOf(world)
    const account = accounts.find(({ login_id }) => login_id === holder.account.loginId)
    const ofAccount = ({ account_id }: { account_id: string }) => account_id === account?.id
    const session = sessions.find(ofAccount)?.id
    const signIn = signIns.find(ofAccount)?.id
    const expectNote = (
      challenge: string,
      kind: string,
      purpose: string,
      owner: string | undefined,
    ) =>
      assert.deepEqual(noteOf(challenge), {
        ...{ kind, purpose, owner },
        accountId: account?.id,
        factorsVersion: account?.factors_version,
        passkeyId: kind === 'get' ? passkey.id : null,
        passkeyName: kind === 'get' ? null : 'Key',
        begunAt: world.now,
      })
    const { challenge } = await creationOptions(client, 'Key')
    expectNote(challenge, 'create', 'registration', session)
    for (const purpose of ['register', 'switch', 'step-up']) {
      const { challenge } = await proofOptions(client, passkey.id, purpose)
      expectNote(challenge, 'get', purpose, session)
    }
    const asked = await askPasskey(browser, passkey.id)
    expectNote(asked.challenge, 'get', 'sign-in', signIn)
  })

  test('is remembered as spent for an hour after its end, and swept then', async () => {
    const holder = await holderOfPasskey(world)
    const { client, passkey, authenticator } = holder
    const asked = await proofOptions(client, passkey.id, 'step-up')
    expectStatus(await client.post('/api/session/passkey', await authenticator.get(asked)), 200)
    const hash = hashToken(asked.challenge)
    const isKnown = async () => {
      await sweep(world.deps)
      const rows = await world.deps.db
        .selectFrom('spent')
        .select('hash')
        .where('hash', '=', hash)
        .execute()
      return rows.length === 1
    }
    world.advance(5 * minutes + 1 * hours)
    assert.equal(await isKnown(), true)
    world.advance(1)
    assert.equal(await isKnown(), false)
  })

  test('is refused, and writes nothing, when it is from over a minute ahead or not of our making', async (t) => {
    const { client, passkey, authenticator } = await holderOfPasskey(world)
    const asked = await proofOptions(client, passkey.id, 'step-up')
    const note = noteOf(asked.challenge)
    assert.ok(note)
    const at = (begunAt: number) => writeChallenge(world.deps.keys, { ...note, begunAt })
    const foreign = writeChallenge(deriveKeys('another secret of thirty-two characters'), note)
    const otherKind = { kind: 'create', passkeyId: null, passkeyName: 'Key' } as const
    const create = writeChallenge(world.deps.keys, { ...note, ...otherKind })
    const bent = bendBit(asked.challenge, 30)
    for (const challenge of [
      at(world.now + 1 * minutes + 1),
      foreign,
      create,
      bent,
      asked.challenge + 'A',
    ]) {
      const answer = await authenticator.get({ ...asked, challenge })
      const tables = await changedTables(world, t, async () => {
        const refused = await client.post('/api/session/passkey', answer)
        assert.equal(expectProblem(refused, 400), 'ceremony_expired')
      })
      assert.deepEqual(tables, [])
    }
    const early = await authenticator.get({ ...asked, challenge: at(world.now + 1 * minutes) })
    expectStatus(await client.post('/api/session/passkey', early), 200)
  })
})
