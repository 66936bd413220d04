import { idleLifetime, longestLifetime } from '../../limits/sessions.ts'
import { inWords } from '../in-words.ts'
import type { Texts } from '../texts.ts'

export const sessionEnds: Texts['sessionEnds'] = {
  run_out: `Your last sign-in ended after ${inWords(idleLifetime, 'en')} without activity, or ${inWords(longestLifetime, 'en')} after you signed in. To continue, please sign in again.`,
  signed_out: 'You are signed out.',
  elsewhere:
    'Your sign-in in this browser was ended from another device or browser. To continue, please sign in again. If it was not you who ended it, contact customer support.',
  replaced: 'The former sign-in ended because of a new one. To continue, please sign in again.',
  settings:
    'Your sign-in in this browser ended because your security settings were changed. Please sign in again. If it was not you who changed them, contact customer support.',
  stopped:
    'Sign-in to your account was stopped with "Emergency stop". Contact customer support to open it again.',
  support:
    'Your sign-in in this browser was ended for your safety. Please sign in again. If you cannot, or do not know why it ended, contact customer support.',
}

export const sessionWatch: Texts['sessionWatch'] = {
  title: 'You will soon be signed out',
  goOn: 'Stay signed in',
  dismiss: 'Close',
  overTitle: 'You are signed out',
  overNote: 'For your safety, everything that was shown here has been removed from the screen.',
  signIn: 'Sign in',
}
