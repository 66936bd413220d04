// Tokens, keyed hashes and sealed text: everything derived from randomness or from SEKISHO_SECRET.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hash,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto'
import { randomTexts } from './random-text.ts'

const randomText = randomTexts()

/** The length of an id. */
export const idBytes = 16

/** A row's id: 128 random bits. It never begins with a dash, which a command would read as an option. */
export function newId(): string {
  const id = randomText(idBytes)
  return id.startsWith('-') ? newId() : id
}

/** Whether `newId` could have made this text; no other need be looked up. */
export function isId(text: string): boolean {
  return /^[\w-]{22}$/.test(text)
}

/** The bytes of an id, of which a note has many. TypeError for a text that is none. */
export function bytesOfId(id: string): Buffer {
  const bytes = Buffer.from(id, 'base64url')
  if (bytes.length !== idBytes) throw new TypeError('an id has 128 bits')
  return bytes
}

/** The id of which `bytesOfId` made the bytes from there on. */
export function idAt(bytes: Buffer, from: number): string {
  return bytes.subarray(from, from + idBytes).toString('base64url')
}

/** A bearer secret for a cookie: 256 random bits. The database keeps only `hashToken` of it. */
export function newToken(): string {
  return randomText(32)
}

/** SHA-256 of a token; enough for 256-bit secrets, which cannot be guessed. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url')
}

/** Six digits, uniformly random (rule 13). */
export function newCode(): string {
  return String(randomInt(0, 1_000_000)).padStart(6, '0')
}

/** Eight digits that a caller reads out, uniformly random. */
export function newCallNumber(): string {
  return String(randomInt(0, 100_000_000)).padStart(8, '0')
}

/** Two digits that support reads out, uniformly random. */
export function newDigits(): string {
  return String(randomInt(0, 100)).padStart(2, '0')
}

/** Whether two texts are equal, in a time that does not depend on where they differ. */
export function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Each purpose has its own key; a text sealed for one cannot be opened for another. */
type SealPurpose = 'mail' | 'continue-to' | 'signing-key' | 'enrolment-half' | 'letter'

/** Each version of a note has a key of its own. */
type NotePurpose = 'challenge/1' | 'approval/1' | 'operator/1'

/** Marks text sealed for a purpose; earlier versions sealed everything with one key. */
const sealMark = '2.'
const tagLength = 16
const noteTagLength = 32

/** Whether `seal` made this text; false for addresses and for text sealed before purposes existed. */
export function isSealed(text: string): boolean {
  return text.startsWith(sealMark)
}

type HashPurpose =
  'email-code' | 'login-id' | 'call' | 'database' | 'enrolment' | 'desk-search' | 'activation'

type LibraryPurpose = 'dpop-nonce'

/** Every purpose that has a key; docs/keys.md says what for. */
export type KeyPurpose = SealPurpose | NotePurpose | HashPurpose | LibraryPurpose

export interface Keys {
  /** A keyed hash for one purpose; without the secret it can be neither guessed nor compared. */
  hash(purpose: HashPurpose, text: string): string
  /** What `hash` makes of the text with each secret, to look it up by. */
  hashes(purpose: HashPurpose, text: string): readonly string[]
  /** Whether `hash` made this of the text, with whichever secret. */
  isHash(purpose: HashPurpose, text: string, kept: string): boolean
  /** A note to ourselves, readable, that comes back through others: its bytes with an HMAC, as base64url. */
  signNote(purpose: NotePurpose, note: Buffer): string
  /** The bytes given to `signNote`; null for a text that it did not make. */
  openNote(purpose: NotePurpose, text: string): Buffer | null
  /** Encrypts and authenticates a text, bound to its purpose and the row's `id`. */
  seal(purpose: SealPurpose, id: string, text: string): string
  /** 32 bytes for a library's use, the same on all nodes. */
  derive(purpose: LibraryPurpose): Buffer
  /** Opens a sealed text; throws when it was altered or sealed for another purpose or `id`. */
  unseal(purpose: SealPurpose, id: string, sealed: string): string
  /** Opens a text sealed before purposes existed; it may be of any kind, so the caller validates it. */
  unsealFormer(id: string, sealed: string): string
}

/**
 * All keys of an installation, derived from its secrets (HKDF, RFC 5869), one for each purpose. What is made
 * is made with the first; what any of them made is known and opened.
 */
export function deriveKeys(first: string, ...others: readonly string[]): Keys {
  const making = keysOf(first)
  const all = [making, ...others.map(keysOf)]
  const opened = (open: (keys: OwnKeys) => string): string => {
    let failure: unknown
    for (const keys of all) {
      try {
        return open(keys)
      } catch (error) {
        failure ??= error
      }
    }
    throw failure
  }
  return {
    ...making,
    hashes: (purpose, text) => all.map((keys) => keys.hash(purpose, text)),
    isHash: (purpose, text, kept) => all.some((keys) => sameText(keys.hash(purpose, text), kept)),
    openNote: (purpose, text) =>
      all.reduce<Buffer | null>((note, keys) => note ?? keys.openNote(purpose, text), null),
    unseal: (purpose, id, sealed) => opened((keys) => keys.unseal(purpose, id, sealed)),
    unsealFormer: (id, sealed) => opened((keys) => keys.unsealFormer(id, sealed)),
  }
}

/** The keys of one secret. */
type OwnKeys = Omit<Keys, 'hashes' | 'isHash'>

function keysOf(secret: string): OwnKeys {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, '', `sekisho/${purpose}`, 32))
  const hashKeys = {
    'email-code': derive('email-code'),
    'login-id': derive('login-id'),
    call: derive('call'),
    database: derive('database'),
    enrolment: derive('enrolment'),
    'desk-search': derive('desk-search'),
    activation: derive('activation'),
  }
  const sealKeys = {
    mail: derive('seal/mail'),
    'continue-to': derive('seal/continue-to'),
    'signing-key': derive('seal/signing-key'),
    'enrolment-half': derive('seal/enrolment-half'),
    letter: derive('seal/letter'),
  }
  const formerSealKey = derive('seal')
  const noteKeys = {
    'challenge/1': derive('note/challenge/1'),
    'approval/1': derive('note/approval/1'),
    'operator/1': derive('note/operator/1'),
  }
  const tagOf = (purpose: NotePurpose, note: Buffer) =>
    createHmac('sha256', noteKeys[purpose]).update(note).digest()
  return {
    derive,
    hash: (purpose, text) =>
      createHmac('sha256', hashKeys[purpose]).update(text).digest('base64url'),
    signNote: (purpose, note) => Buffer.concat([note, tagOf(purpose, note)]).toString('base64url'),
    openNote(purpose, text) {
      const bytes = Buffer.from(text, 'base64url')
      // Other spellings of the same bytes are not ours.
      if (bytes.length < noteTagLength || bytes.toString('base64url') !== text) return null
      const note = bytes.subarray(0, -noteTagLength)
      const isOurs = timingSafeEqual(tagOf(purpose, note), bytes.subarray(-noteTagLength))
      return isOurs ? note : null
    },
    seal(purpose, id, text) {
      const nonce = randomBytes(12)
      const options = { authTagLength: tagLength }
      const cipher = createCipheriv('aes-256-gcm', sealKeys[purpose], nonce, options)
      cipher.setAAD(authenticated(purpose, id))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return sealMark + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    unseal(purpose, id, sealed) {
      if (!isSealed(sealed)) throw new Error('not sealed for a purpose')
      const text = sealed.slice(sealMark.length)
      return open(sealKeys[purpose], authenticated(purpose, id), text)
    },
    unsealFormer: (id, sealed) => open(formerSealKey, Buffer.from(id), sealed),
  }
}

/** Purpose and row id, encoded so that no two pairs give the same bytes. */
function authenticated(purpose: SealPurpose, id: string): Buffer {
  return Buffer.from(JSON.stringify([purpose, id]))
}

function open(key: Buffer, data: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const options = { authTagLength: tagLength }
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), options)
    .setAAD(data)
    .setAuthTag(bytes.subarray(12, 12 + tagLength))
  const body = bytes.subarray(12 + tagLength)
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
}
