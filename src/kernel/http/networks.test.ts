// Rule 30: X-Forwarded-For counts only from proxies that are trusted, read from the right.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { callerAddress, networkOf, readNetworks } from './networks.ts'

function networks(list: string) {
  const read = readNetworks(list)
  assert.ok(read, list)
  return read
}

describe("the caller's address", () => {
  const proxies = '10.0.0.0/8, 192.0.2.7, fd00::/8'
  const cases: readonly (readonly [string, string | null, string])[] = [
    // The peer is not trusted: its X-Forwarded-For is ignored.
    ['203.0.113.9', null, '203.0.113.9'],
    ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['203.0.113.9', '10.0.0.1', '203.0.113.9'],
    ['11.0.0.1', '198.51.100.1', '11.0.0.1'],
    ['192.0.2.8', '198.51.100.1', '192.0.2.8'],
    ['2001:db8::1', '198.51.100.1', '2001:db8::1'],
    // The peer is a trusted proxy: the last hop that is not trusted counts.
    ['10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['192.0.2.7', '198.51.100.1', '198.51.100.1'],
    ['fd12::1', '198.51.100.1', '198.51.100.1'],
    ['10.0.0.1', '203.0.113.66, 198.51.100.1', '198.51.100.1'],
    ['10.0.0.1', '10.9.9.9, 198.51.100.1', '198.51.100.1'],
    ['10.0.0.1', '203.0.113.66, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['10.0.0.1', '203.0.113.66,198.51.100.1 , fd00::2 ,192.0.2.7', '198.51.100.1'],
    ['10.0.0.1', '2001:db8::5', '2001:db8::5'],
    // As a dual-stack socket writes IPv4.
    ['::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::FFFF:203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['10.0.0.1', '203.0.113.66, ::ffff:198.51.100.1', '198.51.100.1'],
    ['10.0.0.1', '203.0.113.66, ::ffff:10.0.0.2', '203.0.113.66'],
    // No readable address: the proxy's own counts.
    ['10.0.0.1', null, '10.0.0.1'],
    ['10.0.0.1', '', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.1, unknown', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.1,', '198.51.100.1'],
    ['10.0.0.1', '198.51.100.1, <script>', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.1, 300.1.1.1, 10.0.0.2', '10.0.0.2'],
    ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    // With a port or in brackets, as load balancers write it; the result is always in canonical form.
    ['10.0.0.1', '203.0.113.9:51234', '203.0.113.9'],
    ['10.0.0.1', '[2001:db8::1]:443', '2001:db8::1'],
    ['10.0.0.1', '[2001:db8::1]', '2001:db8::1'],
    ['10.0.0.1', '[::ffff:198.51.100.1]:443', '198.51.100.1'],
    ['10.0.0.1', '203.0.113.66, 198.51.100.1:1, 10.0.0.2:65535, [fd00::2]:80', '198.51.100.1'],
    ['10.0.0.1', '2001:0DB8:0:0::0001', '2001:db8::1'],
    ['10.0.0.1', '::ffff:c633:6401', '198.51.100.1'],
    // Malformed hops: a bad port, brackets without IPv6, an incomplete address.
    ['10.0.0.1', '2001:db8::1:443', '2001:db8::1:443'],
    ...[
      ...['198.51.100.1:', '198.51.100.1:123456', '198.51.100.1:80:80', ':80', '[]', '[]:80'],
      ...['[198.51.100.1]', '[198.51.100.1]:80', '[2001:db8::1', '2001:db8::1]', '[2001:db8::1]80'],
      ...['[2001:db8::1]:', '198.51.100:80', '0x7f.1:80', 'a.example:443', '[[2001:db8::1]]:443'],
    ].map((written) => ['10.0.0.1', `203.0.113.66, ${written}`, '10.0.0.1'] as const),
  ]
  for (const [peer, forwardedFor, address] of cases) {
    test(`is ${address} for ${peer} with ${JSON.stringify(forwardedFor)}`, () => {
      assert.equal(callerAddress(peer, forwardedFor, networks(proxies)).address, address)
    })
  }

  test('is the peer where no proxy is trusted, whatever it says', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.string(), fc.ipV4(), (peer, junk, forwarded) => {
        assert.equal(callerAddress(peer, `${junk}, ${forwarded}`, networks('')).address, peer)
      }),
    )
  })

  test('cannot be chosen by what the caller puts in front', () => {
    const trusted = networks(proxies)
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())), (lies) => {
        const told = [...lies, '198.51.100.1', '10.0.0.2'].join(', ')
        assert.equal(callerAddress('10.0.0.1', told, trusted).address, '198.51.100.1')
      }),
    )
  })

  test('says what a trusted proxy wrote that is no address, and nothing of what a caller wrote', () => {
    const unreadable = (peer: string, forwardedFor: string | null) =>
      callerAddress(peer, forwardedFor, networks(proxies)).unreadable
    assert.equal(unreadable('10.0.0.1', '198.51.100.1, unknown, 10.0.0.2'), 'unknown')
    assert.equal(unreadable('10.0.0.1', '198.51.100.1,'), null, 'an empty element is none')
    assert.equal(
      callerAddress('10.0.0.1', '198.51.100.1, ,', networks(proxies)).address,
      '198.51.100.1',
    )
    for (const told of [null, '', ' ', '198.51.100.1', 'unknown, 198.51.100.1:80', '10.0.0.2']) {
      assert.equal(unreadable('10.0.0.1', told), null, String(told))
    }
    assert.equal(unreadable('203.0.113.9', 'unknown'), null)
  })
})

describe('a list of networks', () => {
  for (const list of [
    ...['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/', '10.0.0.0/8/9', '10.0.0.0/0x8'],
    ...['10.0.0.0/ 8', '10.0.0.0/8.0', '10.0.0.0/1e1', '10.0.0/8', '300.0.0.0/8', '10.0.0.0-9'],
    ...['fd00::/129', 'fd00::/', 'fd00:/8', 'localhost', '*', 'any', '/8', '10.0.0.0 192.0.2.1'],
  ]) {
    test(`is none when it holds ${list}`, () => {
      assert.equal(readNetworks(list), null)
      assert.equal(readNetworks(`192.0.2.1, ${list}`), null)
    })
  }

  test('may be empty, and trusts nobody then', () => {
    for (const list of ['', ' ', ',', ' , ']) {
      assert.equal(callerAddress('127.0.0.1', '198.51.100.1', networks(list)).address, '127.0.0.1')
    }
  })
})

describe('the network of one customer', () => {
  test('is the first half of an address, however it is written', () => {
    for (const address of [
      ...['2001:db8:1:2::5', '2001:db8:1:2:0:0:0:5', '2001:0DB8:0001:0002::', '2001:db8:1:2:9::9'],
    ]) {
      assert.equal(networkOf(address, 64), networkOf('2001:db8:1:2::1', 64), address)
    }
    assert.notEqual(networkOf('2001:db8:1:3::5', 64), networkOf('2001:db8:1:2::5', 64))
    assert.equal(networkOf('fe80::1%eth0', 64), networkOf('fe80::2', 64))
  })

  test('is as wide as it is asked for', () => {
    assert.equal(networkOf('2001:db8:1:2abc::5', 64), '2001:db8:1:2abc::/64')
    assert.equal(networkOf('2001:db8:1:2abc::5', 56), '2001:db8:1:2a00::/56')
    assert.equal(networkOf('2001:db8:1:2abc::5', 48), '2001:db8:1::/48')
    assert.equal(networkOf('2001:db8:1:2aff::5', 56), networkOf('2001:db8:1:2a00::5', 56))
    assert.notEqual(networkOf('2001:db8:1:2b00::5', 56), networkOf('2001:db8:1:2a00::5', 56))
  })
})
