import { codeLifetime } from '../../../limits/codes.ts'
import { inWords } from '../../in-words.ts'
import { phoneOnline } from '../../phone-online.ts'
import type { ManualTexts } from '../manual-texts.ts'

type Chapters = ManualTexts['chapters']

export const signIn: Chapters['signIn'] = {
  title: 'Signing in',
  steps: {
    signIn: {
      title: 'The sign-in page',
      text: [
        'The heading “Sign in” is below the name of the application that you sign in to. Enter your login ID and password.',
      ],
      marks: {
        loginId: 'Enter your login ID.',
        saveLoginId:
          'On the page it says “Save”. If you tick it and sign in, the login ID is filled in next time.',
        password: 'Enter your password.',
        savePassword:
          'On the page it says “Save”. If you tick it and sign in, your browser asks whether to save the password. Browsers that cannot save passwords do not show this box.',
        showPassword: 'Tick it to read the password that you have typed.',
        submit: 'Press it: the verification follows (chapter 6 or 7).',
        forgotten: 'If you do not know your login ID or password, look here.',
        close:
          'Cancels the sign-in and leads back to the application that you came from, or else to the home page.',
        links:
          'Opens “Terms of use”, “Frequently asked questions”, “Notes on trading”, “Manual”, “Maintenance” or “Home page”.',
      },
      notes: ['On a shared device do not tick “Save”.'],
    },
  },
}

export const passkey: Chapters['passkey'] = {
  title: 'Verification by passkey',
  steps: {
    passkeyChoose: {
      title: 'Choose a passkey',
      text: [
        'Verify on a device that holds your passkey. Choose a passkey and press “Verify”: the browser’s dialog for that passkey opens.',
      ],
      marks: {
        list: 'Your registered passkeys. The one of your last sign-in is at the top. The date below a name shows when it was last used (before the first use, when it was registered). Select exactly one.',
        submit: 'Press it when you have selected one.',
      },
    },
    passkeyConfirm: {
      title: 'Verify',
      text: ['Verify in the way that you set up at registration: PIN, fingerprint or face.'],
      captions: [
        'With the passkey of a computer: verify in the dialog of Windows Hello.',
        `With the passkey of a phone: turn its Bluetooth on and read the QR code that appears. The phone’s own camera app works best. ${phoneOnline.en}`,
      ],
    },
    passkeyDone: {
      title: 'Signed in',
      captions: ['After the verification the trading screen opens.'],
      notes: ['If you signed in to the portal, “Security settings” opens.'],
    },
    passkeyNotes: {
      title: 'Read the notes',
      text: [
        'Below the list of passkeys is “Please note”. Without a registered device at hand you cannot sign in. When a device is broken or lost, its passkey has to be removed: please ask customer support to do so.',
      ],
      marks: {
        removal: 'How a passkey is removed, and whom to contact (chapter 8).',
        questions: 'Answers to other questions about passkeys.',
      },
    },
  },
}

export const emailFactor: Chapters['emailFactor'] = {
  title: 'Verification by e-mail, and changing the method',
  steps: {
    emailCode: {
      title: 'Sign in with a code by e-mail',
      text: [
        'Until you change to passkeys, you enter a code at each sign-in, sent to your registered e-mail address.',
      ],
      marks: {
        code: `Enter the six digits of the e-mail. They are valid for ${inWords(codeLifetime, 'en')}.`,
        submit:
          'Press it when you have entered them. After that the trading screen or the portal opens.',
        resend: 'Press it, and we send a new code.',
      },
      notes: ['You change to passkeys in the portal, after signing in.'],
    },
    factor: {
      title: 'Change the method',
      text: ['In the portal, press “Change method” in “Security settings”: this page opens.'],
      marks: {
        email: 'You use codes sent to your registered e-mail address.',
        passkey: 'You use a registered passkey. Please register one first.',
        submit: 'Press it when you have selected one: we ask you to verify with a passkey.',
      },
      notes: [
        'After changing to passkeys you cannot sign in without one. We recommend registering two devices or more, in case one is broken or lost.',
        'The change ends your sign-ins on other devices.',
      ],
    },
    factorConfirm: {
      title: 'Verify with a passkey',
      text: ['If you have two passkeys or more, select one and press “Verify”.'],
      captions: ['Verify in the way that you set up at registration: PIN, fingerprint or face.'],
    },
    factorDone: {
      title: 'Done',
      marks: {
        title:
          'When this page opens, the method is changed. From your next sign-in you verify with a passkey.',
      },
      notes: [
        'To go back to e-mail, select “E-mail” on the same page and verify with a passkey. For your safety, withdrawals and similar requests are then paused; before you change, the page says what is paused and for how long.',
      ],
    },
  },
}

export const removal: Chapters['removal'] = {
  title: 'Having a passkey removed',
  steps: {
    removal: {
      title: 'Ask customer support',
      text: [
        'Please ask customer support to remove a passkey. They confirm your identity and then remove it.',
      ],
      marks: { removal: 'How a passkey is removed, and whom to contact.' },
      notes: [
        'If you have lost a device, please contact us soon.',
        'Before you call, press “Show a call number” at the bottom of the page: with the number our staff can see where that page stands and help you.',
        'After the removal we send you a notice by e-mail, and every device is signed out.',
        'When the last passkey is removed, you verify by e-mail again. For your safety, withdrawals and similar requests are then paused; the security settings and an e-mail say what is paused and until when.',
      ],
    },
  },
}
