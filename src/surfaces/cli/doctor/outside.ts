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
        answer = await fetch(`${config.origin}/sign-in`, { signal: AbortSignal.timeout(within) })
      } catch (error) {
        const cause = error instanceof Error && error.cause ? error.cause : error
        const says = `${config.origin} cannot be reached, or its TLS is not trusted (${reasonOf(cause)})`
        const cure =
          'start the node and the proxy; look at the name, the port and the certificate, and where its authority is your own at NODE_EXTRA_CA_CERTS'
        return [{ check: 'from outside', state: 'fault', says, cure }]
      }
      await answer.body?.cancel()
      return [status(config, answer), headers(config, answer), packing(answer)]
    },
  }
}

function status({ origin }: Config, { status }: Response): Finding {
  const check = 'from outside'
  if (status === 200) return { check, state: 'ok', says: `${origin}/sign-in answers` }
  const cure =
    status === 421
      ? 'let the proxy pass Host on'
      : 'look at the log of the proxy, then at that of the node'
  return { check, state: 'fault', says: `${origin}/sign-in answers ${status}`, cure }
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
