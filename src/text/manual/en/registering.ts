import { codeLifetime } from '../../../limits/codes.ts'
import { inWords } from '../../in-words.ts'
import { phoneOnline } from '../../phone-online.ts'
import type { ManualTexts } from '../manual-texts.ts'

type Chapters = ManualTexts['chapters']

export const email: Chapters['email'] = {
  title: 'Confirming your e-mail address',
  steps: {
    begin: {
      title: 'Start the registration',
      text: ['Sign in to the portal: “Security settings” opens.'],
      marks: {
        register:
          'Press it: we send a code to your registered e-mail address, and the page for entering it opens.',
      },
      notes: [
        'If you have a passkey already, we ask you to verify with it before the code is sent.',
      ],
    },
    mail: {
      title: 'Open the e-mail',
      text: [
        'An e-mail with the subject “Your code to register a passkey” arrives at your registered address.',
      ],
      captions: ['The six digits in it are the code.'],
    },
    code: {
      title: 'Enter the code',
      text: ['Keep the e-mail open, return to the page and type the digits.'],
      marks: {
        code: 'Enter the six digits of the e-mail.',
        submit: 'Press it when you have entered them. If they are right, the registration goes on.',
        resend: 'Press it if no e-mail arrives or the code has expired: we send a new code.',
      },
      notes: [
        `The code is valid for ${inWords(codeLifetime, 'en')}. After that you need a new one.`,
      ],
    },
  },
}

export const computer: Chapters['computer'] = {
  title: 'Registering on a computer (Windows Hello)',
  steps: {
    computerName: {
      title: 'Check the name and register',
      text: ['Decide on the name of the passkey and the device that keeps it.'],
      marks: {
        name: 'It holds a name detected from your device. If you want another one, change it here: after registration the name can never be changed.',
        device: 'Leave it selected.',
        submit: 'Press it: the browser’s dialog opens.',
      },
    },
    computerSave: {
      title: 'Continue in the browser’s dialog',
      captions: ['Check that it will save to “Windows Hello”, and press “Continue”.'],
      notes: [
        'On a computer we recommend Windows Hello. Security keys are outside the recommended environment.',
        'If “Windows Hello” or “Continue” does not appear, Windows Hello is probably not set up on the computer. Please set it up first: see chapter 1.',
      ],
    },
    computerManager: {
      title: 'If a password manager’s dialog opens',
      text: [
        'If the dialog is that of Microsoft Password Manager or Google Password Manager, change the place like this.',
      ],
      captions: [
        'Press “Save another way”.',
        'Choose “Windows Hello or external security key”.',
        'Press “Continue”.',
      ],
      notes: [
        'If “Windows Hello or external security key” or “Continue” does not appear, Windows Hello is probably not set up on the computer.',
      ],
    },
    computerHello: {
      title: 'Verify with Windows Hello',
      captions: [
        'To verify with your PIN, type it into the PIN field. Other ways, such as face or fingerprint, are under “Sign-in options”.',
      ],
    },
    computerDone: {
      title: 'Done',
      marks: { title: 'When this page opens, the passkey is registered.' },
      notes: ['You still verify by e-mail. To change that now, see chapter 7.'],
    },
  },
}

export const smartphone: Chapters['smartphone'] = {
  title: 'Registering a phone (from the computer)',
  steps: {
    phoneName: {
      title: 'Check the name and register',
      text: [
        'On the computer, press “Register a passkey” and enter the code (chapter 2): this page opens.',
      ],
      marks: {
        name: 'The name of the phone is not known, so it holds a provisional one. Change it to the model or the like, so that you recognise it later: after registration the name can never be changed.',
        device: 'Select it.',
        submit: 'Press it: the browser’s dialog opens.',
      },
    },
    phoneSave: {
      title: 'Choose the phone in the browser’s dialog',
      captions: ['Press “Change”.', 'Choose “iPhone, iPad, or Android device”. A QR code appears.'],
      notes: ['If a QR code appears at once, go on with 4-3.', phoneOnline.en],
    },
    phoneRead: {
      title: 'Read the QR code',
      captions: [
        'Read the QR code with the phone, and follow what the phone says.',
        'Verify with the screen lock of the phone: face, fingerprint or PIN.',
      ],
      notes: [
        'The phone’s own camera app works best. If an Android phone cannot read the code, try Google Lens.',
        phoneOnline.en,
      ],
    },
    phoneDone: {
      title: 'Done',
      marks: { title: 'When this page opens, the passkey is registered.' },
    },
  },
}
