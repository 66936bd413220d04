import { codeLifetime } from '../../limits/codes.ts'
import { permissionLifetime } from '../../limits/passkeys.ts'
import { inWords } from '../in-words.ts'

export const changeProof = {
  title: 'Verify',
  passkey: 'Choose a passkey and press “Verify”.',
  legend: 'Passkey to verify with',
  email: `We have sent a code to your registered e-mail address. Please enter the six digits of that mail. They are valid for ${inWords(codeLifetime, 'en')}.`,
  code: 'Code',
  submit: 'Verify',
  resend: 'Send a new code',
  cancel: 'Cancel',
  note: `What you have entered stays. After you verify you have ${inWords(permissionLifetime, 'en')} to make one change.`,
}

export const changeProofWords = {
  format: 'Please enter the six digits.',
  resent: 'A new code is on its way. Please enter the six digits of the mail that arrives.',
  cancelled: 'You have not verified. Nothing was changed.',
}
