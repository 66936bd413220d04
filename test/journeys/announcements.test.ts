// What the broker tells everybody before the sign-in: set by command, shown by all nodes within seconds.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { before, test } from 'node:test'
import { selectAnnouncements } from '../../src/domain/announcements/store.ts'
import type { Announcement } from '../../src/domain/deps.ts'
import { hours, seconds } from '../../src/kernel/clock.ts'
import { setAnnouncement } from '../../src/operations/announcements.ts'
import { sweep } from '../../src/operations/upkeep/sweep.ts'
import { commandsOf, snippetsOf } from '../docs/snippets.ts'
import { changedTables } from '../support/checks/tables.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { askHere } from '../support/world/terminal.ts'
import { expectStatus } from '../support/world/world.ts'

const operator = { name: 'night shift', reason: 'test' }
const actor = `operator:${userInfo().username}`

onEachDatabase('announcements', (world) => {
  before(async () => {
    await world.startNode()
  })

  async function set(words: string, bent: Partial<Announcement> = {}): Promise<string> {
    const text = { ja: `${words}のお知らせ`, en: `about ${words}` }
    const announcement = { kind: 'warning', text, from: world.now, until: null, ...bent } as const
    const added = await setAnnouncement(world.deps, announcement, operator)
    assert.ok('id' in added)
    return added.id
  }

  async function run(...args: readonly string[]): Promise<string> {
    const { status, output, errors } = await world.command(['announcements', ...args])
    assert.equal(status, 0, errors)
    return output
  }

  const textOf = async (client: HttpClient, path: string) => {
    const { text } = await client.get(path)
    return text
  }

  const eventsOf = async (id: string) => {
    const events = await world.deps.db
      .selectFrom('audit_events')
      .selectAll()
      .where('detail', 'like', `%${id}%`)
      .orderBy('at')
      .execute()
    return events.map(({ event, actor, detail }) => ({
      ...{ event, actor },
      detail: JSON.parse(detail) as Record<string, unknown>,
    }))
  }

  test('are set by command and stand on the sign-in pages and the help of every node, until removed', async () => {
    const texts = ['--ja', ' 偽のメールにご注意ください。 ', '--en', 'Beware of forged mails.']
    const output = await run('set', '--kind', 'warning', ...texts, '--reason', 'mails are about')
    const [, id = ''] = /^announcement ID: ([\w-]{22})\n$/.exec(output) ?? []
    assert.match(await run('list'), new RegExp(`^${id}\twarning\t\\S+Z\tuntil removed\t偽の`, 'm'))

    const byMail = world.client()
    expectStatus(await givePassword(byMail, await world.addAccount()), 200)
    const { account, client: signedIn } = await accountWithPasskey(world)
    const byPasskey = world.client()
    expectStatus(await givePassword(byPasskey, account), 200)
    const pages: readonly (readonly [HttpClient, string])[] = [
      [world.client(), '/sign-in'],
      [byMail, '/sign-in/email-code'],
      [byPasskey, '/sign-in/passkey'],
      [world.client({ node: 1 }), '/sign-in'],
      ...['/help', '/help/devices', '/help/lost', '/help/card'].map(
        (path) => [world.client({ node: 1 }), path] as const,
      ),
    ]
    for (const [client, path] of pages) {
      const inJapanese = await textOf(client, `${path}?lang=ja`)
      assert.match(inJapanese, /<section class="announcements" aria-label="お知らせ">/, path)
      assert.match(
        inJapanese,
        /重要なご注意<\/strong>\s*偽のメールにご注意ください。<\/span>/,
        path,
      )
      const inEnglish = await textOf(client, `${path}?lang=en`)
      assert.match(inEnglish, /Important warning<\/strong>\s*Beware of forged mails\.<\/span>/)
      assert.doesNotMatch(inEnglish, /偽の/)
    }
    assert.doesNotMatch(await textOf(signedIn, '/portal'), /announcements/)

    await run('remove', '--id', id, '--reason', 'mails are gone')
    world.advance(10 * seconds)
    for (const [client, path] of pages) {
      assert.doesNotMatch(await textOf(client, path), /announcements|forged|偽の/, path)
    }
    const [wasSet, removed] = await eventsOf(id)
    assert.equal(wasSet?.event, 'sys_announcement_set')
    assert.equal(removed?.event, 'sys_announcement_removed')
    for (const event of [wasSet, removed]) assert.equal(event.actor, actor)
    const { kind, ja, en, reason } = wasSet.detail
    assert.deepEqual(
      { kind, ja, en, reason },
      {
        ...{ kind: 'warning', ja: '偽のメールにご注意ください。', en: 'Beware of forged mails.' },
        reason: 'mails are about',
      },
    )
    assert.deepEqual(removed.detail, { announcement: id, reason: 'mails are gone' })
  })

  test('are looked up every ten seconds and not for every page', async () => {
    world.advance(10 * seconds)
    await textOf(world.client(), '/sign-in')
    await set('memory')
    world.advance(10 * seconds - 1)
    assert.doesNotMatch(await textOf(world.client(), '/sign-in'), /memory/)
    world.advance(1)
    assert.match(await textOf(world.client(), '/sign-in'), /memory/)
  })

  test('are shown from their first to their last moment, to the millisecond', async () => {
    const [from, until] = [world.now + 1 * hours, world.now + 2 * hours]
    const kind = 'maintenance'
    await set('tonight', { kind, from, until })
    const isShown = async () => /tonight/.test(await textOf(world.client(), '/sign-in'))
    for (const [at, expected] of [
      ...[[from - 1, false] as const, [from, true] as const],
      ...[[until - 1, true] as const, [until, false] as const],
    ]) {
      world.advance(at - world.now)
      assert.equal(await isShown(), expected, String(at - from))
    }
    const listed = await selectAnnouncements(world.deps.db, world.deps.now())
    assert.deepEqual(
      listed.map(({ text }) => text.en),
      ['about memory'],
    )
    await sweep(world.deps)
    const rows = await world.deps.db.selectFrom('announcements').select('en').execute()
    assert.deepEqual(
      rows.map(({ en }) => en),
      ['about memory'],
    )
  })

  test('are text and nothing else, and their kind is told in words', async () => {
    const words = '<script>alert(1)</script> & "<b>'
    await set(words, { kind: 'maintenance' })
    world.advance(10 * seconds)
    const page = await textOf(world.client({ language: 'en' }), '/help')
    assert.match(page, /about &lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; &quot;&lt;b&gt;/)
    assert.doesNotMatch(page, /<script>alert|<b>/)
    assert.match(page, /Maintenance<\/strong>/)
    assert.match(page, /Important warning<\/strong>/)
  })

  test('are refused where they cannot be meant or would harm, and nothing is changed', async (t) => {
    const env = {
      SEKISHO_DATABASE: world.database.address,
      SEKISHO_SECRET: world.config.secrets[0],
    }
    const result = async (...words: readonly string[]) => {
      const { error } = await askHere(['announcements', ...words], env)
      return error?.code === 'usage' ? error.message : (error?.code ?? 'done')
    }
    const whole = { kind: 'warning', ja: '日本語', en: 'English', reason: 'why' }
    const set = (bent: Record<string, string | undefined>) => {
      const options = Object.entries({ ...whole, ...bent })
      const said = options.flatMap(([name, value]) => (value ? [`--${name}`, value] : []))
      return result('set', ...said)
    }
    const tables = await changedTables(world, t, async () => {
      for (const [bent, expected] of [
        [{ en: undefined }, /^missing: --en$/],
        [{ ja: '　' }, /^missing: --ja$/],
        [{ reason: undefined }, /^missing: --reason$/],
        [{ kind: 'party' }, /^--kind is maintenance or warning$/],
        [{ from: 'tomorrow' }, /^--from takes a time with its zone/],
        [{ until: '2099-01-10T06:00' }, /^--until takes a time with its zone/],
        [{ until: '2099-13-10T06:00Z' }, /^--until takes a time with its zone/],
        [{ from: '2099-01-10T06:00Z', until: '2099-01-10T15:00+09:00' }, 'over_before_it_begins'],
        [{ until: '2020-01-10T06:00Z' }, 'over_before_it_begins'],
        [{ from: '2020-01-09T06:00Z', until: '2020-01-10T06:00Z' }, 'over_already'],
        [{ ja: '長'.repeat(301) }, 'text_too_long'],
        [{ en: 'two\nlines' }, 'text_not_allowed'],
        [{ en: 'turned \u202e around' }, 'text_not_allowed'],
      ] as const) {
        const told = await set(bent)
        if (expected instanceof RegExp) assert.match(told, expected)
        else assert.equal(told, expected, JSON.stringify(bent))
      }
      const none = ['remove', '--id', 'none']
      assert.equal(await result(...none, '--reason', 'why'), 'no_such_announcement')
      assert.match(await result(...none), /--reason/)
    })
    assert.deepEqual(tables, [])
    assert.equal(await set({ ja: '長'.repeat(300), until: '2099-01-10T06:00+09:00' }), 'done')
  })

  test('the commands of operate.md do what it says', async () => {
    const operate = new URL('../../docs/operate.md', import.meta.url)
    const [, section = ''] = (await readFile(operate, 'utf8')).split('\n## Announcements\n')
    const [snippet] = snippetsOf(section)
    assert.ok(snippet)
    const outputs = []
    for (const words of commandsOf(snippet)) outputs.push(await run(...words.slice(1)))
    assert.match(outputs.at(-1) ?? '', /maintenance\t2099-01-09T08:00:00\.000Z\t2099-01-09T21:00/)
  })

  test('and the sign-in stay in view while the database is away', async () => {
    const client = world.client({ language: 'en' })
    assert.match(await textOf(client, '/sign-in'), /about memory/)
    await world.deps.db.destroy()
    for (const path of ['/sign-in', '/help', '/help/devices', '/help/lost', '/help/card']) {
      world.advance(10 * seconds)
      const page = await client.get(path)
      assert.equal(page.status, 200, path)
      assert.match(page.text, /about memory/, path)
    }
    assert.ok(world.log.some((line) => line.includes('the announcements could not be read')))
  })
})
