// The help: what it answers, and where its links lead.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { helpTexts } from '../../src/text/help/help-texts.ts'
import { texts } from '../../src/text/texts.ts'
import type { HttpClient } from '../support/world/http-client.ts'
import { accountWithPasskey, givePassword } from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { expectProblem, expectStatus, World } from '../support/world/world.ts'

const [sqlite] = databases
assert.ok(sqlite)
const languages = ['ja', 'en'] as const
const helpPaths = ['/help', '/help/devices', '/help/lost', '/help/card']

/** By the question's id: what its answer cannot do without. */
const answers: Readonly<Record<string, Readonly<Record<'ja' | 'en', RegExp>>>> = {
  lost: { ja: /サポートへお電話.*24時間/s, en: /call customer support.*24 hours/s },
  'new-device': { ja: /前の端末が手元にあるうちに/, en: /while you still have the old one/ },
  'computer-only': { ja: /「このパソコン」.*「続行」/s, en: /“This computer”.*“Continue”/s },
  'no-bluetooth': { ja: /「このパソコン」を選んで/, en: /choose “This computer”/ },
  'qr-code': { ja: /付属のカメラ.*Googleレンズ/s, en: /own camera app.*Google Lens/s },
  'company-computer': { ja: /管理者へご確認/, en: /ask your administrator/ },
  'usb-key': { ja: /買っていただく必要はありません.*推奨環境の対象外/s, en: /do not have to buy/ },
  'password-manager': {
    ja: /「別の方法で保存する」.*「Windows Helloまたは外部セキュリティキー」.*「続行」/s,
    en: /“Save another way”.*“Windows Hello or external security key”.*“Continue”/s,
  },
  'several-devices': { ja: /20個まで.*「パスキー登録」/s, en: /up to 20.*“Register a passkey”/s },
  'unknown-name': { ja: /一番上.*変えることができません/s, en: /at the top.*cannot be changed/s },
  removal: { ja: /カスタマーサポートが承ります/, en: /Customer support removes passkeys/ },
  family: {
    ja: /端末のロックを解除できる人ならだれでも.*「保存」を使わず/s,
    en: /Whoever can unlock.*do not save/s,
  },
  'app-only': { ja: /同じ端末で.*「スマートフォン」を選んで/s, en: /same device.*choose “Phone”/s },
  'call-number': {
    ja: /15分.*当社へお電話されたときにだけ.*お切りください/s,
    en: /15 minutes.*only if it was you who called us.*hang up/s,
  },
  'first-password': {
    ja: /「\/activate」.*14日有効.*メールだけでも/s,
    en: /“\/activate”.*14 days.*enough alone/s,
  },
  forgotten: { ja: /「こちら」.*開始コードを発行/s, en: /mailbox alone is not enough/ },
  changing: { ja: /現在のパスワード.*24時間/s, en: /present password.*24 hours/s },
  'strange-notice': {
    ja: /リンクは載せていません.*「緊急停止」/s,
    en: /no links.*“Emergency stop”/s,
  },
  stop: { ja: /二人の担当者.*24時間/s, en: /Two members.*24 hours/s },
}

async function htmlOf(client: HttpClient, path: string): Promise<string> {
  return expectStatus(await client.get<string>(path), 200)
}

const linksOf = (page: string) =>
  [...page.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  )

const wordsOf = (html: string) =>
  html
    .replace(/<svg[^]*?<\/svg>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

describe('the help', () => {
  let world: World
  before(async () => {
    world = await World.start(sqlite)
  })
  after(() => world.stop())

  for (const language of languages) {
    const { lost } = helpTexts[language]

    test(`answers every question in full, ${language}`, async () => {
      const page = await htmlOf(world.client({ language }), '/help')
      assert.match(page, new RegExp(`<html lang="${language}">`))
      assert.equal(page.match(/<h1/g)?.length, 1)
      for (const [id, expected] of Object.entries(answers)) {
        const [, section = ''] = new RegExp(`<section id="${id}"([^]*?)</section>`).exec(page) ?? []
        const [, title = '', answer = ''] = /<h3[^>]*>([^<]+)<\/h3>([^]*)/.exec(section) ?? []
        assert.match(page, new RegExp(`<a href="#${id}">\\s*${escape(title)}\\s*</a>`), id)
        assert.match(wordsOf(answer), expected[language], id)
        assert.ok(wordsOf(answer).length > 100, `${id}: ${wordsOf(answer)}`)
        assert.doesNotMatch(answer, /<(li|p)>\s*<\/|\{/, id)
      }
      assert.equal(page.match(/<section id=/g)?.length, Object.keys(answers).length)
    })

    test(`says how to get each device ready, with its maker's own pages, ${language}`, async () => {
      const page = await htmlOf(world.client({ language }), '/help/devices')
      const sections = ['windows', 'android', 'iphone', 'mac'].map(
        (id) => new RegExp(`<section[^>]* id="${id}"([^]*?)</section>`).exec(page)?.[1] ?? '',
      )
      const makers = ['microsoft', 'google', 'apple', 'apple']
      for (const [index, section] of sections.entries()) {
        const links = linksOf(section).filter((href) => !href.startsWith('#'))
        assert.ok(links.length >= 2)
        const maker = `https://support.${makers[index]}.com/`
        assert.deepEqual(
          links.filter((href) => !href.startsWith(maker)),
          [],
        )
        assert.match(section, /<ol/)
      }
      assert.match(sections[0] ?? '', /Windows 11[^]*Windows 10/)
    })

    test(`says what support asks and does about a lost device, and what follows, ${language}`, async () => {
      const page = await htmlOf(world.client({ language }), '/help/lost')
      assert.match(page, /<a href="tel:0120000000">0120-000-000<\/a>/)
      for (const part of Object.values(lost.parts)) {
        assert.match(page, new RegExp(`<h2[^>]*>\\s*${escape(part.title)}\\s*</h2>`))
      }
      const said = {
        ja: /止めることもできます.*お尋ねすることはありません.*すべての端末でログアウト.*メール認証に戻ります.*24時間.*15分以内/,
        en: /stop all sign-ins.*never ask for your password.*signed out on all devices.*codes by e-mail.*24 hours.*15 minutes/,
      }
      assert.match(wordsOf(page), said[language])
    })

    test(`has a card for the wallet: whom to call, where the sign-in is, and no room for a secret, ${language}`, async () => {
      const { card } = helpTexts[language]
      for (const path of ['/help', '/help/lost']) {
        const page = await htmlOf(world.client({ language }), path)
        assert.ok(linksOf(page).includes('/help/card'), path)
      }
      const page = await htmlOf(world.client({ language }), '/help/card')
      const [contact = ''] = /<section class="card contact-card"[^]*<\/section>/.exec(page) ?? []
      assert.match(contact, /<a href="tel:0120000000">0120-000-000<\/a>/)
      const said = wordsOf(contact)
      const { points = [] } = card.say
      for (const sentence of [world.origin, ...points, ...card.fields, card.never]) {
        assert.ok(said.includes(sentence), sentence)
      }
      assert.doesNotMatch(card.fields.join(), /ID|パスワード|コード|PIN|password|code/)
    })
  }

  test('is for everybody, and only read', async () => {
    const client = world.client()
    for (const path of helpPaths) {
      expectStatus(await client.get(path), 200)
      assert.equal(expectProblem(await client.post(path, {}), 405), 'method_not_allowed')
    }
    const page = await htmlOf(client, '/help')
    assert.doesNotMatch(page, /<script/)
  })

  test('is where the sign-in, the chooser, the portal, the registration and every footer lead', async () => {
    const { account, client } = await accountWithPasskey(world)
    const choosing = world.client()
    expectStatus(await givePassword(choosing, account), 200)
    const { signIn, passkey, newPasskey, page: words } = texts.ja
    const link = (page: string, name: string) =>
      new RegExp(`<a[^>]*href="([^"]*)"[^>]*>\\s*${escape(name)}\\s*</a`).exec(page)?.[1]
    const signInPage = await htmlOf(world.client(), '/sign-in')
    assert.equal(link(signInPage, signIn.links.faq), '/help')
    const chooser = await htmlOf(choosing, '/sign-in/passkey')
    assert.equal(link(chooser, passkey.removalLink), '/help/lost')
    assert.equal(link(chooser, passkey.faqLink), '/help')
    const portal = await htmlOf(client, '/portal')
    assert.equal(link(portal, passkey.removalLink), '/help/lost')
    assert.equal(link(portal, passkey.faqLink), '/help')
    const registration = await htmlOf(
      await world.signIn(await world.addAccount()),
      '/portal/passkeys/new',
    )
    assert.equal(link(registration, newPasskey.checksHelp), '/help/devices')
    const missing = await world.client().get<string>('/no/such/page')
    for (const page of [signInPage, chooser, portal, registration, missing.body]) {
      assert.equal(link(page, words.help), '/help')
    }
  })

  test('and every page that people see: all their links lead somewhere', async () => {
    const { client } = await accountWithPasskey(world)
    for (const [who, starts] of [
      [world.client(), ['/', '/sign-in', ...helpPaths]],
      [client, ['/', '/portal', '/portal/passkeys/new', '/portal/second-factor', ...helpPaths]],
    ] as const) {
      const seen = new Map<string, string>()
      const open = [...starts]
      for (let path = open.pop(); path !== undefined; path = open.pop()) {
        if (seen.has(path)) continue
        const answer = await who.get<string>(path)
        assert.ok([200, 303].includes(answer.status), `${path}: ${answer.status}`)
        seen.set(path, answer.status === 303 ? '' : answer.text)
        const isPage = answer.headers['content-type']?.startsWith('text/html')
        const links = isPage ? linksOf(answer.text) : []
        if (answer.headers.location) links.push(answer.headers.location)
        for (const href of links) {
          const url = new URL(href, `${world.origin}${path}`)
          const isOurs = url.origin === world.origin && !url.pathname.startsWith('/demo')
          if (isOurs) open.push(url.pathname + url.search)
        }
      }
      for (const [path, page] of seen) {
        for (const href of linksOf(page).filter((one) => /^(\/|#).*#|^#/.test(one))) {
          const url = new URL(href, `${world.origin}${path}`)
          const target = seen.get(url.pathname + url.search) ?? ''
          assert.ok(target.includes(`id="${url.hash.slice(1)}"`), `${path} → ${href}`)
        }
      }
      assert.ok(seen.size > 8)
    }
  })
})

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
