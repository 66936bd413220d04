import { days } from '../../kernel/clock.ts'
import { failuresWindow } from '../../limits/accounts.ts'
import type { Texts } from '../texts.ts'

export const hold: Texts['hold'] = {
  withdrawal: {
    until: (time) =>
      `Withdrawals and similar requests are paused until ${time} (you can trade as usual)`,
    ahead: (length, time) =>
      `For your safety, withdrawals and similar requests are then paused for ${length} (now, that is until ${time}). You can trade as usual.`,
  },
  withdrawalAlone: {
    until: (time) => `Withdrawals and similar requests are paused until ${time}`,
    ahead: (length, time) =>
      `For your safety, withdrawals and similar requests are then paused for ${length} (now, that is until ${time}).`,
  },
  all: {
    until: (time) => `Withdrawals, similar requests and trades are paused until ${time}`,
    ahead: (length, time) =>
      `For your safety, withdrawals, similar requests and trades are then paused for ${length} (now, that is until ${time}).`,
  },
}

export const portal: Texts['portal'] = {
  title: 'Security settings',
  holder: (name) => name,
  loginId: (id) => `Login ID: ${id}`,
  signedInAt: (time) => `Signed in: ${time}`,
  previousSignIn: (time, device) => `Previous sign-in: ${time}, ${device}`,
  signOut: 'Sign out',
  holdText: 'If you did not expect a change, contact customer support at once.',
  holdReason: (reason) => `Reason: ${reason}`,
  holdReasons: {
    first_passkey: 'a first passkey was registered',
    factor_switched_to_email: 'the verification method went back to e-mail',
    last_passkey_removed: 'the last passkey was removed',
    passkey_resumed: 'a suspended passkey may be used again',
    account_reopened: 'sign-ins to the account were allowed again',
    password_changed: 'the password was changed',
    email_changed: 'the e-mail address was changed',
  },
  offer: {
    title: 'This computer can hold a passkey too',
    text: 'You have just signed in with the passkey of your phone. If you register one on this computer as well, you will not need a QR code next time.',
    accept: 'Set up this computer',
    decline: 'Do not show this again',
  },
  factorTitle: 'Two-step verification',
  factorNow: 'Method in use',
  factors: { email: 'E-mail', passkey: 'Passkey' },
  factorTexts: {
    email: 'At each sign-in we send a code to your registered e-mail address.',
    passkey: 'At each sign-in you verify with a registered passkey.',
  },
  factorAdvice:
    'A passkey cannot be used on fake sites, so it is safer. We recommend changing to verification by passkey.',
  factorLink: 'Change method',
  passkeysTitle: 'Passkeys',
  passkeysNone:
    'No passkey is registered yet. With one you sign in safely with your face, fingerprint or PIN.',
  passkeysSecond:
    'We recommend registering a passkey on a second device, in case one is broken or lost.',
  passkeySuspended: 'Suspended',
  passkeySuspendedText:
    'Customer support has suspended it. It neither signs you in nor confirms anything. If you have found the device, please contact customer support.',
  passkeysRemoval: 'Customer support removes passkeys that you no longer use.',
  removalLink: 'How to have a passkey removed, and whom to ask',
  register: 'Register a passkey',
  created: (time) => `Registered: ${time}`,
  lastUsed: (time) => `Last used: ${time}`,
  neverUsed: 'Not used yet. Try it now, so that there are no surprises tomorrow',
  notBackedUp: 'On that device only',
  sessionsTitle: 'Signed-in devices',
  sessionCurrent: 'This device',
  sessionSince: (time) => `Signed in: ${time}`,
  sessionSeen: (time) => `Last active: ${time}`,
  sessionApplicationsOnly: 'Now used by applications only',
  sessionEnd: 'End',
  sessionEndName: (what, time) => `End (${what}, ${time})`,
  homesTitle: 'Open an application',
  activityTitle: 'Recent activity',
  activityNone: 'No activity yet.',
  failuresTitle: `Failed attempts (last ${failuresWindow / days} days)`,
  failuresCount: (count: number, orMore: boolean) =>
    orMore ? `${count} times or more` : count === 1 ? 'once' : `${count} times`,
  failuresLast: (time: string) => `Last: ${time}`,
  unknownBrowser: 'Unknown browser',
  device: (browser, system) => `${browser} (${system})`,
}

export const secondFactor: Texts['secondFactor'] = {
  title: 'Verification method',
  lead: 'Choose how you verify at sign-in, in addition to your password.',
  legend: 'Method',
  email: 'E-mail',
  passkey: 'Passkey',
  hints: {
    email: 'You enter a code sent to your registered e-mail address.',
    passkey: 'You use a registered passkey. It cannot be used on fake sites, so it is safer.',
  },
  current: 'In use',
  submit: 'Change',
  proof: 'After pressing “Change” you verify with a registered passkey.',
  effect: 'The change ends your sign-ins on other devices. We also send you a notice by e-mail.',
  cautions: {
    email: 'Codes by e-mail are weaker against fake sites than passkeys.',
    passkey:
      'After changing to passkeys you cannot sign in without one. We recommend registering two devices or more, in case one is broken or lost.',
  },
  noneTitle: 'Please register a passkey first',
  none: 'Verification by passkey needs a registered passkey. You can register one in the security settings.',
  noneLink: 'Go to registration',
  chooserTitle: 'Verify',
  chooser: 'Choose a passkey and press “Verify”.',
  chooserLegend: 'Passkey to verify with',
  chooserSubmit: 'Verify',
  doneTitle: 'The verification method was changed',
  done: {
    email: 'From your next sign-in you enter a code sent to your registered e-mail address.',
    passkey: 'From your next sign-in you verify with a registered passkey.',
  },
}
