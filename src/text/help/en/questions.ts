import { callNumberLifetime } from '../../../limits/calls.ts'
import { mostLivePasskeys } from '../../../limits/passkeys.ts'
import { facts } from '../../environments.ts'
import { inWords } from '../../in-words.ts'
import { phoneOnline } from '../../phone-online.ts'
import type { HelpTexts } from '../help-texts.ts'
import { account } from './account.ts'

export const questions: HelpTexts['questions'] = {
  ...account,
  lost: {
    title: 'I have lost the device that holds my passkey. What do I do?',
    texts: [
      'Please call customer support. After confirming your identity, we remove the passkey of that device.',
      'A passkey works only together with your login ID, your password and the screen lock of the device. A person who finds it cannot sign in with the device alone.',
    ],
    points: [
      'If you have a passkey on another device, choose that one from the list when you sign in. It works right away.',
      'If you have no other passkey, you are back to codes by e-mail after the removal. For your safety, {held} for {hold}.',
    ],
  },
  newDevice: {
    title: 'I am getting a new phone or computer. What happens to my passkey?',
    texts: [
      'Register a passkey on the new device while you still have the old one. If the old one is gone already, please call customer support.',
    ],
    steps: [
      'Sign in with the passkey of the old device, and press “Register a passkey” in the security settings.',
      'Verify with the passkey of the old device, and enter the code that arrives by e-mail.',
      `Choose the new device and press “Register”. For a phone, a QR code appears on the computer: read it with the new phone. ${phoneOnline.en}`,
      'Make sure that you can sign in with the new device. Then ask customer support to remove the passkey of the old one.',
    ],
    after: [
      'Passkeys that are kept in iCloud Keychain or Google Password Manager may also appear on a new device that is signed in to the same account. They then work without a new registration. Passkeys of Windows Hello stay on the old computer.',
    ],
  },
  removal: {
    title: 'I want a passkey removed that I no longer use',
    texts: [
      'Customer support removes passkeys. You cannot do it yourself online, so that nobody else can do it in your name.',
      'Look up the name of the passkey in the security settings before you call.',
    ],
    points: [
      'The removal signs you out on all devices. We also send a notice by e-mail.',
      'After the last passkey is removed, you sign in with codes by e-mail again, and {held} for {hold}.',
      'The passkey that remains on the device no longer works. If you like, delete it from the device’s settings or from your password manager.',
    ],
  },
  computerOnly: {
    title: 'Can I use passkeys with my computer only, without a phone?',
    texts: ['Yes. With a passkey kept on the computer you never have to read a QR code.'],
    steps: [
      'Set up Windows Hello on Windows, or Touch ID or a password on a Mac. Without a camera or a fingerprint reader, a PIN will do.',
      'On the page “Register a passkey”, choose “This computer” and press “Register”.',
      'Press “Continue” in the browser’s dialog, and verify with your face, your fingerprint or the PIN.',
    ],
    after: [
      'This passkey works only with the computer that keeps it. In case that one breaks, we recommend a second one on another computer or on a phone.',
    ],
  },
  noBluetooth: {
    title: 'My computer has no Bluetooth',
    texts: [
      'To use the passkey of a phone on a computer, both need Bluetooth: it proves that the phone is nearby. On a computer without it, there are two ways.',
    ],
    points: [
      'Keep a passkey on the computer itself: choose “This computer” when you register. That needs neither Bluetooth nor a phone.',
      'Sign in with the browser of your phone and register there. The passkey that “This phone” keeps is for signing in on that phone.',
    ],
    after: [
      'If the computer should have Bluetooth, make sure that it is turned on: in the Windows settings under “Bluetooth & devices” (Windows 10: “Devices”).',
    ],
  },
  severalDevices: {
    title: 'I want to use more than one device',
    texts: [
      `You can register up to ${mostLivePasskeys} passkeys. We recommend two devices or more: if one is lost, the other still lets you in.`,
    ],
    steps: [
      'Sign in and press “Register a passkey” in the security settings.',
      'Verify with a passkey that you have registered, and enter the code that arrives by e-mail.',
      'Choose a name that you will recognise, such as “PC at home” or “iPhone”.',
      'Choose the device and press “Register”.',
    ],
    after: [
      'Each device or password manager keeps one passkey for your account. If you are told that a passkey is registered there already, simply use that one.',
    ],
  },
  family: {
    title: 'I share a computer or a phone with my family',
    texts: [
      'Whoever can unlock a device can use the passkeys on it. Before you register one on a shared device, please see to the following.',
    ],
    points: [
      'On a computer, have an account of your own (in Windows, under “Accounts”), and register while you are signed in to it.',
      'On a phone, add nobody else’s fingerprint or face, and keep the PIN to yourself. If that cannot be, register on a device that only you use.',
      'On a shared device, do not save your login ID or password, and press “Sign out” when you have finished.',
    ],
  },
  passwordManager: {
    title: 'Google Password Manager or another password manager opens',
    texts: [
      'Some browsers offer to save to a password manager before they offer Windows Hello. On a PC we recommend Windows Hello. Here is how.',
    ],
    steps: [
      'Press “Save another way”.',
      'Choose “Windows Hello or external security key”.',
      'Press “Continue” and verify with Windows Hello.',
    ],
    after: [
      'If that choice or “Continue” does not appear, Windows Hello is probably not set up.',
      'If you have saved to the password manager already, that passkey works too. You can register one more with Windows Hello.',
    ],
  },
  usbKey: {
    title: '“Insert your security key into the USB port”',
    texts: [
      'You do not have to buy a USB security key. This appears when no usable passkey is found on the computer. Press “Cancel” first and come back to our page.',
    ],
    points: [
      'While registering: Windows Hello is probably not set up. Set it up, and press “Register” again.',
      'While signing in: the passkey that you chose is probably not on this computer. Choose the one that you registered here.',
      `To use the passkey of a phone: choose “iPhone, iPad, or Android device” in the browser’s dialog, and a QR code appears. ${phoneOnline.en}`,
    ],
    after: [
      'A security key that you own can be registered and used, but it is outside the recommended environment.',
    ],
  },
  qrCode: {
    title: 'My phone cannot read the QR code, or nothing happens afterwards',
    texts: [
      'This QR code is for passkeys alone. Apps for payments or messages cannot read it. Please check the following, one by one.',
    ],
    steps: [
      'Read it with the phone’s own camera app, and tap what it offers (“Sign in with a passkey”, “Use passkey” or the like). If an Android phone cannot read it, try Google Lens.',
      'Turn Bluetooth on, on the computer and on the phone. They need not be paired.',
      `Put the computer and the phone close together. ${phoneOnline.en}`,
      'Make the computer’s screen brighter, and get the whole QR code into view.',
      'If it still does not work, press “Stop” on our page and begin again. The QR code is a new one each time.',
    ],
    after: [
      facts.system.iphone.says.en,
      facts.system.android.says.en,
      'On an office computer the administrator may have turned Bluetooth off.',
    ],
  },
  companyComputer: {
    title: 'Does it work on my office computer?',
    texts: [
      'That depends on your company. It may have turned off Windows Hello, Bluetooth or the saving of passkeys. Please ask your administrator; we cannot change it from our side.',
    ],
    points: [
      'If the office computer cannot keep a passkey, register on a phone or a computer of your own and sign in there.',
      'As long as you sign in with codes by e-mail, any computer will do. After you have changed to passkeys, you cannot sign in on a computer that does not support them.',
      'Save neither passkeys nor passwords on a computer that you share with others.',
    ],
  },
  unknownName: {
    title: 'I do not know which passkey to choose',
    texts: [
      'The names in the list were chosen at registration. They may also come from the device, such as “Windows” or “iPhone”.',
    ],
    points: [
      'The passkey of your last sign-in is at the top. If in doubt, choose that one.',
      'Below each name the list says where the passkey is kept and when it was last used.',
      'A wrong choice does no harm: press “Cancel” and choose another one. However often that happens, it does not lock your account.',
    ],
    after: [
      'A name cannot be changed after registration. For a better one, ask customer support to remove the passkey, and register again.',
    ],
  },
  appOnly: {
    title: 'I can sign in with the browser, but not in the trading app',
    texts: [
      'The trading app, too, signs you in on a page of the browser on your phone or computer. That page uses the passkeys of the device on which it opens. Please check the following, one by one.',
    ],
    steps: [
      'Update the app, the browser (Chrome, Safari, Edge or another) and the system of the device.',
      'Open our sign-in page with the browser on the same device, and try to verify with a passkey there.',
      'If that fails, the device has no passkey. Sign in on another device, choose “Phone” under “Register a passkey”, and register this one too.',
      'If it works, close the app, open it again, and sign in once more.',
    ],
    after: [
      'If it still does not work, note the name of the app, the kind of device and the words on the screen, and contact customer support.',
      'Services of other companies that sign in with your login ID and password, such as household account apps, may not get past the second factor.',
    ],
  },
  callNumber: {
    title: 'What is a call number?',
    texts: [
      'Eight digits that you can show at the bottom of the page where you are stuck, when you call customer support. With them our staff can see where that page stands and help you.',
    ],
    points: [
      `It is good for ${inWords(callNumberLifetime, 'en')}. Nobody can sign in or change anything with the number alone.`,
      'Give it only if it was you who called us. We never call you to ask for it.',
      'If our staff checks who is calling, that page asks you. If you know nothing of it, press “No, I did not call” and hang up.',
    ],
    after: [
      'While we are calling you, your security settings say “We are calling you”. If they do not, hang up.',
    ],
  },
}
