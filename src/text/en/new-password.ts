import { longestPassword, shortestPassword } from '../../limits/passwords.ts'

export const newPassword = {
  label: 'New password',
  show: 'Show new password',
  hint: `${shortestPassword} to ${longestPassword} characters of any kind. The longer it is, the harder it is to guess. Please use no password that you use elsewhere.`,
  strength: 'Estimated strength',
}

export const newPasswordWords = {
  too_short: `Please enter at least ${shortestPassword} characters: {n} more.`,
  too_long: `Please enter at most ${longestPassword} characters: {n} fewer.`,
  common: 'This password is one of those that are tried first. Please enter another one.',
  made_of_context:
    'A password must not be made of the login ID, the mail address or our name. Please add other words, or enter another one.',
  strength0: 'Weak. It is easy to guess.',
  strength1: 'Rather weak. Please add words or characters.',
  strength2: 'Strong. Longer is safer still.',
  strength3: 'Very strong.',
}
