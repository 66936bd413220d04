import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deriveKeys } from '../../kernel/secrets.ts'
import {
  longestContinueTo,
  readContinueTo,
  sealContinueTo,
  unsealContinueTo,
} from './continue-to.ts'

const origin = 'https://login.example.jp'

/** Each of these would lead to another site, as it stands or when concatenated carelessly. */
const hostile = [
  // One of our paths, on another host.
  ['https://evil.example/portal/x', '//evil.example/portal/x', '/\\evil.example/portal/x'],
  ['http://login.example.jp/portal/x', 'https://login.example.jp:8443/oauth2/interaction/x'],
  ['', ' ', '/', '#', '?', '.', '..', '*'],
  ['https://evil.example/portal', 'http://login.example.jp/portal', '//evil.example/portal'],
  ['https://login.example.jp.evil.example/portal', 'https://login.example.jp@evil.example/portal'],
  ['https://login.example.jp:8443/portal', 'https://evil.example#https://login.example.jp/portal'],
  ['///evil.example/portal', '/\\evil.example/portal', '\\\\evil.example\\portal'],
  ['/\t/evil.example/portal', '/\n/evil.example/portal', '\u0000//evil.example/portal'],
  ['https:evil.example/portal', 'https:\\\\evil.example/portal', 'http:/portal', 'ftp:/portal'],
  ['javascript:alert(1)//portal', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'data:,portal'],
  ['blob:https://login.example.jp/portal', 'file:///portal', 'about:blank', 'mailto:a@b.jp'],
  ['/portalevil', '/portal.evil.example', '/portal:8443', '/portal@evil.example', '/Portal'],
  ['/portal/../api/session', '/portal/./../demo', '/portal/%2e%2e/api/session', '/portal/..'],
  ['/portal/.%2E/api/session', '/portal\\..\\api\\session', '/portal/../../portalx', '/./api'],
  ['/oauth2/interaction', '/oauth2/interactions/x', '/oauth2/interaction/../auth', '/oauth2/auth'],
  ['/oauth2/interaction/%2e%2e/auth', '/oauth2/', '/x/portal', '/api/session', '/sign-in'],
  ['/．．/evil', '／／evil.example', '/%2fevil.example', '%2f%2fevil.example', '/%5cevil.example'],
  ['https://[::1', 'https://', 'https:', '://', 'http://login.example.jp:bad/portal'],
].flat()

const allowed: readonly (readonly [string, string])[] = [
  ['/portal', '/portal'],
  ['/portal/', '/portal/'],
  ['/portal/second-factor', '/portal/second-factor'],
  ['/portal?a=//evil.example', '/portal?a=//evil.example'],
  ['/portal#//evil.example', '/portal'],
  ['portal/passkeys/new', '/portal/passkeys/new'],
  ['https://login.example.jp/portal/x?y=1#z', '/portal/x?y=1'],
  ['https://name:word@login.example.jp/portal', '/portal'],
  ['/api/../portal', '/portal'],
  ['/oauth2/interaction/Zx_-9', '/oauth2/interaction/Zx_-9'],
  ['/oauth2/interaction/Zx_-9?prompt=login', '/oauth2/interaction/Zx_-9?prompt=login'],
]

describe('where a sign-in leads (rule 21)', () => {
  for (const text of hostile) {
    test(`${JSON.stringify(text)} leads to the portal`, () => {
      assert.equal(readContinueTo(text, origin), '/portal')
    })
  }
  for (const [text, path] of allowed) {
    test(`${JSON.stringify(text)} leads to ${path}`, () => {
      assert.equal(readContinueTo(text, origin), path)
    })
  }
  test('what is too long as a browser writes it leads to the portal', () => {
    const fits = '/portal?'.padEnd(longestContinueTo, 'a')
    assert.equal(readContinueTo(fits, origin), fits)
    for (const long of [`${fits}a`, `/portal?${'あ'.repeat(300)}`]) {
      assert.equal(readContinueTo(long, origin), '/portal')
    }
  })
  test('nothing leads to the portal', () => {
    assert.equal(readContinueTo(undefined, origin), '/portal')
    assert.equal(readContinueTo(null, origin), '/portal')
  })
  test('what a browser makes of the answer is an address of ours', () => {
    for (const text of [...hostile, ...allowed.map(([asked]) => asked)]) {
      const url = new URL(readContinueTo(text, origin), origin)
      assert.equal(url.origin, origin, text)
      assert.match(url.pathname, /^\/(portal(\/|$)|oauth2\/interaction\/)/, text)
    }
  })
})

test('an interaction is kept sealed and bound to its sign-in; what was kept in clear is read', () => {
  const keys = deriveKeys('a secret of thirty-two characters or more')
  const path = '/oauth2/interaction/Zx_-9'
  const kept = sealContinueTo(keys, 'one', path)
  assert.doesNotMatch(kept, /Zx_-9|^\//)
  assert.equal(unsealContinueTo({ keys, origin }, 'one', kept), path)
  assert.throws(() => unsealContinueTo({ keys, origin }, 'other', kept))
  assert.equal(unsealContinueTo({ keys, origin }, 'one', path), path)
  assert.equal(sealContinueTo(keys, 'one', '/portal/x'), '/portal/x')
  for (const carrying of [
    `/portal/x?continueTo=${path}`,
    '/portal?y=%2Foauth2%2Finteraction%2FZx',
  ]) {
    const sealed = sealContinueTo(keys, 'one', carrying)
    assert.doesNotMatch(sealed, /Zx|^\//)
    assert.equal(unsealContinueTo({ keys, origin }, 'one', sealed), carrying)
  }
})

test('whatever somebody wrote into the database, what comes out is an address of ours', () => {
  const keys = deriveKeys('a secret of thirty-two characters or more')
  const written = keys.seal('continue-to', 'one', 'https://evil.example/portal')
  for (const kept of [written, '//evil.example/portal', '{"d":"a key"}']) {
    assert.equal(unsealContinueTo({ keys, origin }, 'one', kept), '/portal')
  }
})
