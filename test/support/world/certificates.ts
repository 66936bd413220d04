// X.509 certificates for tests, made by hand: of any name and time, by an authority of their own.
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

export interface Certificate {
  /** Both as PEM, as `node:tls` takes them. */
  readonly cert: string
  readonly key: string
}

export interface Authority extends Certificate {
  /** A certificate for a host, by default good from yesterday until tomorrow. */
  issue(host: string, until?: number): Certificate
}

const day = 86_400_000
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))

/** An authority that nobody trusts yet. */
export function makeAuthority(name = 'Sekisho tests'): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const isAuthority = extension('551d13', sequence(tagged(0x01, '\xff')))
  const make = (subject: string, publicKey: KeyObject, until: number, own: Buffer) => {
    const times = [Math.min(Date.now(), until) - day, until].map(time)
    const body = sequence(
      tagged(0xa0, tagged(0x02, '\x02')),
      tagged(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
      ecdsaWithSha256,
      ...[named(name), sequence(...times), named(subject)],
      publicKey.export({ type: 'spki', format: 'der' }),
      tagged(0xa3, sequence(own)),
    )
    const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, keys.privateKey)])
    const der = sequence(body, ecdsaWithSha256, tagged(0x03, signature))
    const base64 = der.toString('base64').replace(/(.{64})/g, '$1\n')
    return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`
  }
  return {
    cert: make(name, keys.publicKey, Date.now() + day, isAuthority),
    key: pem(keys.privateKey),
    issue(host, until = Date.now() + day) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const itsName = extension('551d11', sequence(tagged(0x82, host)))
      return { cert: make(host, publicKey, until, itsName), key: pem(privateKey) }
    },
  }
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function named(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, commonName))))
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tagged(0x04, value))
}

function time(at: number): Buffer {
  return tagged(0x18, new Date(at).toISOString().replace(/[-:T]|\.\d+/g, ''))
}

function oid(bytes: string): Buffer {
  return tagged(0x06, Buffer.from(bytes, 'hex'))
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

/** A value of DER; text is one byte for each sign. */
function tagged(tag: number, value: Buffer | string): Buffer {
  const content = typeof value === 'string' ? Buffer.from(value, 'latin1') : value
  const { length } = content
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), content])
}
