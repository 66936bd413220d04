// What docs/api.json promises of refusals, held against those that tests see, by whatever door they came.
import { actions } from '../../../src/surfaces/customer/app.ts'
import { commonRefusals, refusalsOf } from '../../../src/surfaces/frame/action.ts'

/** Where there is no call. */
const elsewhere: readonly string[] = [...commonRefusals, 'not_found', 'method_not_allowed']

/** The complaint about a refusal that the call's action does not declare, or null. */
export function undeclared(method: string, path: string, code: string): string | null {
  // What nobody foresaw has no place in a description.
  if (!path.startsWith('/api/') || code === 'internal_error') return null
  const [pathname = ''] = path.split('?', 1)
  const asked = method === 'HEAD' ? 'GET' : method
  const found = actions.find(([by, address]) => by === asked && addressOf(address).test(pathname))
  const declared: Iterable<string> = found ? refusalsOf(found[0], found[2]) : elsewhere
  return [...declared].includes(code) ? null : `${method} ${path} does not declare ${code}`
}

/** The same for the log of a node, where requests by browsers and by bare sockets stand too. */
export function undeclaredInLog(lines: readonly string[]): readonly string[] {
  return lines
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
    .filter(({ method, path, code }) => ![method, path, code].includes(undefined))
    .flatMap(
      ({ method, path, code }) => undeclared(String(method), String(path), String(code)) ?? [],
    )
}

function addressOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`)
}
