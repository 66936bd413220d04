// Rule 27, for every template, in both languages, at any time of day.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Caller } from '../kernel/caller.ts'
import { hours } from '../kernel/clock.ts'
import type { Language } from '../kernel/http/language.ts'
import type { Device } from '../kernel/http/user-agent.ts'
import type { Config } from '../settings/config.ts'
import type { CodePurpose } from './code-mails.ts'
import { codeMail, noticeMail, type MailText, type Notice } from './mails.ts'
import { operatorMail, type OperatorNotice } from './operator-mails.ts'

// Records, so that a new purpose or notice compiles only once it stands here.
interface Said {
  readonly ja: string
  readonly en: string
  readonly permits: readonly [RegExp, RegExp]
}
const purposes: Record<CodePurpose, Said> = {
  'sign-in': {
    ...{ ja: 'ログイン用認証コード', en: 'Your sign-in code' },
    permits: [/ログインが完了します/, /completes a sign-in/],
  },
  'passkey-registration': {
    ...{ ja: 'パスキー登録用認証コード', en: 'Your code to register a passkey' },
    permits: [/パスキーを1つ登録/, /one new passkey be registered/],
  },
  change: {
    ...{ ja: '設定変更用認証コード', en: 'Your code to change your settings' },
    permits: [/設定を、1つ変更/, /one setting of your account be changed/],
  },
  'new-email': {
    ...{ ja: '新しいメールアドレスの認証コード', en: 'Your code to confirm your new address' },
    permits: [/このアドレスがお客さまの口座のメールアドレスに/, /makes this the e-mail address/],
  },
  'old-email': {
    ...{ ja: 'メールアドレス変更用認証コード', en: 'Your code to change your address' },
    permits: [/このアドレスから別のアドレスに/, /replaces this e-mail address/],
  },
  'notice-email': {
    ...{ ja: 'お知らせ先の認証コード', en: 'Your code to confirm an address for notices' },
    permits: [/お知らせが、このアドレスにも/, /makes notices about your account go/],
  },
  activation: {
    ...{ ja: 'パスワード設定用認証コード', en: 'Your code to set your password' },
    permits: [/開始コードをお持ちの方/, /Together with the activation code/],
  },
  forgotten: {
    ...{ ja: 'パスワード再設定用認証コード', en: 'Your code to replace your password' },
    permits: [/このほかに本人確認が必要/, /needs another proof besides/],
  },
}
const notices: Record<Notice, true> = {
  asked_remove_passkey: true,
  asked_resume_passkey: true,
  asked_reopen: true,
  asked_change_email: true,
  asked_activation_code: true,
  asked_end_hold: true,
  passkey_registered: true,
  passkey_removed: true,
  switched_to_passkey: true,
  switched_to_email: true,
  passkey_risk: true,
  new_browser: true,
  signed_in: true,
  notice_address_set: true,
  notice_address_removed: true,
  sign_ins_told: true,
  sign_ins_untold: true,
  sign_in_unfinished: true,
  passkey_suspended: true,
  passkey_resumed: true,
  hold_ended: true,
  stopped_withdrawal: true,
  stopped_trading: true,
  stopped_sign_in: true,
  stop_lifted: true,
  waits_remove_passkey: true,
  waits_resume_passkey: true,
  waits_reopen: true,
  waits_change_email: true,
  waits_activation_code: true,
  waits_end_hold: true,
  wait_cancelled: true,
  wait_lapsed: true,
  password_changed: true,
  activation_issued: true,
  email_changed: true,
  account_locked: true,
  account_closed: true,
  account_reopened: true,
  contract_ended: true,
}
const operatorNotices: Record<OperatorNotice, true> = {
  operator_enrolled: true,
  operator_enrolled_anew: true,
  operator_passkey_added: true,
  operator_roles_changed: true,
  operator_code_issued: true,
  operator_closed: true,
}
const languages: readonly Language[] = ['ja', 'en']

const config: Pick<Config, 'brand' | 'support' | 'timeZone' | 'holdScope'> = {
  brand: {
    ...{ name: 'Sekisho 証券', nameEn: 'Sekisho Securities' },
    ...{ names: ['Sekisho 証券', 'Sekisho Securities'], color: '#14477a', logoPath: null },
  },
  support: { phone: '0120-000-000', phoneAbroad: null, hours: { ja: null, en: null } },
  timeZone: 'Asia/Tokyo',
  holdScope: 'withdrawal',
}
const at = Date.UTC(2026, 0, 9, 0, 59)

function caller(language: Language, known = true): Caller {
  const device = known ? { browser: 'Chrome', system: 'Windows' } : { browser: null, system: null }
  return { ...device, address: '192.0.2.123', requestId: 'Zm9vYmFy', language }
}

/** Of a notice: its reader may see nothing else, and read one language alone. */
const inBothLanguages = /^[^/]*[ぁ-んァ-ヶ][^/]* \/ [A-Z][^/ぁ-んァ-ヶ]*$/

const runsOfSix = (text: string) => text.match(/(?<!\p{Nd})\p{Nd}{6}(?!\p{Nd})/gu) ?? []

/** No link, no text that a mail program would turn into one, no mark-up, no address. */
function assertPlain({ subject, text }: MailText): void {
  assert.doesNotMatch(subject, /[\r\n]/)
  assert.notEqual(subject.trim(), '')
  for (const part of [subject, text]) {
    assert.doesNotMatch(part, /:\/\/|www\.|mailto:|@/i)
    assert.doesNotMatch(part, /[a-z0-9]\.[a-z]{2,}/i)
    assert.doesNotMatch(part, /[<>&]|\p{Cc}(?<!\n)/u)
    assert.doesNotMatch(part, /undefined|null|NaN|\$\{|192\.0\.2/)
  }
}

for (const purpose of Object.keys(purposes) as CodePurpose[]) {
  for (const language of languages) {
    const write = (code: string, expiresAt = at, one = caller(language), other = config) =>
      codeMail(purpose, { code, expiresAt, caller: one, config: other })

    describe(`the mail with a code to ${purpose}, in ${language}`, () => {
      test('holds the code and no other run of six digits, at any time, in any zone', () => {
        const times = fc.integer({ min: 0, max: Date.UTC(2099, 11, 31) })
        const zones = fc.constantFrom('Asia/Tokyo', 'UTC', 'America/St_Johns', 'Pacific/Chatham')
        const codes = fc.integer({ min: 0, max: 999_999 })
        fc.assert(
          fc.property(times, zones, codes, (time, timeZone, number) => {
            const code = String(number).padStart(6, '0')
            const mail = write(code, time, caller(language), { ...config, timeZone })
            assert.deepEqual(runsOfSix(mail.text), [code])
            assert.deepEqual(runsOfSix(mail.subject), [])
          }),
          { numRuns: 200 },
        )
      })

      test('says what the code permits, until when and from which browser it was asked', () => {
        const { subject, text } = write('012345')
        assertPlain({ subject, text })
        assert.equal(subject, purposes[purpose][language])
        for (const one of purposes[purpose].permits) assert.match(text, one)
        assert.match(text, /有効期限：2026\/01\/09 9:59（/)
        assert.match(text, /Valid until 2026\/01\/09 9:59 JST/)
        assert.match(text, /コードを求めた環境：Chrome \/ Windows/)
        assert.match(text, /Requested from: Chrome \/ Windows/)
        assert.equal(text.split('0120-000-000').length, 3)
        assert.match(text, /^Sekisho 証券 \/ Sekisho Securities\n/)
      })

      test('says so when the browser is not known, and leaves out what is not set', () => {
        const mail = write('012345', at, caller(language, false), {
          ...config,
          support: { ...config.support, phone: null },
        })
        assertPlain(mail)
        assert.match(mail.text, /コードを求めた環境：不明 \/ 不明/)
        assert.match(mail.text, /Requested from: unknown \/ unknown/)
      })
    })
  }
}

for (const notice of Object.keys(notices) as Notice[]) {
  test(`the notice ${notice} says what happened and holds no code`, () => {
    const write = (device: Device | null, time = at) =>
      noticeMail(notice, { at: time, device, config, holdUntil: time + 24 * hours })
    const ours = { browser: 'Chrome', system: 'Windows' }
    const { subject, text } = write(ours)
    assertPlain({ subject, text })
    assert.match(subject, inBothLanguages)
    assert.match(text, /日時：2026\/01\/09 9:59\n/)
    assert.match(text, /Time: 2026\/01\/09 9:59 JST/)
    const { text: wide } = noticeMail(notice, {
      ...{ at, device: ours, holdUntil: at + 24 * hours },
      config: { ...config, holdScope: 'all' },
    })
    assert.match(wide, /お手続きと株式などの売買を、2026\/01\/10 9:59まで制限しています。\n/)
    assert.match(wide, /requests and trades are paused until 2026\/01\/10 9:59 JST\./)
    assert.match(text, /お手続きを、2026\/01\/10 9:59まで制限しています（株式などの売買は、/)
    assert.match(text, /are paused until 2026\/01\/10 9:59 JST \(you can trade as usual\)\./)
    assert.match(text, /操作した環境：Chrome \/ Windows/)
    assert.match(text, /Done from: Chrome \/ Windows/)
    assert.equal(text.split('0120-000-000').length, 3)
    const unlisted = write({ browser: null, system: null })
    assertPlain(unlisted)
    assert.match(unlisted.text, /操作した環境：不明 \/ 不明\n/)
    assert.match(unlisted.text, /Done from: unknown \/ unknown\n/)
    const byCommand = write(null)
    assertPlain(byCommand)
    assert.doesNotMatch(byCommand.text, /操作した環境|Done from|不明|unknown/)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2099, 11, 31) }), (time) => {
        const mail = write(ours, time)
        assert.deepEqual(runsOfSix(mail.subject + mail.text), [])
      }),
      { numRuns: 100 },
    )
  })
}

for (const notice of Object.keys(operatorNotices) as OperatorNotice[]) {
  test(`the notice ${notice} to an operator has both languages in its subject, and is plain`, () => {
    for (const concerned of ['yourself', 'another'] as const) {
      const mail = operatorMail(notice, { at, config, concerned })
      assertPlain(mail)
      assert.match(mail.subject, inBothLanguages)
      assert.match(mail.text, /日時：2026\/01\/09 9:59\n/)
      assert.match(mail.text, /Time: 2026\/01\/09 9:59 JST/)
      assert.deepEqual(runsOfSix(mail.subject + mail.text), [])
    }
  })
}
