// docs/asvs.md: what OWASP's Application Security Verification Standard 5.0 asks of a sign-in, and
// where it is met, from docs/asvs.json.
import { z } from 'zod'

const requirement = z.strictObject({
  id: z.string().regex(/^V\d+\.\d+\.\d+$/),
  /** The standard's. One with a stricter form at level 3 stands here once for each form. */
  level: z.literal([1, 2, 3]),
  /** In our own words. */
  says: z.string().min(1),
  status: z.enum(['met', 'not applicable', 'open']),
  /** A file from the root of the project, or `FILE › TITLE` for a test; `…` is what a title puts in. */
  where: z.array(z.string()).min(1),
  /** Why it is open or not applicable, or what to know of how it is met. */
  note: z.string().min(1).optional(),
})

export type Requirement = z.infer<typeof requirement>
type Status = Requirement['status']

/** Reads docs/asvs.json; throws when an entry has not the form above. */
export function readRequirements(json: string): readonly Requirement[] {
  return z.array(requirement).parse(JSON.parse(json))
}

/** As docs/asvs-ids.json names it: the stricter form of level 3 has a star. */
export function nameOf({ id, level }: Pick<Requirement, 'id' | 'level'>): string {
  return level === 3 ? `${id}★` : id
}

const chapters: Readonly<Record<string, string>> = {
  V2: 'Input and order of steps',
  V3: 'The browser',
  V6: 'Proving who somebody is',
  V7: 'Sessions',
  V8: 'Who may do what',
  V10: 'OAuth and OpenID Connect (level 3 only)',
  V11: 'Cryptography',
  V13: 'Settings and surroundings',
  V14: 'Data',
  V16: 'Logs and faults',
}

const statuses: readonly Status[] = ['met', 'not applicable', 'open']

const about = `# What ASVS asks, and where it is met

Made by \`npm run docs\` from [asvs.json](asvs.json); a test fails when a test that is named here does not exist. The ids are those of the [Application Security Verification Standard 5.0.0](https://github.com/OWASP/ASVS) of OWASP; what they say is in our words and shortened, so read the original before you rely on it. Nobody but ourselves has verified this.

Levels 1 and 2 of nine chapters are here, and of level 3, marked ★, what matters to a broker. What is open stands open until it is done. How attackers are met as a whole is in [threats.md](threats.md).
`

/** The whole document, before Prettier. */
export function describeAsvs(requirements: readonly Requirement[]): string {
  const parts = Object.entries(chapters).map(([chapter, title]) => ({
    chapter,
    title,
    entries: requirements.filter(({ id }) => id.startsWith(`${chapter}.`)),
  }))
  const sums = parts.map(({ chapter, title, entries }) => [
    `${chapter} ${title}`,
    ...statuses.map((status) => count(entries, status)),
  ])
  const total = ['together', ...statuses.map((status) => count(requirements, status))]
  return [
    about,
    table(['chapter', ...statuses], [...sums, total]),
    ...parts.map(
      ({ chapter, title, entries }) =>
        `## ${chapter} ${title}\n\n${table(['id', 'level', 'what', 'status', 'where, and why'], entries.map(row))}`,
    ),
  ].join('\n')
}

function count(requirements: readonly Requirement[], wanted: Status): string {
  return String(requirements.filter(({ status }) => status === wanted).length)
}

function row(requirement: Requirement): string[] {
  const { level, says, status, where, note } = requirement
  const shown = status === 'open' ? '**open**' : status
  const reasons = [...(note === undefined ? [] : [note]), `See ${where.map(link).join('; ')}.`]
  return [nameOf(requirement), String(level), says, shown, reasons.join(' ')]
}

function link(where: string): string {
  const [file = '', title] = where.split(' › ')
  const path = file.startsWith('docs/') ? file.slice('docs/'.length) : `../${file}`
  return `[${title ?? file}](${path})`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`
}
