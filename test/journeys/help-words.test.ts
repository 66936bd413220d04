// What a broker may put in the place of the help's words.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { readConfig } from '../../src/settings/config.ts'
import { ConfigError, type Environment } from '../../src/settings/environment.ts'
import { helpTexts } from '../../src/text/help/help-texts.ts'
import { snippetsOf } from '../docs/snippets.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { databases } from '../support/world/postgres.ts'
import { expectStatus, World } from '../support/world/world.ts'

const [sqlite] = databases
assert.ok(sqlite)

async function htmlOf(client: HttpClient, path: string): Promise<string> {
  return expectStatus(await client.get<string>(path), 200)
}

describe('the broker’s own words', () => {
  let folder: string
  let files = 0
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sekisho-help-'))
  })
  after(() => rm(folder, { recursive: true }))

  async function file(content: unknown): Promise<string> {
    const path = join(folder, `help-${++files}.json`)
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }

  const read = (env: Environment) => readConfig({ SEKISHO_SECRET: 'x'.repeat(32), ...env })

  test('stand in the place of ours, as in the example of operate.md, and the rest stays', async (t) => {
    const operate = await readFile(new URL('../../docs/operate.md', import.meta.url), 'utf8')
    const [, section = ''] = operate.split('\n## The help\n')
    const example = snippetsOf(section).find(({ language }) => language === 'json')
    assert.ok(example)
    const env = {
      SEKISHO_HELP_TEXTS: await file(example.text),
      SEKISHO_BRAND: 'Kiso <$&証券>',
      SEKISHO_HOLD_HOURS: '0.05',
      SEKISHO_SUPPORT_PHONE: '03-0000-0000（平日）',
    }
    const world = await World.start(sqlite, { env })
    t.after(() => world.stop())
    const lost = await htmlOf(world.client(), '/help/lost')
    assert.match(lost, /<p>受付時間は、平日の午前8時から午後5時までです。<\/p>/)
    assert.doesNotMatch(lost, /電話を切って|href="tel:/)
    assert.match(lost, /03-0000-0000（平日）<\/strong>/)
    assert.match(lost, /その後3分は出金/)
    assert.match(lost, new RegExp(helpTexts.ja.lost.parts.first.title))

    const devices = await htmlOf(world.client(), '/help/devices')
    const [google, ...others] = devices.match(/href="[^"]*google[^"]*"/g) ?? []
    assert.deepEqual([google, others], ['href="https://support.google.com/android/"', []])

    const questions = await htmlOf(world.client({ language: 'en' }), '/help')
    assert.match(questions, /<a href="#company-computer">Can I sign in at work\?<\/a>/)
    assert.match(
      questions,
      /For 3 minutes after that, Kiso &lt;\$&amp;証券&gt; pauses withdrawals\./,
    )
    const [, work = ''] = /<section id="company-computer"([^]*?)<\/section>/.exec(questions) ?? []
    assert.doesNotMatch(work, /<ul/)
    assert.equal(work.match(/<li>/g)?.length, 2)
  })

  test('are text: what looks like markup is shown as it is', async (t) => {
    const ja = { title: '<b>ヘルプ</b>', lead: '<script>alert(1)</script>' }
    const env = { SEKISHO_HELP_TEXTS: await file({ ja }) }
    const world = await World.start(sqlite, { env })
    t.after(() => world.stop())
    const page = await htmlOf(world.client(), '/help')
    assert.match(page, /<h1>&lt;b&gt;ヘルプ&lt;\/b&gt;<\/h1>\s*<p>&lt;script&gt;/)
    assert.doesNotMatch(page, /<script|<b>/)
  })

  test('are printed whole by help-texts, in the form that a file takes', async () => {
    const ja = { lead: '当社の言葉です。' }
    const env = { SEKISHO_HELP_TEXTS: await file({ ja }) }
    const world = await World.start(sqlite, { env })
    const { status, output } = await world.command(['help-texts'])
    await world.stop()
    assert.equal(status, 0)
    const printed = JSON.parse(output) as typeof helpTexts
    assert.deepEqual(printed, { ...helpTexts, ja: { ...helpTexts.ja, ...ja } })
    const again = read({ SEKISHO_HELP_TEXTS: await file(output) })
    assert.deepEqual(again.helpTexts, printed)
    assert.deepEqual(read({}).helpTexts, helpTexts)
  })

  test('are refused by the place where they are wrong, and nothing starts', async () => {
    const link = (address: string) => ({ ja: { lost: { links: [{ name: 'A', address }] } } })
    for (const [content, says] of [
      ['{ "ja": ', /cannot be read as JSON/],
      [[], /expected object/i],
      [{ fr: {} }, /"fr"/],
      [{ ja: { questions: { lost: { answers: [] } } } }, /in .*: ja\.questions\.lost: .*"answers"/],
      [{ ja: { questions: { unknown: {} } } }, /ja\.questions: .*"unknown"/],
      [{ en: { devices: { windows: { parts: { windows12: {} } } } } }, /"windows12"/],
      [{ ja: { title: 1 } }, /ja\.title: /],
      [{ ja: { title: '  ' } }, /ja\.title: /],
      [{ ja: { title: null } }, /ja\.title: /],
      [{ en: { lead: 'two\nlines' } }, /en\.lead: must be one line/],
      [{ en: { lead: 'for {hours}' } }, /en\.lead: only \{hold\}, \{held\} and \{brand\}/],
      [
        { ja: { lost: { parts: { call: { points: ['a', ''] } } } } },
        /ja\.lost\.parts\.call\.points\.1: /,
      ],
      [link('http://support.example.jp'), /ja\.lost\.links\.0\.address: /],
      [link('javascript:alert(1)'), /ja\.lost\.links\.0\.address: /],
      [{ ja: { lost: { links: [{ name: 'A' }] } } }, /ja\.lost\.links\.0\.address: /],
    ] as const) {
      const path = await file(content)
      assert.throws(
        () => read({ SEKISHO_HELP_TEXTS: path }),
        (error) => {
          assert.ok(error instanceof ConfigError)
          assert.equal(error.setting, 'SEKISHO_HELP_TEXTS')
          assert.match(error.message, says)
          return true
        },
        JSON.stringify(content),
      )
    }
    assert.throws(() => read({ SEKISHO_HELP_TEXTS: join(folder, 'nothing.json') }), ConfigError)
  })
})
