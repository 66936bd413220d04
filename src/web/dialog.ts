// The browser's passkey dialogs, and words for each way in which they end without a passkey.
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { call, Refused } from './api.ts'
import { say, Stopped } from './form.ts'
import { word } from './words.ts'
import type { Word } from './words.ts'

/** By the name of the DOMException (WebAuthn Level 3, 5.1.3.1 and 5.1.4.3). */
const words: Readonly<Record<string, Word>> = {
  InvalidStateError: 'invalidState',
  ConstraintError: 'constraint',
  NotSupportedError: 'notSupported',
  SecurityError: 'security',
  OperationError: 'pending',
  UnknownError: 'trouble',
  NotReadableError: 'trouble',
  EncodingError: 'trouble',
}

/** Asks for options, lets the person use the passkey, and returns the server's answer to the proof. */
export async function usePasskey<Answer>(
  address: { readonly options: string; readonly answer: string },
  body: object,
): Promise<Answer> {
  return ceremony<PublicKeyCredentialRequestOptionsJSON, AuthenticationResponseJSON, Answer>(
    address,
    body,
    (optionsJSON) => startAuthentication({ optionsJSON }),
  )
}

/** Asks for options, lets the person make a passkey, and returns the server's answer to it. */
export async function makePasskey<Answer>(
  address: { readonly options: string; readonly answer: string },
  body: object,
): Promise<Answer> {
  return ceremony<PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON, Answer>(
    address,
    body,
    (optionsJSON) => startRegistration({ optionsJSON }),
  )
}

async function ceremony<Options, Response, Answer>(
  address: { readonly options: string; readonly answer: string },
  body: object,
  open: (options: Options) => Promise<Response>,
): Promise<Answer> {
  if (!browserSupportsWebAuthn()) throw refused('unsupported')
  const options = await call<Options>('POST', address.options, body)
  say(word('open'))
  const response = await open(options).catch((error: unknown) => {
    throw ended(error)
  })
  say(word('checking'))
  return call<Answer>('POST', address.answer, response)
}

function ended(error: unknown): Error {
  const name = error instanceof Error ? error.name : ''
  // Closed, timed out, nothing that fits: browsers do not tell these apart, and none is a fault.
  if (name === 'NotAllowedError') return new Stopped(word('notAllowed'))
  if (name === 'AbortError') return new Stopped('')
  const known = words[name]
  if (!known) console.error(error)
  return refused(known ?? 'unexpectedDialog')
}

function refused(name: Word): Refused {
  return new Refused({ code: name, detail: word(name) || word('unexpectedDialog') })
}
