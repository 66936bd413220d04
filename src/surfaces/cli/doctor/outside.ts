// What a customer's browser gets, by way of the proxy, and what the node sees of the caller.
import { addressSeen } from '../../../domain/tables/inspect.ts'
import { seconds } from '../../../kernel/clock.ts'
import { hostAddresses, isPostgresAddress } from '../../../kernel/db/address.ts'
import { openAsker } from '../../../kernel/db/asker.ts'
import { newId } from '../../../kernel/secrets.ts'
import type { Config } from '../../../settings/config.ts'
import { customerSite } from '../../customer/site.ts'
import { reasonOf, type Check, type Finding } from './finding.ts'

const within = 8 * seconds
/** An address of documents (RFC 5737), which nobody has. */
const forged = '192.0.2.77'

/** The page of the sign-in, with TLS and the headers that the node has set, and not packed on the way. */
export function outsideCheck(config: Config): Check {
  return {
    name: 'from outside',
    async run() {
      let answer: Response
      try {
        const signal = AbortSignal.timeout(within)
        // A proxy that leads elsewhere is not what customers' applications and passkeys were told.
        answer = await fetch(`${config.origin}/sign-in`, { signal, redirect: 'manual' })
      } catch (error) {
        return [unreachable(config, error)]
      }
      await answer.body?.cancel()
      return [status(config, answer), headers(config, answer), packing(answer)]
    },
  }
}

/** What stands between, by the code of the error; the first that fits is told. */
const barriers: readonly (readonly [sign: RegExp, says: string, cure: string])[] = [
  [
    /^CERT_HAS_EXPIRED$/,
    'has a certificate that has expired',
    'renew it, and let the proxy read the new one',
  ],
  [
    /^CERT_NOT_YET_VALID$/,
    'has a certificate that is not valid yet',
    'look at the clock of this machine, then at the certificate',
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    'has a certificate of another name',
    'let it be made for the host of SEKISHO_ORIGIN; or the name leads to another server',
  ],
  [
    /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_)/,
    'has a certificate that is not trusted here',
    'let the proxy send the whole chain, the certificates in between too; for an authority of your own: NODE_EXTRA_CA_CERTS',
  ],
  [
    /^ERR_SSL_(WRONG_VERSION|PACKET_LENGTH|HTTP_REQUEST)/,
    'speaks no TLS',
    'let the proxy speak TLS at this port, or say the right one in SEKISHO_ORIGIN',
  ],
  [
    /^(ERR_SSL_|EPROTO$)/,
    'and this machine find no TLS that both speak',
    'let the proxy speak TLS 1.2 and 1.3',
  ],
  [/^(ENOTFOUND|EAI_)/, 'has a name that cannot be resolved', 'look at the name and the resolver'],
  [/^ECONNREFUSED$/, 'cannot be reached: nothing listens there', 'start the proxy and the node'],
]

function unreachable({ origin }: Config, error: unknown): Finding {
  const cause = error instanceof Error && error.cause ? error.cause : error
  const code = String((cause as { code?: unknown } | null)?.code)
  const [, what, cure] = barriers.find(([sign]) => sign.test(code)) ?? [
    null,
    `cannot be reached (${reasonOf(cause)})`,
    'look at the proxy, the network and the port',
  ]
  const says = `${origin} ${what}`
  return { check: 'from outside', state: 'fault', says, cure }
}

function status({ origin }: Config, { status }: Response): Finding {
  const check = 'from outside'
  if (status === 200) return { check, state: 'ok', says: `${origin}/sign-in answers` }
  const cure = cureOf(status)
  return { check, state: 'fault', says: `${origin}/sign-in answers ${status}`, cure }
}

function cureOf(status: number): string {
  if (status === 421) return 'let the proxy pass Host on'
  if (status >= 300 && status < 400) {
    return 'let the proxy lead to the nodes: SEKISHO_ORIGIN is the address that customers end at'
  }
  return 'look at the log of the proxy, then at that of the node'
}

function headers(config: Config, answer: Response): Finding {
  const check = 'headers'
  const due = Object.entries(customerSite(config).headers)
  const changed = due.filter(([name, value]) => answer.headers.get(name) !== value)
  if (changed.length === 0) return { check, state: 'ok', says: 'the security headers arrive' }
  const says = `missing or changed on the way: ${changed.map(([name]) => name).join(', ')}`
  return { check, state: 'fault', says, cure: 'let the proxy leave them alone' }
}

/** A node packs no page that holds something secret; `fetch` says that it takes gzip, as browsers do. */
function packing(answer: Response): Finding {
  const check = 'packing'
  const coding = answer.headers.get('content-encoding')
  if (coding === null) return { check, state: 'ok', says: 'pages come as the node sends them' }
  const says = `the page comes packed (${coding}): its length tells of what is secret in it`
  return { check, state: 'fault', says, cure: 'let the proxy pack nothing: gzip off' }
}

/**
 * A sign-in that must be refused leaves an event with the address that the node saw. It says that it comes
 * from elsewhere, as a thief would: a proxy has to put the real address behind that.
 */
export function proxyCheck(config: Config): Check {
  const check = 'proxy'
  return {
    name: check,
    async run() {
      const answer = await fetch(`${config.origin}/api/sign-in`, {
        method: 'POST',
        signal: AbortSignal.timeout(within),
        headers: {
          ...{ origin: config.origin, 'content-type': 'application/json' },
          'x-forwarded-for': forged,
        },
        body: JSON.stringify({ loginId: `doctor-${newId()}`, password: newId() }),
      })
      await answer.body?.cancel()
      const requestId = answer.headers.get('x-request-id') ?? ''
      const address = await find(config, requestId)
      if (address === null) {
        const says = `the node that answered (${answer.status}) left no event of it here`
        const cure = 'look whether the proxy leads to nodes of this database'
        return [{ check, state: 'fault', says, cure }]
      }
      return [judge(config, address)]
    },
  }
}

function judge({ trustedProxies }: Config, address: string): Finding {
  const check = 'proxy'
  if (address === forged) {
    const cure =
      'let the proxy append the address that it sees; or this machine is a trusted proxy itself: look from another'
    const says = 'whoever sends X-Forwarded-For is believed: anybody can choose an address'
    return { check, state: 'fault', says, cure }
  }
  const isProxy = trustedProxies.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
  if (isProxy) {
    const cure =
      'let the proxy write X-Forwarded-For; or this machine is that proxy: look from another'
    return {
      check,
      state: 'warning',
      says: `the node sees a trusted proxy as the caller: ${address}`,
      cure,
    }
  }
  return {
    check,
    state: 'ok',
    says: `the node saw this machine come from ${address}; if that is the proxy's, it is missing in SEKISHO_TRUSTED_PROXIES`,
  }
}

async function find({ database }: Config, requestId: string): Promise<string | null> {
  for (const address of isPostgresAddress(database) ? hostAddresses(database) : [database]) {
    try {
      await using asker = await openAsker(address)
      const seen = await addressSeen(asker, requestId)
      if (seen !== null) return seen
    } catch {
      // The database has a check of its own.
    }
  }
  return null
}
