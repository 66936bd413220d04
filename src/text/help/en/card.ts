import type { HelpTexts } from '../help-texts.ts'

export const card: HelpTexts['card'] = {
  title: 'Emergency contact card',
  lead: 'Print this page and keep it in your wallet or beside the telephone. If you lose your computer or phone, you can still call us at once.',
  telephone: 'Customer support',
  address: 'The genuine address of {brand}',
  say: {
    title: 'What to tell us',
    points: [
      'Which device was lost or stolen, and when',
      'Any sign-in or trade that was not yours, and its time',
      'If it is urgent: “Please stop all sign-ins.”',
    ],
  },
  fields: ['Your name', 'Your devices that hold a passkey'],
  never:
    'Never write your password, a code or the PIN of a device on this card. We do not ask for them on the telephone either. If somebody does, hang up.',
}
