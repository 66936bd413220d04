// The browser's passkey dialogs: the calls around them, and words for each way in which they end.
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { call, Refused } from './api.ts'
import { duringCeremony, signalUnknown } from './ceremony.ts'
import { Stopped } from './form.ts'
import { showDialogClosed, showDialogOpen } from './waiting.ts'
import { word, type SharedWord } from './words.ts'

interface Addresses {
  readonly options: string
  readonly answer: string
}

export interface Used<Answer> {
  readonly answer: Answer
  /** Whether the passkey was this device's own or another one's, where the browser tells. */
  readonly attachment: string | undefined
}

/** By the name of the DOMException (WebAuthn Level 3, 5.1.3.1 and 5.1.4.3, and what browsers add). */
const faults: Readonly<Record<string, SharedWord>> = {
  InvalidStateError: 'invalidState',
  ConstraintError: 'constraint',
  NotSupportedError: 'notSupported',
  SecurityError: 'security',
  OperationError: 'pending',
  UnknownError: 'trouble',
  NotReadableError: 'unreadable',
  EncodingError: 'fault',
  DataError: 'fault',
  TypeError: 'fault',
}

/** No person cancels faster: the browser gave up by itself, before or without asking. */
const fasterThanPeople = 1000

/** Asks for options, lets the person use the passkey, and returns the server's answer to the proof. */
export async function usePasskey<Answer>(
  addresses: Addresses,
  body?: object,
): Promise<Used<Answer>> {
  return ceremony<PublicKeyCredentialRequestOptionsJSON, AuthenticationResponseJSON, Answer>(
    addresses,
    body,
    (optionsJSON) => startAuthentication({ optionsJSON }),
  )
}

/** Asks for options, lets the person make a passkey, and returns the server's answer to it. */
export async function makePasskey<Answer>(
  addresses: Addresses,
  body: object,
): Promise<Used<Answer>> {
  return ceremony<PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON, Answer>(
    addresses,
    body,
    (optionsJSON) => startRegistration({ optionsJSON }),
  )
}

interface Options {
  readonly timeout?: number
  readonly rpId?: string
}

/** What the dialogs of both ceremonies return. */
interface DialogResult {
  readonly id: string
  readonly authenticatorAttachment?: string
}

async function ceremony<O extends Options, R extends DialogResult, Answer>(
  addresses: Addresses,
  body: object | undefined,
  open: (options: O) => Promise<R>,
): Promise<Used<Answer>> {
  if (!browserSupportsWebAuthn()) throw refused('unsupported')
  return duringCeremony(async () => {
    const options = await call<O>('POST', addresses.options, body)
    const response = await openDialog(options, open)
    try {
      const answer = await call<Answer>('POST', addresses.answer, response)
      return { answer, attachment: response.authenticatorAttachment }
    } catch (error) {
      if (!(error instanceof Refused && error.refusal.unknown)) throw error
      await signalUnknown(options.rpId ?? location.hostname, response.id)
      throw refused('unknownPasskey')
    }
  })
}

async function openDialog<O extends Options, R>(
  options: O,
  open: (options: O) => Promise<R>,
): Promise<R> {
  const opened = performance.now()
  showDialogOpen()
  try {
    return await open(options)
  } catch (error) {
    throw ended(error, performance.now() - opened, options.timeout ?? Infinity)
  } finally {
    showDialogClosed()
  }
}

function ended(error: unknown, milliseconds: number, timeout: number): Error {
  const name = error instanceof Error ? error.name : ''
  if (name === 'AbortError') return new Stopped(word('stopped'))
  // A closed dialog, a timeout and a missing passkey share one name. None is a fault; the time tells more.
  if (name === 'NotAllowedError' || name === 'TimeoutError') {
    if (milliseconds > timeout - 250) return stopped('timedOut')
    return stopped(milliseconds < fasterThanPeople ? 'atOnce' : 'notAllowed')
  }
  const known = faults[name]
  if (!known) console.error(error)
  return refused(known ?? 'unexpectedDialog')
}

function stopped(name: SharedWord): Stopped {
  return new Stopped(word(name), name)
}

function refused(name: SharedWord): Refused {
  return new Refused({ code: name, detail: word(name) || word('unexpectedDialog') })
}
