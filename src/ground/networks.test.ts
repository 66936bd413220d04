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
    // Nobody whom we trust: what they say of themselves is nothing.
    ['203.0.113.9', null, '203.0.113.9'],
    ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['203.0.113.9', '10.0.0.1', '203.0.113.9'],
    ['11.0.0.1', '198.51.100.1', '11.0.0.1'],
    ['192.0.2.8', '198.51.100.1', '192.0.2.8'],
    ['2001:db8::1', '198.51.100.1', '2001:db8::1'],
    // A proxy: the last one that is not one of ours.
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
    // Nothing, or nothing that is an address: the proxy stands for itself.
    ['10.0.0.1', null, '10.0.0.1'],
    ['10.0.0.1', '', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.1, unknown', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.1,', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.1, <script>', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.1, 300.1.1.1, 10.0.0.2', '10.0.0.2'],
    ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ]
  for (const [peer, forwardedFor, address] of cases) {
    test(`is ${address} for ${peer} with ${JSON.stringify(forwardedFor)}`, () => {
      assert.equal(callerAddress(peer, forwardedFor, networks(proxies)), address)
    })
  }

  test('is the peer where no proxy is trusted, whatever it says', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.string(), fc.ipV4(), (peer, junk, forwarded) => {
        assert.equal(callerAddress(peer, `${junk}, ${forwarded}`, networks('')), peer)
      }),
    )
  })

  test('cannot be chosen by what the caller puts in front', () => {
    const trusted = networks(proxies)
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())), (lies) => {
        const told = [...lies, '198.51.100.1', '10.0.0.2'].join(', ')
        assert.equal(callerAddress('10.0.0.1', told, trusted), '198.51.100.1')
      }),
    )
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
      assert.equal(callerAddress('127.0.0.1', '198.51.100.1', networks(list)), '127.0.0.1')
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
})
