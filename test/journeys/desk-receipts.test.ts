// The receipt of an approval verifies years later without the server; whose the signature is, only a list says that
// was exported and kept elsewhere (rule 39).
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { OperatorKeys, Receipt } from '../../src/domain/requests/receipt.ts'
import type { RunningConsole } from '../../src/node/console.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { accountWithPasskey } from '../support/world/journeys.ts'
import { inventReceipt } from '../support/world/receipts.ts'
import {
  approve,
  askedFor,
  atDesk,
  shown,
  signInAgain,
  type AtDesk,
} from '../support/world/requests.ts'
import { askHere, runHere } from '../support/world/terminal.ts'
import { expectStatus } from '../support/world/world.ts'

onEachDatabase('receipts', (world) => {
  let desk: RunningConsole
  let agent: AtDesk
  let approver: AtDesk
  let folder: string
  let receipt: Receipt
  let keys: OperatorKeys
  before(async () => {
    desk = await world.startConsole()
    folder = await mkdtemp(join(tmpdir(), 'sekisho-receipts-'))
    agent = await atDesk(world, desk, { roles: ['agent'] })
    approver = await atDesk(world, desk, { roles: ['approver'], name: '承認 花子' })
    receipt = await approved()
    keys = await exported()
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  /** The receipt of a removal that was approved. */
  const approved = async () => {
    // A command has moved the clock to the present.
    for (const one of [agent, approver]) await signInAgain(one)
    const { account, passkey } = await accountWithPasskey(world)
    const { id: accountId } = await world.deps.db
      .selectFrom('accounts')
      .select('id')
      .where('login_id', '=', account.loginId)
      .executeTakeFirstOrThrow()
    const body = { act: 'remove-passkey', accountId, passkeyId: passkey.id }
    const { id } = await askedFor(agent, body)
    expectStatus(await approve(approver, id), 200)
    return (await shown(agent, id))['receipt'] as Receipt
  }

  const exported = async () => {
    const file = join(folder, 'exported.json')
    const { status, errors } = await world.command(['operators', 'keys', '--file', file])
    assert.deepEqual([status, errors], [0, ''])
    return JSON.parse(await readFile(file, 'utf8')) as OperatorKeys
  }

  /** What the command says of a receipt by a list, without any settings; without a list too. */
  const verdict = async (of: unknown, by: unknown = keys) => {
    const [file, list] = [join(folder, 'receipt.json'), join(folder, 'keys.json')]
    await writeFile(file, JSON.stringify(of))
    await writeFile(list, JSON.stringify(by))
    const words = ['requests', 'verify', '--file', file, ...(by === null ? [] : ['--keys', list])]
    const { status, found } = await askHere(words, {})
    const { output } = await runHere(words, {})
    assert.equal(output.split('\n')[0], found['verdict'])
    return { status, said: String(found['verdict']) }
  }

  const invalid = async (of: unknown, why: RegExp, by: unknown = keys) => {
    const { status, said } = await verdict(of, by)
    assert.equal(status, 1)
    assert.match(said, /^invalid: /)
    assert.match(said, why)
  }

  test('by the list of keys it is the approver’s, by name; the answer of the API may be the file', async () => {
    const right = { status: 0, said: 'signature valid, signer 承認 花子' }
    assert.deepEqual(await verdict(receipt), right)
    assert.deepEqual(await verdict({ id: 'x', receipt }), right)
  })

  test('without the list, and with a key that is not on it, the signer is unknown', async () => {
    const unknown = { status: 1, said: 'signature valid, signer unknown' }
    assert.deepEqual(await verdict(receipt, null), unknown)
    assert.deepEqual(await verdict(receipt, { version: 1, operators: [] }), unknown)
    const invented = await inventReceipt({ operatorId: approver.operator.id, now: world.now })
    assert.deepEqual(await verdict(invented), unknown)
  })

  test('an invented key under the credential of the approver is no signature of hers', async () => {
    const invented = await inventReceipt({ operatorId: approver.operator.id, now: world.now })
    const { credentialId } = receipt
    await invalid({ ...invented, credentialId }, /the key is not the one on the list/)
    await invalid({ ...receipt, publicKey: invented.publicKey }, /signature/)
  })

  test('no member of a receipt can be changed', async () => {
    const other = await approved()
    const text = receipt.text.replace('機種変更', '機種変史')
    assert.notEqual(text, receipt.text)
    await invalid({ ...receipt, text }, /text is not the one of the digest/)
    await invalid({ ...receipt, text: other.text, digest: other.digest }, /not this text/)
    await invalid({ ...receipt, random: other.random }, /not this text/)
    const others = { ...receipt, operatorId: agent.operator.id }
    for (const by of [keys, null]) await invalid(others, /signed for another operator/, by)
    await invalid({ ...receipt, signature: other.signature }, /signature/)
    await invalid({ ...receipt, authenticatorData: other.authenticatorData }, /signature/)
    await invalid({ ...receipt, clientDataJSON: other.clientDataJSON }, /not this text/)
    await invalid({ ...receipt, origin: 'https://desk.example.jp' }, /another origin/)
    await invalid({ ...receipt, rpId: 'example.jp' }, /another relying party/)
    await invalid({ ...receipt, time: new Date(world.now + 3_600_000).toISOString() }, /time/)
    await invalid({ ...receipt, backupEligible: !receipt.backupEligible }, /BE|list/)
    for (const member of Object.keys(receipt)) {
      const { [member as keyof Receipt]: _, ...rest } = receipt
      const file = join(folder, 'broken.json')
      await writeFile(file, JSON.stringify(rest))
      const { status, error } = await askHere(['requests', 'verify', '--file', file], {})
      assert.deepEqual([status, error?.code], [1, 'file_refused'], member)
    }
  })

  test('a signature by another operator’s key, or of another request, is none', async () => {
    const swapped = {
      ...keys,
      operators: keys.operators.map((one) => {
        if (one.id === approver.operator.id) return { ...one, keys: [] }
        const own = keys.operators.find(({ id }) => id === approver.operator.id)
        return one.id === agent.operator.id ? { ...one, keys: own?.keys ?? [] } : one
      }),
    }
    await invalid(receipt, /another operator/, swapped)
    const invented = await inventReceipt({ text: { request: 'another' } })
    await invalid(invented, /another request/)
  })

  test('what is printed is what was signed, on one line, and a member twice is refused', async () => {
    const time = new Date(Date.parse(receipt.time) + 1).toISOString()
    const name = '承認\nsignature valid, signer \u202e花子'
    const renamed = {
      ...keys,
      operators: keys.operators.map((one) =>
        one.id === approver.operator.id ? { ...one, name } : one,
      ),
    }
    const [file, list] = [join(folder, 'late.json'), join(folder, 'renamed.json')]
    await writeFile(file, JSON.stringify({ ...receipt, time }))
    await writeFile(list, JSON.stringify(renamed))
    const words = ['requests', 'verify', '--file', file, '--keys', list]
    const { output } = await runHere(words, {})
    assert.equal(output.trim().split('\n').length, 2, output)
    assert.doesNotMatch(output, /\u202e/)
    assert.ok(!output.includes(time))
    const { status, found } = await askHere(words, {})
    assert.equal(status, 0)
    assert.ok(Date.parse(String(found['askedAt'])) <= Date.parse(receipt.time))
    await writeFile(file, JSON.stringify(receipt).replace('{', '{"version":1,'))
    const { error } = await askHere(words, {})
    assert.equal(error?.code, 'file_refused')
  })

  test('a key that has ended stays on the list, good for what it signed while it lived', async () => {
    const query = world.deps.db.updateTable('operator_passkeys').set({ ended_at: world.now + 1 })
    await query.where('operator_id', '=', approver.operator.id).execute()
    const ended = await exported()
    assert.equal((await verdict(receipt, ended)).status, 0)
    const until = (time: number) => ({
      ...ended,
      operators: ended.operators.map((one) => ({
        ...one,
        keys: one.keys.map((key) => ({ ...key, until: new Date(time).toISOString() })),
      })),
    })
    await invalid(receipt, /had ended/, until(Date.parse(receipt.time) - 1))
    await world.deps.db
      .updateTable('operator_passkeys')
      .set({ ended_at: null })
      .where('operator_id', '=', approver.operator.id)
      .execute()
  })
})
