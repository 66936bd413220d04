import { codeLifetime } from '../../limits/codes.ts'
import { freshSignIn, longestPasskeyName } from '../../limits/passkeys.ts'
import { facts } from '../environments.ts'
import { inWords } from '../in-words.ts'
import { phoneOnline } from '../phone-online.ts'
import type { Texts } from '../texts.ts'

export const newPasskey: Texts['newPasskey'] = {
  title: 'Register a passkey',
  checksTitle: 'Your devices',
  checksHelp: 'How to get a device ready',
  helloReady: 'Windows Hello is set up.',
  lockReady: 'You can verify with the screen lock: face, fingerprint or PIN.',
  notReady: 'Needs setting up.',
  openSettings: 'Open the Windows settings',
  stepsLabel: 'Steps',
  steps: { prove: 'Verify', code: 'E-mail', name: 'Device', done: 'Done' },
  again: {
    lead: 'For your safety, please sign in once more.',
    text: `Registering the first passkey needs a sign-in within the last ${inWords(freshSignIn, 'en')}, and a new sign-in is needed after several wrong codes. After signing in you come back to this page.`,
    submit: 'Sign in again',
  },
  prove: {
    lead: 'Before you add a passkey, please verify with one that you have registered.',
    text: 'Choose the passkey and press “Verify”: your browser’s dialog opens. After that we send a code to your registered e-mail address.',
    legend: 'Passkey to verify with',
    submit: 'Verify',
  },
  code: {
    lead: 'We confirm your registered e-mail address.',
    ask: 'Press “Send a code” and we send six digits to your registered e-mail address.',
    send: 'Send a code',
    sent: (to) => `Your code goes to ${to}.`,
    enter: `Enter the six digits in the e-mail. The code is valid for ${inWords(codeLifetime, 'en')}; after that you need a new one.`,
  },
  name: {
    lead: 'Choose a name and a device for the passkey, then press “Register”.',
    name: 'Passkey name',
    detected: 'The name was detected from your device.',
    ofPhone:
      'The name of the phone is not known. We recommend its model or the like, so that you recognise it later.',
    fixed: 'It cannot be changed after registration.',
    limit: `Up to ${longestPasskeyName} characters, different from your other passkeys.`,
    device: 'Device that keeps the passkey',
    thisComputer: 'This computer',
    thisComputerHint: 'You verify with the screen lock of this computer: face, fingerprint or PIN.',
    phone: 'Phone',
    phoneHint: `You read a QR code with your phone, which keeps the passkey. ${phoneOnline.en}`,
    thisPhone: 'This phone',
    thisPhoneHint: 'You verify with the screen lock of this phone: face, fingerprint or PIN.',
    submit: 'Register',
    untilAgain: 'Confirm an e-mail code again',
    holdBy: 'This registers your first passkey.',
  },
  help: {
    title: 'What to do',
    computer: {
      ready: `You use Windows Hello. ${facts.system.windows.says.en} Set up your face, fingerprint or PIN in the Windows settings first. Face recognition needs an infrared camera.`,
      steps: [
        'The browser’s dialog opens. Check that it will save to Windows Hello, and press “Continue”.',
        'Verify with Windows Hello. Ways other than the PIN are under “Sign-in options”.',
      ],
      manager: {
        title: 'If a password manager’s dialog opens',
        steps: [
          'Press “Save another way”.',
          'Choose “Windows Hello or external security key”.',
          'Press “Continue” and verify with Windows Hello.',
        ],
      },
      trouble:
        'If that choice or “Continue” does not appear, Windows Hello is probably not set up.',
      advice:
        'On a PC we recommend Windows Hello. Security keys are outside the recommended environment.',
    },
    otherComputer: {
      ready:
        'This computer’s screen lock is used: Touch ID, a password or a PIN. Set one up in its settings first.',
      steps: [
        'A dialog for saving the passkey opens. Check where it will save, and press “Continue”.',
        'Verify with your fingerprint, password or PIN.',
      ],
      advice: 'Security keys are outside the recommended environment.',
    },
    phone: {
      ready: `Turn the phone’s Bluetooth on and set a screen lock (face, fingerprint, PIN or pattern). ${phoneOnline.en}`,
      steps: [
        'In the browser’s dialog press “Change”. If a QR code appears at once, go on with 3.',
        'Choose “iPhone, iPad, or Android device”.',
        'Read the QR code with the phone and follow what it says.',
      ],
      trouble:
        'The phone’s own camera app works best. If an Android phone cannot read the code, try Google Lens.',
    },
    thisPhone: {
      ready:
        'Set a screen lock (face, fingerprint, PIN or pattern). The maker’s official site explains how.',
      steps: [
        'Press “Register”: a dialog for saving the passkey opens.',
        'Follow it and verify with your face, fingerprint or PIN.',
      ],
    },
  },
  done: {
    title: 'Your passkey is registered',
    text: 'From now on you can verify with this passkey.',
    name: 'Passkey name',
    place: 'Saved on',
    kept: {
      'this-device': 'It is kept on this device alone.',
      synced: 'It is shared by the devices that are signed in to this password manager.',
      phone: 'It is kept on your phone.',
      'security-key': 'It is kept on your security key.',
      unknown: 'Your device and browser did not say where it is kept.',
    },
    notes: {
      managerInstead:
        'It was saved to a password manager. You can use it as it is; on a PC we recommend Windows Hello, and you can register one more passkey there.',
      phoneInstead:
        'You chose “This computer”, and the passkey was saved to a phone. You can use it as it is, and register one more on this computer.',
      otherPhoneInstead:
        'You chose “This phone”, and the passkey was saved to another phone. You can use it as it is, and register one more on this phone.',
      computerInstead:
        'You chose “Phone”, and the passkey was saved to this computer. You can use it as it is, and register one more on a phone.',
      securityKey:
        'It was saved to a security key. You can use it as it is, but security keys are outside the recommended environment. We recommend one more passkey on a computer or a phone.',
      onlyDevice:
        'This passkey works only with the device that keeps it. In case that one is broken or lost, we recommend a passkey on a second device.',
    },
    another: 'Register one more',
    offerTitle: 'Use your passkey to sign in?',
    offer:
      'You now sign in with a code by e-mail. With a passkey you no longer need to wait for the e-mail.',
    offerLink: 'Change to passkey',
  },
}

export const drawings: Texts['drawings'] = {
  saveTitle: 'Save your passkey',
  savedIn: 'Windows Hello',
  cancel: 'Cancel',
  next: 'Continue',
  change: 'Change',
  helloTitle: 'Windows Security',
  pin: 'PIN',
  signInOptions: 'Sign-in options',
  managerTitle: 'Password manager',
  managerNote: 'Save a passkey?',
  anotherWay: 'Save another way',
  create: 'Create',
  listTitle: 'Choose where to save',
  managerRow: 'Password manager',
  helloRow: 'Windows Hello or external security key',
  phoneRow: 'iPhone, iPad, or Android device',
  keyRow: 'Security key',
  lockTitle: 'Save passkey',
  ownLock: 'The lock of this computer',
  settingsTitle: 'Sign-in options',
  face: 'Face',
  fingerprint: 'Fingerprint',
  phoneSettingsTitle: 'Settings',
  bluetooth: 'Bluetooth',
  screenLock: 'Screen lock',
  mailSubject: 'Your code to register a passkey',
  mailCode: 'Code',
  mailValidity: `Valid for ${inWords(codeLifetime, 'en')}`,
  tradingTitle: 'Trading screen',
  alternatives: {
    save: 'Drawing: the dialog that saves a passkey, to Windows Hello. Press “Continue”.',
    hello:
      'Drawing: the dialog of Windows Hello, with a face, a field for the PIN and “Sign-in options”.',
    manager: 'Drawing: the dialog of a password manager. Press “Save another way”.',
    managerList: 'Drawing: a list of places. Press “Windows Hello or external security key”.',
    change: 'Drawing: the dialog that saves a passkey. Press “Change”.',
    phoneList: 'Drawing: a list of places. Press “iPhone, iPad, or Android device”.',
    qr: 'Drawing: a phone’s camera reads the QR code on the computer’s screen.',
    ownLock:
      'Drawing: the dialog that saves a passkey, behind the lock of this computer. Press “Continue”.',
    lock: 'Drawing: the screen of a phone. Verify, for example by face, and press “Continue”.',
    settings: 'Drawing: the Windows settings, where a face, a fingerprint or a PIN is set up.',
    phoneSettings:
      'Drawing: the settings of a phone, with Bluetooth and the screen lock turned on.',
    mail: 'Drawing: the e-mail that arrives, with six digits below its subject.',
    trading: 'Drawing: the trading screen, which opens after the verification.',
  },
}
