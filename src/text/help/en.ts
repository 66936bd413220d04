// The help in English. {hold} is how long withdrawals are held, {brand} the broker's name.
import { card } from './en/card.ts'
import { devices } from './en/devices.ts'
import { lost } from './en/lost.ts'
import { questions } from './en/questions.ts'
import type { HelpTexts } from './help-texts.ts'

export const en: HelpTexts = {
  title: 'Help',
  lead: 'Help for when signing in or using a passkey does not work as it should.',
  contents: 'On this page',
  toContents: 'Back to the list',
  questionsTitle: 'Questions and answers',
  groups: {
    gone: 'A lost device, or a new one',
    registering: 'When you register a passkey',
    signingIn: 'When you sign in',
    account: 'Password, e-mail address, and strangers',
  },
  errors: {
    title: 'Error codes',
    lead: 'Look up the error code that a page has shown: what probably happened, and what to do next.',
  },

  questions,
  devices,
  lost,
  card,
}
