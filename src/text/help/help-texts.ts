// The help's words: their shape, the file that replaces any of them, and the blanks in them.
import { z } from 'zod'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** Paragraphs, then points or numbered steps, then paragraphs; each may be missing. */
export interface Passage {
  readonly title: string
  readonly texts?: readonly string[]
  readonly points?: readonly string[]
  readonly steps?: readonly string[]
  readonly after?: readonly string[]
}

/** A page to go on to; those in the catalogues are of the makers' own support. */
export interface HelpLink {
  readonly name: string
  readonly address: string
}

interface DeviceTexts<Parts extends string> {
  readonly title: string
  readonly needs: string
  readonly parts: Readonly<Record<Parts, Passage>>
  readonly links: readonly HelpLink[]
}

/** The questions that customers ask, by topic. */
export const questionGroups = {
  gone: ['lost', 'newDevice', 'removal'],
  registering: [
    ...(['computerOnly', 'noBluetooth', 'severalDevices', 'family'] as const),
    ...(['passwordManager', 'usbKey'] as const),
  ],
  signingIn: ['qrCode', 'companyComputer', 'unknownName', 'appOnly', 'callNumber'],
  account: ['firstPassword', 'forgotten', 'changing', 'strangeNotice', 'stop'],
} as const

export type QuestionGroup = keyof typeof questionGroups
export type QuestionName = (typeof questionGroups)[QuestionGroup][number]

/** The parts of the guide to each device's settings. */
export const deviceParts = {
  windows: ['windows11', 'windows10', 'trouble'],
  android: ['lock', 'phone'],
  iphone: ['lock', 'keychain', 'phone'],
  mac: ['lock', 'keychain'],
} as const

export type DeviceName = keyof typeof deviceParts

export const lostParts = ['first', 'call', 'removal', 'afterwards', 'again'] as const

export interface HelpTexts {
  readonly title: string
  readonly lead: string
  readonly contents: string
  readonly toContents: string
  readonly questionsTitle: string
  readonly groups: Readonly<Record<QuestionGroup, string>>
  readonly questions: Readonly<Record<QuestionName, Passage>>
  readonly errors: { readonly title: string; readonly lead: string }
  readonly devices: {
    readonly title: string
    readonly lead: string
    readonly linksTitle: string
    /** Where passkeys do not work, which src/text/environments.ts knows. */
    readonly browsers: { readonly title: string; readonly lead: string; readonly looked: string }
  } & { readonly [D in DeviceName]: DeviceTexts<(typeof deviceParts)[D][number]> }
  readonly lost: {
    readonly title: string
    readonly lead: string
    readonly telephone: string
    readonly parts: Readonly<Record<(typeof lostParts)[number], Passage>>
    readonly linksTitle: string
    readonly links: readonly HelpLink[]
  }
  readonly card: {
    readonly title: string
    readonly lead: string
    readonly telephone: string
    readonly address: string
    readonly say: Passage
    /** What the holder writes behind these by hand. */
    readonly fields: readonly string[]
    readonly never: string
  }
}

export type HelpCatalogue = Readonly<Record<'ja' | 'en', HelpTexts>>

export const helpTexts: HelpCatalogue = { ja, en }

const text = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .refine((given) => !/\p{Cc}/u.test(given), 'must be one line without control characters')
  .refine(
    (given) => !/\{(?!(hold|held|brand)\})/.test(given),
    'only {hold}, {held} and {brand} are filled in',
  )

const links = z
  .array(some({ name: text, address: z.url({ protocol: /^https$/ }) }).required())
  .max(20)

const passage = some({
  title: text,
  texts: z.array(text),
  points: z.array(text),
  steps: z.array(text),
  after: z.array(text),
})

const device = (parts: readonly string[]) =>
  some({ title: text, needs: text, parts: each(parts, passage), links })

const replacement = some({
  title: text,
  lead: text,
  contents: text,
  toContents: text,
  questionsTitle: text,
  groups: each(Object.keys(questionGroups), text),
  questions: each(Object.values(questionGroups).flat(), passage),
  errors: some({ title: text, lead: text }),
  devices: some({
    title: text,
    lead: text,
    linksTitle: text,
    browsers: some({ title: text, lead: text, looked: text }),
    windows: device(deviceParts.windows),
    android: device(deviceParts.android),
    iphone: device(deviceParts.iphone),
    mac: device(deviceParts.mac),
  }),
  lost: some({
    title: text,
    lead: text,
    telephone: text,
    parts: each(lostParts, passage),
    linksTitle: text,
    links,
  }),
  card: some({
    title: text,
    lead: text,
    telephone: text,
    address: text,
    say: passage,
    fields: z.array(text),
    never: text,
  }),
})

const file = some({ ja: replacement, en: replacement })

/** The texts with a file's replacements, or the file's first fault and its place. */
export function replaceHelpTexts(
  content: unknown,
): { readonly texts: HelpCatalogue } | { readonly fault: string } {
  const read = file.safeParse(content)
  if (read.success) return { texts: merge(helpTexts, read.data) }
  const [issue] = read.error.issues
  return { fault: [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ') }
}

/** An object with any of these keys and no others. */
function some<S extends z.core.$ZodShape>(shape: S) {
  return z.strictObject(shape).partial()
}

function each<T extends z.ZodType>(names: readonly string[], schema: T) {
  return some(Object.fromEntries(names.map((name) => [name, schema])))
}

function merge<T>(base: T, over: unknown): T {
  if (!isRecord(base) || !isRecord(over)) return (over ?? base) as T
  const keys = Object.keys({ ...base, ...over })
  return Object.fromEntries(keys.map((key) => [key, merge(base[key], over[key])])) as T
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
