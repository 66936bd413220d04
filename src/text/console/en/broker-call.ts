import type { ConsoleTexts } from '../console-texts.ts'

export const brokerCall: ConsoleTexts['brokerCall'] = {
  title: 'A call to the customer',
  hint: 'Once begun, a signed-in customer sees in the security settings that the call is ours and what it is about. End it when you hang up.',
  locked:
    'The account is locked: the customer cannot sign in, and so cannot check there that this call is ours.',
  purpose: 'About',
  purposes: {
    'called-back': 'An inquiry, called back',
    'unusual-activity': 'Unusual activity',
    'account-change': 'A change of details',
    'undelivered-mail': 'Mails that do not arrive',
    'other-inquiry': 'A procedure',
  },
  begin: 'Begin the call',
  underWay: (purpose) => `Shown to the customer. About: ${purpose}.`,
  until: 'Shown until ',
  end: 'End the call',
}
