// The help in English. {hold} is how long withdrawals are held, {brand} the broker's name.
import type { HelpTexts } from './help-texts.ts'

export const en: HelpTexts = {
  title: 'Help',
  lead: 'For when something about signing in or about passkeys does not go as it should.',
  contents: 'On this page',
  toContents: 'Back to the list',
  questionsTitle: 'Questions and answers',
  groups: {
    gone: 'A device is gone, or a new one comes',
    registering: 'When you register a passkey',
    signingIn: 'When you sign in',
  },

  questions: {
    lost: {
      title: 'I have lost the device that holds my passkey. What do I do?',
      texts: [
        'Please call customer support. After making sure that it is you, we remove the passkey of that device.',
        'A passkey works only together with your login ID, your password and the screen lock of the device. Whoever finds it cannot sign in with the device alone.',
      ],
      points: [
        'If you have a passkey on another device, choose that one from the list when you sign in. It works right away.',
        'If you have no other passkey, you are back to codes by e-mail after the removal. For your safety, withdrawals are then paused for {hold}.',
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
        'Choose the new device and press “Register”. For a phone, a QR code appears on the computer: read it with the new phone.',
        'See that you can sign in with the new device. Then ask customer support to remove the passkey of the old one.',
      ],
      after: [
        'Passkeys that are kept in iCloud Keychain or Google Password Manager may come along to a new device that is signed in to the same account. They then work without a new registration. Passkeys of Windows Hello do not come along.',
      ],
    },
    removal: {
      title: 'I want a passkey removed that I no longer use',
      texts: [
        'Customer support removes passkeys. Your own pages cannot do it, so that nobody else can do it in your name.',
        'Look up the name of the passkey in the security settings before you call.',
      ],
      points: [
        'The removal signs you out on all devices. We also send a notice by e-mail.',
        'After the last passkey you are back to codes by e-mail, and withdrawals are paused for {hold}.',
        'What remains on the device no longer works. If you like, delete it from the device’s settings or from your password manager.',
      ],
    },
    computerOnly: {
      title: 'Can I use passkeys with my computer only, without a phone?',
      texts: ['Yes. With a passkey kept on the computer you never have to read a QR code.'],
      steps: [
        'Set up Windows Hello on Windows 10 or 11, or Touch ID or a password on a Mac. Without a camera or a fingerprint reader, a PIN will do.',
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
        'If the computer should have Bluetooth, see that it is turned on: in the Windows settings under “Bluetooth & devices” (Windows 10: “Devices”).',
      ],
    },
    severalDevices: {
      title: 'I want to use more than one device',
      texts: [
        'You can register up to 20 passkeys. We recommend two devices or more: if one is lost, the other still lets you in.',
      ],
      steps: [
        'Sign in and press “Register a passkey” in the security settings.',
        'Verify with a passkey that you have registered, and enter the code that arrives by e-mail.',
        'Choose a name that you will recognise, such as “PC at home” or “iPhone”.',
        'Choose the device and press “Register”.',
      ],
      after: [
        'One place keeps one passkey. If you are told that a passkey is registered there already, simply use that one.',
      ],
    },
    passwordManager: {
      title: 'Google Password Manager or another password manager comes up',
      texts: [
        'Some browsers offer to save to a password manager before they offer Windows Hello. On a PC we recommend Windows Hello. This is the way there.',
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
        'To use the passkey of a phone: choose “iPhone, iPad, or Android device” in the browser’s dialog, and a QR code appears.',
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
        'See that both are connected to the internet, and put them close together.',
        'Make the computer’s screen brighter, and get the whole QR code into view.',
        'If it still does not work, press “Stop” on our page and begin again. The QR code is a new one each time.',
      ],
      after: [
        'An iPhone needs iOS 16 or later, an Android phone Android 9 or later. On an office computer the administrator may have turned Bluetooth off.',
      ],
    },
    companyComputer: {
      title: 'Does it work on my office computer?',
      texts: [
        'That depends on your company. It may have turned off Windows Hello, Bluetooth or the saving of passkeys. Please ask your administrator; we cannot change it from our side.',
      ],
      points: [
        'If the office computer cannot keep a passkey, register on a phone or a computer of your own and sign in there.',
        'As long as you sign in with codes by e-mail, any computer will do. After you have changed to passkeys, a computer that cannot use them does not let you in.',
        'Save neither passkeys nor passwords on a computer that you share with others.',
      ],
    },
    unknownName: {
      title: 'I do not know which passkey to choose',
      texts: [
        'The names in the list were chosen at registration. They may also be what was detected from the device, such as “Windows” or “iPhone”.',
      ],
      points: [
        'The passkey of your last sign-in is at the top. If in doubt, choose that one.',
        'Where it is kept and when it was last used, below the name, help to tell them apart.',
        'A wrong choice does no harm: press “Cancel” and choose another one. However often that happens, your account is not locked by it.',
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
  },

  devices: {
    title: 'Getting your device ready',
    lead: 'A passkey is used with the screen lock of your device: face, fingerprint or PIN. Please set one up before you register.',
    linksTitle: 'From the maker (other sites)',
    windows: {
      title: 'Computers with Windows 10 or 11',
      needs:
        'You need Windows Hello: your face, your fingerprint or a PIN, one of them is enough. Your face needs an infrared camera, your fingerprint a reader. Without either, set up a PIN.',
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
      needs:
        'You need Android 9 or later and a screen lock (face, fingerprint, PIN or pattern). Names differ a little from phone to phone.',
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
      needs:
        'You need iOS 16 or iPadOS 16 or later, and Face ID, Touch ID or a passcode. The passkey is kept in iCloud Keychain.',
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
      needs:
        'You need macOS 13 or later. A Mac without Touch ID asks for the password that you log in to it with.',
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
  },

  lost: {
    title: 'A lost, broken or stolen device',
    lead: 'When the device that holds your passkey is out of reach, that passkey is removed. Customer support does it for you.',
    telephone: 'Customer support',
    parts: {
      first: {
        title: 'What to do first',
        steps: [
          'If the device is lost or stolen, find and lock it with its maker’s service. Nobody opens a locked screen.',
          'If you have a passkey on another device, sign in with that one. Look through the recent activity in the security settings for anything that you do not recognise.',
          'Call customer support. If it is urgent, we can stop all sign-ins to your account.',
        ],
        after: [
          'A passkey works only together with your login ID, your password and the screen lock of the device. Whoever finds it cannot sign in with the device alone, so there is time to do this calmly.',
        ],
      },
      call: {
        title: 'What we ask on the telephone',
        points: [
          'Questions that make sure that it is you',
          'Your login ID',
          'The name of the passkey (such as “Windows” or “iPhone”). If you do not know it, the kind of device and roughly when you registered it',
        ],
        after: [
          'We never ask for your password, for a code or for the PIN of a device. If somebody does, hang up.',
        ],
      },
      removal: {
        title: 'How the passkey is removed',
        steps: [
          'We make sure that it is you.',
          'A member of support removes the passkey that you named. Who did it, when and why is put on record.',
          'A notice goes to your registered e-mail address. If you receive one that you did not expect, call us at once.',
        ],
        after: [
          'Your own pages cannot remove passkeys: otherwise somebody who got in could put their own in the place of yours.',
        ],
      },
      afterwards: {
        title: 'What happens then',
        points: [
          'You are signed out on all devices. Sign in again where you need to.',
          'If you have another passkey, you go on signing in with it.',
          'If it was the last one, you are back to codes by e-mail: after your login ID and password, enter the code that is sent to your registered address.',
          'If it was the last one, withdrawals are paused for {hold} for your safety. The security settings show until when.',
        ],
      },
      again: {
        title: 'Registering again',
        steps: [
          'Set up the screen lock of your new device.',
          'Sign in and press “Register a passkey” in the security settings. The first passkey needs a sign-in within the last 15 minutes.',
          'Enter the code that arrives by e-mail, choose a name and the device, and press “Register”.',
          'Choose passkeys under “Set the method” in the security settings, and press “Change”.',
          'We recommend a second device, so that you are ready the next time.',
        ],
        after: [
          'After a registration that begins without any passkey, withdrawals are paused for {hold} as well.',
        ],
      },
    },
    linksTitle: 'Find and lock a device (other sites)',
    links: [
      {
        name: 'Apple: if your iPhone is lost or stolen',
        address: 'https://support.apple.com/101593',
      },
      {
        name: 'Google: find, secure or erase a lost Android device',
        address: 'https://support.google.com/accounts/answer/6160491?hl=en',
      },
    ],
  },
}
