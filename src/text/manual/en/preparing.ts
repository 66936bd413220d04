import { facts } from '../../environments.ts'
import type { ManualTexts } from '../manual-texts.ts'

type Chapters = ManualTexts['chapters']

export const start: Chapters['start'] = {
  title: 'Before you begin',
  steps: {
    doors: {
      title: 'Two front doors',
      text: [
        'Sign in from the trading application, and the trading screen opens. Sign in to the portal, and “Security settings” opens: there you register passkeys and change the way you verify.',
        'At both doors you enter your login ID and password, and then verify once more (two-step verification). At first this is by “E-mail”: we send you a code. Once you have changed it in the portal, it is by “Passkey”.',
      ],
    },
    overview: {
      title: 'The way to a passkey',
      text: [
        'With a passkey you verify by the screen lock of your device: face, fingerprint or PIN. It cannot be used on fake sites, so it is safer than a code. Prepare your device (chapter 1), confirm your e-mail address (chapter 2), register a passkey on a device (chapter 3 or 4), and change the way you verify (chapter 7).',
      ],
    },
  },
}

export const device: Chapters['device'] = {
  title: 'Preparing your device',
  steps: {
    windows: {
      title: 'Computer (Windows)',
      text: [
        `On a computer, passkeys use Windows Hello. ${facts.system.windows.says.en} Set up your face, a fingerprint or a PIN in the Windows settings first.`,
      ],
      captions: ['The Windows settings: set up the ways that you want to use.'],
      notes: ['Verifying by face needs an infrared camera.'],
    },
    phone: {
      title: 'Phone',
      text: [
        'Turn Bluetooth on and set a screen lock (face, fingerprint, PIN or pattern).',
        facts.system.iphone.says.en,
        facts.system.android.says.en,
      ],
      captions: ['The settings of a phone: turn on Bluetooth and the screen lock.'],
      notes: ['The official support pages of the maker explain how.'],
    },
  },
}
