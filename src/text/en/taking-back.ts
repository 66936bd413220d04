import type { Texts } from '../texts.ts'

export const takingBack: Texts['takingBack'] = {
  more: (count) => `${count} more`,
  endOthers: 'Sign out all other devices',
  browsers: {
    title: 'Browsers that have signed in',
    text: 'We remember these as your browsers. Forget those that you do not recognise or no longer use: we then tell you by e-mail when one of them signs in again. Forgetting a browser does not sign it out.',
    current: 'This browser',
    first: (time) => `First: ${time}`,
    last: (time) => `Last sign-in: ${time}`,
    forget: 'Forget',
    forgetName: (device, time) => `Forget (${device}, ${time})`,
  },
  applications: {
    title: 'Connected applications',
    text: 'These applications receive your information. Once disconnected, they receive nothing more. Our own work again from your next sign-in to them.',
    own: 'Our own application',
    allowed: (time) => `Another company’s, allowed: ${time}`,
    used: (time) => `Last used: ${time}`,
    neverUsed: 'Not used yet',
    end: 'Disconnect',
    endName: (name) => `Disconnect (${name})`,
  },
  doubt: 'Not me',
  doubtName: (what, time) => `Not me (${what}, ${time})`,
  doubts:
    'If you do not recognise something here, press “Not me”, make an emergency stop, and contact customer support.',
}
