// What a holder is told by mail, and at which second address (rule 27).
import { days } from '../../kernel/clock.ts'
import { formerEmailKept } from '../../limits/accounts.ts'

export const notices = {
  card: {
    title: 'Notices by e-mail',
    text: 'You can be told of every sign-in, and get notices at a second address.',
    link: 'Notice settings',
  },
  title: 'Notice settings',
  lead: 'We always tell you of changes to your settings, of sign-ins from new browsers, and of sign-ins that were not completed.',
  legend: 'Sign-ins that you are told of',
  choices: {
    new: 'Only sign-ins from new browsers',
    every: 'Every sign-in',
  },
  hints: {
    new: 'We tell you when your account is signed in to from a browser for the first time.',
    every: 'We tell you the time and the browser of each sign-in.',
  },
  addressTitle: 'Where notices go',
  own: (address: string) => `Your registered address: ${address}`,
  second: (address: string) => `Your second address: ${address}`,
  none: 'You have no second address for notices. With one, you hear of changes even if somebody else gets at your registered mailbox.',
  set: 'The second address was set.',
  removed: 'The second address was removed.',
  change: 'Set, change or remove the second address',
  address: {
    title: 'A second address for notices',
    lead: 'Enter another e-mail address that is to get notices. We recommend one of your family, or one that you use for other things.',
    label: 'E-mail address for notices',
    effects: [
      'Entering the code that we mail to this address completes the change.',
      'It gets notices alone. Codes, as for signing in, go to your registered address only.',
      `All addresses of before are told of the change. One that is replaced or removed gets notices for ${formerEmailKept / days} more days.`,
    ],
    remove: 'Remove the second address',
    removeHint: 'To remove it, enter your present password above too.',
    codeTitle: 'Confirm the second address',
    sent: (address: string) => `We sent a code to ${address}.`,
    enter: 'Enter the six digits of that mail.',
    again: 'Enter another address',
  },
} as const

/** For the scripts of those pages. */
export const noticesWords = {
  chosen: 'Your choice was saved.',
  addressFormat:
    'This is not an e-mail address, or one that gets notices already. Please check it and enter it again.',
} as const
