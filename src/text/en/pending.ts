import type { Texts } from '../texts.ts'

export const pending: Texts['pending'] = {
  title: 'Customer support is going to change your account',
  acts: {
    'remove-passkey': 'Removal of a passkey',
    'resume-passkey': 'A suspended passkey is resumed',
    reopen: 'Sign-in is reopened',
    'reopen-many': 'Sign-in is reopened',
    'change-email': 'Change of your e-mail address',
    'activation-code': 'An activation code for a new password',
    'end-hold': 'End of the hold on the account',
  },
  and: ', ',
  at: (acts, time) => `${acts}: to be done at ${time}.`,
  ifNot: 'If you did not ask for this, cancel it before then.',
  atCode: 'If you did not ask for this, sign in and cancel it in the portal.',
  atPasskey:
    'If you did not ask for this, choose a passkey below and press “Cancel it”. After the passkey you come to the page where it is cancelled.',
  cancel: 'Cancel it',
  cancelOne: (acts) => `Cancel it: ${acts}`,
  pageTitle: 'Cancel what is planned',
  prove: 'To cancel it, confirm it is you with a passkey that it does not concern.',
  legend: 'The passkey to confirm with',
  submit: 'Confirm with a passkey',
  confirm:
    'You have confirmed it is you. Press “Cancel it”, and it will not be done. A passkey that was suspended already stays so.',
  cannot:
    'To cancel it here you need a passkey that it does not concern, registered before it was asked for. If you have none, call customer support, who can cancel it too.',
  done: 'It is cancelled',
  doneText: 'It will not be done. If you did not ask for it, please tell customer support as well.',
  noPasskey:
    'You have no passkey to sign in with. A suspended passkey signs nobody in. Please call customer support.',
}
