// What docs/api.json promises of refusals, held against those that tests see, by whatever door they came.
import { getPath } from 'hono/utils/url'
import { consoleActions } from '../../../src/surfaces/console/app.ts'
import { actions } from '../../../src/surfaces/customer/app.ts'
import { commonRefusals, refusalsOf } from '../../../src/surfaces/frame/action.ts'

/** Whose calls they are: a path may be both the customers' and the console's. */
export type Surface = 'customer' | 'console'

const calls = { customer: callsOf(actions), console: callsOf(consoleActions) }

function callsOf(list: typeof actions | typeof consoleActions) {
  return list.map(([method, path, action]) => ({
    method: String(method),
    pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
    declared: [...refusalsOf(method, action)] as readonly string[],
  }))
}

/** Where there is no call. */
const elsewhere: readonly string[] = [...commonRefusals, 'not_found', 'method_not_allowed']

/** The complaint about a refusal that the call at an address does not declare, or null. */
export function undeclared(
  surface: Surface,
  method: string,
  path: string,
  code: string,
): string | null {
  // As the server resolves and decodes it: a bent path may lead to a call all the same.
  const pathname = getPath(new Request(new URL(path, 'http://localhost')))
  return undeclaredAt(surface, method, pathname, code)
}

/** `pathname` is resolved and decoded: read as an address again, a NUL at its end would fall away. */
function undeclaredAt(
  surface: Surface,
  method: string,
  pathname: string,
  code: string,
): string | null {
  // What nobody foresaw has no place in a description.
  if (!pathname.startsWith('/api/') || code === 'internal_error') return null
  const asked = method === 'HEAD' ? 'GET' : method
  const call = calls[surface].find(
    ({ method, pattern }) => method === asked && pattern.test(pathname),
  )
  return (call?.declared ?? elsewhere).includes(code)
    ? null
    : `${method} ${pathname} does not declare ${code}`
}

/** The same for the log of nodes and consoles, where requests by browsers and by bare sockets stand too. */
export function undeclaredInLog(lines: readonly string[]): readonly string[] {
  return lines
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
    .filter(({ method, path, code }) => ![method, path, code].includes(undefined))
    .flatMap(({ method, path, code, surface }) => {
      const whose = surface === 'console' ? 'console' : 'customer'
      return undeclaredAt(whose, String(method), String(path), String(code)) ?? []
    })
}
