// Read the library again before you raise a version here: what a seam leans on may have changed.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Provider, type JWK } from 'oidc-provider'
import { seams } from './list.ts'
import { writtenFor } from './seam.ts'

interface Manifest {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
}

interface Lock {
  readonly packages: Readonly<Record<string, Partial<Manifest>>>
}

const library = import.meta.resolve('oidc-provider')
const root = new URL('../../../../', import.meta.url)

function read(address: string | URL): string {
  return readFileSync(fileURLToPath(address), 'utf8')
}

/** What a path such as `Client.prototype.includeSid` leads to, from a provider of the library. */
function lookUp(provider: Provider, path: string): unknown {
  const step = (at: unknown, name: string) =>
    at === undefined ? undefined : Reflect.get(Object(at), name)
  return path.split('.').reduce<unknown>(step, provider)
}

describe('the seams between Sekisho and oidc-provider', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' } as JWK
  const provider = new Provider('https://provider.example', { jwks: { keys: [jwk] } })

  test('one version is pinned, locked, installed and read for every seam', () => {
    const { dependencies } = JSON.parse(read(new URL('package.json', root))) as Manifest
    const { packages } = JSON.parse(read(new URL('package-lock.json', root))) as Lock
    const installed = JSON.parse(read(new URL('../package.json', library))) as Manifest
    const versions = {
      pinned: dependencies['oidc-provider'],
      lockedAs: packages['']?.dependencies?.['oidc-provider'],
      locked: packages['node_modules/oidc-provider']?.version,
      writtenFor,
    }
    const others = Object.entries(versions).filter(([, version]) => version !== installed.version)
    assert.deepEqual(Object.fromEntries(others), {})
  })

  for (const [name, { methods = [], texts = [] }] of Object.entries(seams)) {
    test(`the library still has what ${name} leans on`, () => {
      assert.ok(methods.length + texts.length > 0, 'it names something')
      assert.deepEqual(
        methods.filter((path) => typeof lookUp(provider, path) !== 'function'),
        [],
      )
      assert.deepEqual(
        texts.filter(([file, text]) => !read(new URL(file, library)).includes(text)),
        [],
      )
    })
  }
})
