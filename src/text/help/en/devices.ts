import { facts } from '../../environments.ts'
import { phoneOnline } from '../../phone-online.ts'
import type { HelpTexts } from '../help-texts.ts'

export const devices: HelpTexts['devices'] = {
  title: 'Getting your device ready',
  lead: 'A passkey is used with the screen lock of your device: face, fingerprint or PIN. Please set one up before you register.',
  browsers: {
    title: 'Browsers and apps',
    lead: 'In these browsers and apps, passkeys may not work.',
    looked: 'Checked on',
  },
  linksTitle: 'From the maker (other sites)',
  windows: {
    title: 'Computers with Windows 10 or 11',
    needs: `${facts.system.windows.says.en} You need Windows Hello with your face, your fingerprint or a PIN; one of them is enough. Face recognition needs an infrared camera, a fingerprint needs a reader. Without either, set up a PIN.`,
    parts: {
      windows11: {
        title: 'On Windows 11',
        steps: [
          'Open “Settings” from “Start”, and choose “Accounts”.',
          'Choose “Sign-in options”.',
          'Open “PIN (Windows Hello)”, press “Set up” and follow what it says.',
          'For your face or fingerprint, go on with “Facial recognition (Windows Hello)” or “Fingerprint recognition (Windows Hello)” and press “Set up”.',
        ],
      },
      windows10: {
        title: 'On Windows 10',
        steps: [
          'Open “Settings” from “Start”, and choose “Accounts”.',
          'Choose “Sign-in options” on the left.',
          'Choose “Windows Hello PIN”, press “Add” and follow what it says.',
          'For your face or fingerprint, go on with “Windows Hello Face” or “Windows Hello Fingerprint” and press “Set up”.',
        ],
      },
      trouble: {
        title: 'If that does not work',
        points: [
          'If “Set up” or “Add” cannot be pressed for the PIN, set a Windows password first.',
          'If you are told that the computer is managed by an organization, ask its administrator.',
          'We recommend the latest version of Chrome or Edge.',
        ],
      },
    },
    links: [
      {
        name: 'Microsoft: configure Windows Hello',
        address:
          'https://support.microsoft.com/en-us/windows/configure-windows-hello-dae28983-8242-bb2a-d3d1-87c9d265a5f0',
      },
      {
        name: 'Microsoft: passkeys in Windows',
        address:
          'https://support.microsoft.com/en-us/windows/passkeys-in-windows-301c8944-5ea2-452b-9886-97e4d2ef4422',
      },
    ],
  },
  android: {
    title: 'Android phones',
    needs: `${facts.system.android.says.en} You also need a screen lock (face, fingerprint, PIN or pattern). Names differ a little from phone to phone.`,
    parts: {
      lock: {
        title: 'Set a screen lock',
        steps: [
          'Open “Settings” and choose “Security & privacy” (or “Security”).',
          'Choose “Device unlock” or “Screen lock”.',
          'Set a PIN, a pattern or a password. After that you can add a fingerprint or your face.',
        ],
      },
      phone: {
        title: 'To sign in on a computer with it',
        points: [
          'Turn Bluetooth on under “Connected devices”, and on the computer too. They need not be paired.',
          'Read the QR code with the phone’s own camera app. If it cannot, try Google Lens.',
          phoneOnline.en,
        ],
      },
    },
    links: [
      {
        name: 'Google: set screen lock on an Android device',
        address: 'https://support.google.com/android/answer/9079129?hl=en',
      },
      {
        name: 'Google: sign in to apps and websites with passkeys',
        address: 'https://support.google.com/android/answer/14124480?hl=en',
      },
      {
        name: 'Google: use Google Lens',
        address:
          'https://support.google.com/websearch/answer/1325808?hl=en&co=GENIE.Platform%3DAndroid',
      },
    ],
  },
  iphone: {
    title: 'iPhone and iPad',
    needs: `${facts.system.iphone.says.en} You also need Face ID, Touch ID or a passcode. The passkey is kept in iCloud Keychain.`,
    parts: {
      lock: {
        title: 'Set up Face ID, Touch ID or a passcode',
        steps: [
          'Open “Settings” and choose “Face ID & Passcode” (or “Touch ID & Passcode”).',
          'If there is no passcode yet, choose “Turn Passcode On” and set one.',
          'Choose “Set Up Face ID” or “Add a Fingerprint” and follow what it says.',
        ],
      },
      keychain: {
        title: 'Turn iCloud Keychain on',
        steps: [
          'Open “Settings” and choose your name at the top.',
          'Choose “iCloud”, then “Passwords” (or “Passwords and Keychain”).',
          'Turn “Sync this iPhone” on. Your Apple Account needs two-factor authentication too.',
        ],
      },
      phone: {
        title: 'To sign in on a computer with it',
        points: [
          'Turn “Bluetooth” on in “Settings”, and on the computer too. They need not be paired.',
          'Read the QR code with the Camera app, and tap “Sign in with a passkey” or the like.',
          phoneOnline.en,
        ],
      },
    },
    links: [
      {
        name: 'Apple: set up Face ID on iPhone',
        address: 'https://support.apple.com/guide/iphone/iph6d162927a/ios',
      },
      {
        name: 'Apple: set a passcode on iPhone',
        address: 'https://support.apple.com/guide/iphone/iph14a867ae/ios',
      },
      {
        name: 'Apple: use passkeys on iPhone',
        address: 'https://support.apple.com/guide/iphone/iphf538ea8d0/ios',
      },
    ],
  },
  mac: {
    title: 'Mac',
    needs: `${facts.system.mac.says.en} A Mac without Touch ID asks for the password that you log in to it with.`,
    parts: {
      lock: {
        title: 'Set up Touch ID',
        steps: [
          'Open “System Settings” from the Apple menu.',
          'Choose “Touch ID & Password”.',
          'Press “Add Fingerprint” and follow what it says.',
        ],
      },
      keychain: {
        title: 'Turn iCloud Keychain on (for Safari)',
        steps: [
          'Choose your name at the top of “System Settings”.',
          'Choose “iCloud”, then “Passwords” (or “Passwords and Keychain”).',
          'Turn “Sync this Mac” on. Your Apple Account needs two-factor authentication too.',
        ],
      },
    },
    links: [
      {
        name: 'Apple: use Touch ID on your Mac',
        address: 'https://support.apple.com/guide/mac-help/mchl16fbf90a/mac',
      },
      {
        name: 'Apple: create a passkey on Mac',
        address: 'https://support.apple.com/guide/mac-help/mchl4af65d1a/mac',
      },
    ],
  },
}
