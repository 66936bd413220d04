// The customers' manual in English, with every key of the Japanese one.
import { start, device } from './en/preparing.ts'
import { email, computer, smartphone } from './en/registering.ts'
import { signIn, passkey, emailFactor, removal } from './en/signing-in.ts'
import type { ManualTexts } from './manual-texts.ts'

export const en: ManualTexts = {
  title: 'Manual: signing in and passkeys',
  lead: (brand) =>
    `How to sign in to ${brand}, register passkeys and change the way you verify, with pictures of the screens. The numbers in a picture are those of the list right below it.`,
  contents: 'Contents',
  pdf: 'Save a PDF for printing',
  picture: (title) => `Picture of the screen: ${title}`,
  label: (name) => `“${name}”`,
  contact: 'Whom to ask',

  chapters: {
    start,
    device,
    email,
    computer,
    smartphone,
    signIn,
    passkey,
    emailFactor,
    removal,
  },
}
