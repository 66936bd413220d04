// Rule 1: a passkey's name is set once, is readable, its own, and never changes; and there is a limit.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { countLivePasskeys, passkeyRecord } from '../support/checks/records.ts'
import {
  creationOptions,
  holderOfPasskey,
  openFurtherRegistration,
  registerFurtherPasskey,
  removeBySupport,
  securityKey,
  type Holder,
} from '../support/world/ceremonies.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { Answer, HttpClient } from '../support/world/http-client.ts'
import { makePasskey, openRegistration } from '../support/world/journeys.ts'
import { expectProblem, expectStatus } from '../support/world/world.ts'

const allowed: readonly (readonly [typed: string, kept: string])[] = [
  ['  Windows ', 'Windows'],
  ['　ＷＩＮＤＯＷＳ　１１　', 'ＷＩＮＤＯＷＳ　１１'],
  ['ｽﾏｰﾄﾌｫﾝ', 'ｽﾏｰﾄﾌｫﾝ'],
  // NFKC would make other characters of these: U+FA19 and U+FA11.
  ['\ufa19田の携帯', '\ufa19田の携帯'],
  ['山\ufa11のPC', '山\ufa11のPC'],
  ['花子の携帯', '花子の携帯'],
  ['x', 'x'],
  ['x'.repeat(40), 'x'.repeat(40)],
  ['📱'.repeat(40), '📱'.repeat(40)],
  ['ｶﾞ'.repeat(40), 'ｶﾞ'.repeat(40)],
  ['👩‍💻 laptop', '👩‍💻 laptop'],
  ["<b>O'Neill & co.</b>", "<b>O'Neill & co.</b>"],
]

const refused: Readonly<Record<string, string>> = {
  nothing: '',
  'only spaces': ' 　\t',
  '41 characters': 'x'.repeat(41),
  '40 characters that NFKC makes 80': 'ﬁ'.repeat(40),
  '40 characters, each written with three': '각'.normalize('NFD').repeat(40),
  'a line break': 'one\ntwo',
  'a NUL': 'one\u0000',
  'an escape': '\u001b[31mred',
  'a control of the second kind': 'one\u0085two',
  'a line separator': 'one\u2028two',
  'a bidi override': 'eman\u202egnp',
  'a bidi isolate': 'one\u2066two',
  'a mark of direction': 'one\u200ftwo',
  'an Arabic letter mark': 'one\u061ctwo',
  'a sign without width': 'one\u200btwo',
  'a byte order mark': 'one\ufefftwo',
  'half of a pair': 'one\ud83d',
  'nothing to see': '\u200d\ufe0f',
  'a filler that shows nothing': '\u3164',
}

onEachDatabase('the name of a passkey', (world, database) => {
  /** A browser that has the permission to register a first passkey and does not use it. */
  let asking: HttpClient
  before(async () => {
    // On one file of SQLite two nodes of one process would wait for each other.
    if (database.name === 'postgres') await world.startNode()
    const account = await world.addAccount()
    asking = await world.signIn(account)
    await openRegistration(world, asking, account)
  })

  const ask = (client: HttpClient, name: unknown) =>
    client.post('/api/passkeys/options', { name, device: 'this-device' })

  async function namesOf(client: HttpClient): Promise<string[]> {
    const listed = await client.get<{ passkeys: { name: string }[] }>('/api/passkeys')
    return expectStatus(listed, 200).passkeys.map(({ name }) => name)
  }

  for (const [what, name] of Object.entries(refused)) {
    test(`may not hold ${what}`, async () => {
      assert.equal(expectProblem(await ask(asking, name), 400), 'name_not_allowed')
    })
  }

  test('is a text', async () => {
    for (const name of [undefined, null, 7, ['x'], { x: 1 }]) {
      assert.equal(expectProblem(await ask(asking, name), 400), 'invalid_request')
    }
  })

  test('is kept as it was typed, but for blanks around it', async () => {
    const holder = await holderOfPasskey(world)
    for (const [typed, kept] of allowed) {
      const name = kept === 'Windows' ? typed.replace('Windows', 'Mac') : typed
      const expected = kept === 'Windows' ? 'Mac' : kept
      const passkey = await registerFurtherPasskey(world, holder, securityKey(world), name)
      assert.equal(passkey.name, expected)
      assert.ok((await namesOf(holder.client)).includes(expected))
    }
  })

  test('is not given to a second live passkey of the account, however it is written', async () => {
    const holder = await holderOfPasskey(world)
    await openFurtherRegistration(world, holder)
    for (const name of ['Windows', ' Ｗｉｎｄｏｗｓ', 'Ｗindows　']) {
      assert.equal(expectProblem(await ask(holder.client, name), 409), 'name_taken')
    }
    const other = await holderOfPasskey(world)
    assert.deepEqual(await namesOf(other.client), ['Windows'])
  })

  test('is given once, when two sessions answer with it at once on two nodes', async () => {
    const account = await world.addAccount()
    const clients = [await world.signIn(account), await world.signIn(account)]
    const senders: (() => Promise<Answer>)[] = []
    for (const [index, client] of clients.entries()) {
      await openRegistration(world, client, account)
      world.advance(30_000)
      const answer = await securityKey(world).create(await creationOptions(client, 'Same'))
      const onNode = client.through(world.url(index % world.nodes.length))
      senders.push(() => onNode.post('/api/passkeys', answer))
    }
    const answers = await Promise.all(senders.map((send) => send()))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409])
    assert.equal(await countLivePasskeys(world, account), 1)
  })

  test('of a removed passkey is free again, and the removed one keeps it', async () => {
    const holder = await holderOfPasskey(world)
    await removeBySupport(world, holder.account, holder.passkey.id)
    await world.signIn(holder.account, holder.client)
    await openRegistration(world, holder.client, holder.account)
    const made = await makePasskey(holder.client, securityKey(world), 'Windows')
    assert.notEqual(expectStatus(made, 201).id, holder.passkey.id)
    assert.equal((await passkeyRecord(world, holder.passkey.id)).name, 'Windows')
  })

  test('is the one of the options, whatever the answer says', async () => {
    const holder = await holderOfPasskey(world)
    await openFurtherRegistration(world, holder)
    const answer = await securityKey(world).create(await creationOptions(holder.client, 'Mine'))
    const renamed = { ...answer, name: 'Other', response: { ...answer.response, name: 'Other' } }
    const made = await holder.client.post<{ name: string }>('/api/passkeys', renamed)
    assert.equal(expectStatus(made, 201).name, 'Mine')
  })

  test('is changed by no call', async () => {
    const { client, passkey } = await holderOfPasskey(world)
    const path = `/api/passkeys/${passkey.id}`
    const body = JSON.stringify({ id: passkey.id, name: 'Other', passkeyId: passkey.id })
    const headers = { 'content-type': 'application/json', 'content-length': `${body.length}` }
    for (const method of ['PUT', 'PATCH', 'POST', 'DELETE']) {
      const onPasskey = await client.raw({ method, path, headers, body })
      assert.equal(expectProblem(onPasskey, 404), 'not_found')
    }
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const onList = await client.raw({ method, path: '/api/passkeys', headers, body })
      assert.equal(expectProblem(onList, 405), 'method_not_allowed')
    }
    assert.deepEqual(await namesOf(client), ['Windows'])
  })

  test('is fixed by the database itself, for live and for removed passkeys', async () => {
    const holder = await holderOfPasskey(world)
    const { id } = await registerFurtherPasskey(world, holder, securityKey(world), 'Old')
    await removeBySupport(world, holder.account, id)
    const { db } = world.deps
    for (const passkeyId of [holder.passkey.id, id]) {
      const rename = sql`update passkeys set name = 'Other' where id = ${passkeyId}`
      await assert.rejects(rename.execute(db), /the name of a passkey is fixed/)
      const inPassing = sql`update passkeys set counter = 9, name = 'x' where id = ${passkeyId}`
      await assert.rejects(inPassing.execute(db), /the name of a passkey is fixed/)
    }
    assert.equal((await passkeyRecord(world, holder.passkey.id)).name, 'Windows')
    assert.equal((await passkeyRecord(world, id)).name, 'Old')
    await sql`update passkeys set counter = 9 where id = ${holder.passkey.id}`.execute(db)
    assert.equal((await passkeyRecord(world, holder.passkey.id)).counter, 9)
  })

  test('goes to 20 live passkeys and not to a 21st, until one is removed', async () => {
    const holder = await holderOfPasskey(world)
    await fillUpTo(19, holder)
    await openFurtherRegistration(world, holder)
    const last = await addCopy(holder, 'Last')
    assert.equal(await countLivePasskeys(world, holder.account), 20)
    assert.equal(expectProblem(await ask(holder.client, 'More'), 409), 'too_many_passkeys')

    await removeBySupport(world, holder.account, last)
    await world.signIn(holder.account, holder.client)
    await registerFurtherPasskey(world, holder, securityKey(world), 'More')
    assert.equal(await countLivePasskeys(world, holder.account), 20)
  })

  test('is not asked for a proof or a mail when the 21st would be refused in the end', async () => {
    const holder = await holderOfPasskey(world)
    await fillUpTo(20, holder)
    const { client, passkey } = holder
    const proof = { passkeyId: passkey.id, purpose: 'register' }
    for (const [path, body] of [
      ['/api/session/passkey/options', proof],
      ['/api/passkeys/email-code', undefined],
    ] as const) {
      assert.equal(expectProblem(await client.post(path, body), 409), 'too_many_passkeys')
    }
    const stepUp = { ...proof, purpose: 'step-up' }
    expectStatus(await client.post('/api/session/passkey/options', stepUp), 200)
    const page = await client.raw({ method: 'GET', path: '/portal/passkeys/new' })
    assert.match(page.text, /data-stage="full"/)
  })

  /** Copies of the first passkey, each with a credential and a name of its own. */
  async function fillUpTo(count: number, holder: Holder): Promise<void> {
    for (let one = 1; one < count; one += 1) await addCopy(holder, `Copy ${one}`)
  }

  async function addCopy({ passkey }: Holder, name: string): Promise<string> {
    const row = await passkeyRecord(world, passkey.id)
    const id = `${passkey.id}-${name}`
    const copy = { ...row, id, credential_id: `${row.credential_id}${name}`, name }
    await world.deps.db.insertInto('passkeys').values(copy).execute()
    return id
  }
})
