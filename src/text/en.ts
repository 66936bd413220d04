// English, with every key of the Japanese catalogue.
import type { Texts } from './texts.ts'

export const en: Texts = {
  problems: {
    invalid_request: {
      title: 'The request could not be read',
      detail: 'Something that was sent could not be read. Reload the page and enter it again.',
    },
    not_signed_in: {
      title: 'Please sign in',
      detail:
        'You are not signed in, or you were signed out after a time without activity. Please sign in again.',
    },
    cross_site: {
      title: 'The action was not accepted',
      detail:
        'It may have been sent by a site that is not ours, so it was stopped. Open our page again and start from there.',
    },
    not_found: {
      title: 'Page not found',
      detail:
        'The address may be wrong, or the page may be gone. Check the address or begin at the first page.',
    },
    method_not_allowed: {
      title: 'This action is not available here',
      detail:
        'The address does not take this action. The page may be out of date: reload it and try again.',
    },
    too_large: {
      title: 'Too much was sent',
      detail: 'What was sent is larger than we accept. Shorten what you entered and try again.',
    },
    unsupported_media_type: {
      title: 'The format is not supported',
      detail: 'Only application/json is accepted. Reload the page and try again.',
    },
    wrong_host: {
      title: 'This address cannot be used',
      detail:
        'The page was opened at an address that is not our own. Open it from our official site or from your bookmark.',
    },
    busy: {
      title: 'We are busy at the moment',
      detail: 'Many people are using the service. Please wait a little and try again.',
    },
    request_timeout: {
      title: 'Sending took too long',
      detail: 'The connection may have been interrupted. Check it and try again.',
    },
    no_sign_in: {
      title: 'This sign-in has ended',
      detail:
        'The time may have run out, or the sign-in was finished or given up in another window. Please start again at the sign-in page.',
    },
    wrong_step: {
      title: 'Another kind of verification is needed',
      detail:
        'This sign-in needs another method than the one on this page; the setting may have been changed elsewhere. Reload the page and follow what it says.',
    },
    no_such_passkey: {
      title: 'This passkey cannot be used',
      detail: 'It may have been removed. Reload the page and choose from the list again.',
    },
    sign_in_refused: {
      title: 'You could not be signed in',
      detail:
        'The login ID or the password may be wrong, or sign-ins may be paused for a while after several wrong entries. Check what you entered, wait a little and try again. If that does not help, please contact customer support.',
    },
    too_many_attempts: {
      title: 'Sign-ins are paused for a while',
      detail:
        'There were too many wrong entries from your connection. Please wait and try again later.',
    },
    too_many_codes: {
      title: 'No further code can be sent yet',
      detail:
        'A code was sent a moment ago, or too many were sent in a short time. Enter the code that you have received, or wait and try again.',
    },
    code_wrong: {
      title: 'The code does not match',
      detail:
        'Check the six digits in the e-mail and enter them again. If you received several e-mails, use the latest one.',
    },
    code_expired: {
      title: 'The code has expired',
      detail: 'A code is valid for 10 minutes. Request a new one and enter the digits you receive.',
    },
    code_spent: {
      title: 'This code can no longer be used',
      detail:
        'It was used already, or there were too many wrong entries. Please start again by signing in.',
    },
    passkey_not_verified: {
      title: 'The passkey could not be verified',
      detail:
        'Another passkey than the chosen one may have been used, or the check on your device was not completed. Look at your choice and try again. If this keeps happening, please contact customer support.',
    },
    ceremony_expired: {
      title: 'The time for the passkey ran out',
      detail:
        'More than 5 minutes have passed, or this step is finished already. Press the button again and complete the step on your device within 5 minutes.',
    },
    sign_in_again: {
      title: 'Please sign in again',
      detail:
        'Registering the first passkey needs a sign-in within the last 15 minutes, and a new sign-in is needed after several wrong codes. Sign out, sign in again, and then register.',
    },
    passkey_needed: {
      title: 'Please verify with a registered passkey',
      detail:
        'Before this step we ask you to verify with a passkey that you have registered. This is asked again after 10 minutes.',
    },
    email_code_needed: {
      title: 'The e-mail code is needed first',
      detail:
        'The code has not been confirmed yet, or more than 10 minutes have passed since. Request a code and enter the digits you receive.',
    },
    name_taken: {
      title: 'Another passkey has this name',
      detail: 'Enter a different name, so that you can tell your passkeys apart.',
    },
    name_not_allowed: {
      title: 'This name cannot be used',
      detail:
        'A passkey name has 1 to 40 characters, without line breaks or invisible special characters. Enter a different name.',
    },
    too_many_passkeys: {
      title: 'You have as many passkeys as possible',
      detail:
        'Up to 20 passkeys can be registered. Ask customer support to remove those that you no longer use.',
    },
    passkey_known: {
      title: 'This passkey cannot be registered',
      detail:
        'The same passkey is registered already. Use the one you have, or register one on another device.',
    },
    start_again: {
      title: 'Please start again',
      detail:
        'Your passkeys or your verification method were changed in the meantime. Open the page again. If you did not expect this, please contact customer support.',
    },
    no_passkey: {
      title: 'No passkey is registered',
      detail: 'To change to passkeys, please register one first.',
    },
    internal_error: {
      title: 'This could not be completed',
      detail:
        'Something went wrong in our system. Please wait a little and try again. If this keeps happening, contact customer support with the reference number.',
    },
  },

  places: {
    thisDevice: 'On the device itself',
    syncedManager: 'Password manager',
    phone: 'Phone',
    securityKey: 'Security key',
    unknown: 'Place not known',
  },

  devices: {
    windows: 'Windows',
    mac: 'Mac',
    iphone: 'iPhone',
    ipad: 'iPad',
    android: 'Android',
    chromebook: 'Chromebook',
    linux: 'Linux',
    phone: 'Phone',
    computer: 'Computer',
    securityKey: 'Security key',
  },

  activity: {
    authn_login_success: 'Signed in',
    authn_login_fail: 'Sign-in failed',
    authn_login_fail_max: 'Too many wrong entries',
    authn_login_lock: 'Sign-ins were stopped',
    authn_login_unlock: 'Sign-ins were allowed again',
    authn_password_change: 'Password changed',
    authn_code_fail: 'A code did not match',
    authn_passkey_registered: 'Passkey registered',
    authn_passkey_fail: 'A passkey could not be verified',
    authn_passkey_removed: 'Passkey removed',
    authn_passkey_counter: 'Unusual use of a passkey',
    authn_proof_success: 'Verified with a registered passkey',
    authn_factor_switched: 'Verification method changed',
    session_logout: 'Signed out',
    session_ended: 'A signed-in device was signed out',
    user_updated: 'Account details changed',
    other: 'Security-related activity',
  },

  page: {
    title: (page, brand) => `${page} | ${brand}`,
    otherLanguage: '日本語',
    support: 'Customer support',
    noScript: 'This page needs JavaScript. Please enable it in your browser and reload the page.',
    requestId: (id) => `Reference number: ${id}`,
    toStart: 'To the first page',
    toPortal: 'Back to security settings',
    help: 'Help',
    partOf: (page, part) => `${page}: ${part}`,
  },

  announcements: {
    label: 'Announcements',
    kinds: { maintenance: 'Maintenance', warning: 'Important warning' },
  },

  signIn: {
    title: 'Sign in',
    loginId: 'Login ID',
    password: 'Password',
    save: 'Save',
    saveLoginId: 'Save login ID',
    savePassword: 'Save password',
    saveHint: 'Do not save on a shared device.',
    showPassword: 'Show password',
    submit: 'Sign in',
    close: 'Close',
    forgottenBefore: 'If you do not know your login ID or password, please see ',
    forgottenLink: 'this page',
    forgottenAfter: '.',
    linksLabel: 'Information',
    links: {
      terms: 'Terms of use',
      faq: 'Frequently asked questions',
      precautions: 'Notes on trading',
      manual: 'Manual',
      maintenance: 'Maintenance',
      home: 'Home page',
    },
    safetyTitle: 'For your safety',
    safety: {
      bookmark: 'Open this page from our official site or from your bookmark.',
      mail: 'Our verification e-mails never contain links.',
      ask: 'Our staff never ask for your password or for a code.',
    },
  },

  emailCode: {
    title: 'Verification by e-mail',
    sent: (to) => `We have sent a code to ${to}.`,
    enter: 'Enter the six digits in the e-mail. The code is valid for 10 minutes.',
    code: 'Code',
    codeHint: 'Spaces and full-width digits may be entered as they are.',
    submit: 'Verify',
    resend: 'Send a new code',
    validity: 'Valid for',
    expired: 'The code has expired. Please send a new one.',
    notArrived: 'If no e-mail arrives',
    notArrivedText: 'Look into the folder for junk mail. If it is not there, send a new code.',
    switchNote:
      'You can change to verification by passkey: after signing in, go to the security settings.',
    giveUp: 'Give up',
  },

  passkey: {
    title: 'Verification by passkey',
    lead: 'Please verify on a device that holds your passkey.',
    choose: 'Select one device and press “Verify”: your browser’s dialog opens.',
    order: 'The passkey of your last sign-in is at the top.',
    phone:
      'To verify with a phone, turn its Bluetooth on and read the QR code that appears. The phone’s own camera app works best.',
    legend: 'Passkey to verify with',
    updated: (time) => `Last updated: ${time}`,
    place: (place) => `Kept in: ${place}`,
    submit: 'Verify',
    stop: 'Stop',
    elsewhereTitle: 'If the chosen device is not at hand',
    elsewhere: {
      other: 'If the list has a passkey of a device that is at hand, choose that one.',
      synced:
        'A passkey in a password manager may also work on another device that is signed in to the same account.',
      none: 'If none of the devices is at hand, please contact customer support.',
    },
    notesTitle: 'Please note',
    notes: {
      device: 'Without a device that holds a registered passkey you cannot sign in.',
      lost: 'When a device is broken or lost, its passkey has to be removed.',
      support: 'Please ask customer support to remove a passkey.',
    },
    removalLink: 'How to have a passkey removed, and whom to ask',
    faqLink: 'Other questions about passkeys',
    giveUp: 'Give up',
  },

  portal: {
    title: 'Security settings',
    holder: (name) => name,
    loginId: (id) => `Login ID: ${id}`,
    signedInAt: (time) => `Signed in: ${time}`,
    signOut: 'Sign out',
    holdTitle: 'Withdrawals are paused',
    holdText: (until) =>
      `For your safety, withdrawals and similar requests are not possible until ${until}. If you did not expect a change, contact customer support at once.`,
    holdReason: (reason) => `Reason: ${reason}`,
    holdReasons: {
      first_passkey: 'a first passkey was registered',
      factor_switched_to_email: 'the verification method went back to e-mail',
      last_passkey_removed: 'the last passkey was removed',
      account_reopened: 'sign-ins to the account were allowed again',
      password_changed: 'the password was changed',
      email_changed: 'the e-mail address was changed',
    },
    offer: {
      title: 'This computer can hold a passkey too',
      text: 'You have just signed in with the passkey of your phone. If you register one on this computer as well, you need not read a QR code next time.',
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
      'A passkey does not work on false sites, so it is safer. We recommend changing to verification by passkey.',
    factorLink: 'Set the method',
    passkeysTitle: 'Passkeys',
    passkeysNone:
      'No passkey is registered yet. With one you sign in safely with your face, fingerprint or PIN.',
    passkeysSecond:
      'We recommend registering a passkey on a second device, in case one is broken or lost.',
    passkeysRemoval: 'Customer support removes passkeys that you no longer use.',
    removalLink: 'How to have a passkey removed, and whom to ask',
    register: 'Register a passkey',
    created: (time) => `Registered: ${time}`,
    lastUsed: (time) => `Last used: ${time}`,
    neverUsed: 'Not used yet',
    notBackedUp: 'On that device only',
    sessionsTitle: 'Signed-in devices',
    sessionCurrent: 'This device',
    sessionSince: (time) => `Signed in: ${time}`,
    sessionSeen: (time) => `Last active: ${time}`,
    sessionEnd: 'End',
    sessionEndName: (what, time) => `End (${what}, ${time})`,
    activityTitle: 'Recent activity',
    activityNone: 'No activity yet.',
    activityUnknown: 'If you do not recognise something here, contact customer support at once.',
    unknownBrowser: 'Unknown browser',
    client: (browser, system) => `${browser} (${system})`,
  },

  newPasskey: {
    title: 'Register a passkey',
    checksTitle: 'Your devices',
    checksHelp: 'How to get a device ready',
    stepsLabel: 'Steps',
    steps: { prove: 'Verify', code: 'E-mail', name: 'Device', done: 'Done' },
    again: {
      lead: 'For your safety, please sign in once more.',
      text: 'Registering the first passkey needs a sign-in within the last 15 minutes, and a new sign-in is needed after several wrong codes. After signing in you come back to this page.',
      submit: 'Sign in again',
    },
    prove: {
      lead: 'Before you add a passkey, please verify with one that you have registered.',
      text: 'Select the device that holds it and press “Verify”: your browser’s dialog opens. After that we send a code to your registered e-mail address.',
      legend: 'Passkey to verify with',
      submit: 'Verify',
    },
    code: {
      lead: 'We confirm your registered e-mail address.',
      ask: 'Press “Send a code” and we send six digits to your registered e-mail address.',
      send: 'Send a code',
      sent: (to) => `We have sent a code to ${to}.`,
      enter:
        'Enter the six digits in the e-mail. The code is valid for 10 minutes; after that you need a new one.',
    },
    name: {
      lead: 'Choose a name and a device for the passkey, then press “Register”.',
      name: 'Passkey name',
      detected: 'The name was detected from your device.',
      fixed: 'It cannot be changed after registration.',
      limit: 'Up to 40 characters, different from your other passkeys.',
      device: 'Device that keeps the passkey',
      thisComputer: 'This computer',
      thisComputerHint:
        'You verify with the screen lock of this computer: face, fingerprint or PIN.',
      phone: 'Phone',
      phoneHint: 'You read a QR code with your phone, which keeps the passkey.',
      thisPhone: 'This phone',
      thisPhoneHint: 'You verify with the screen lock of this phone: face, fingerprint or PIN.',
      submit: 'Register',
      until: 'Time to register',
      untilAgain: 'Confirm an e-mail code again',
      holdNote:
        'After the first passkey is registered, withdrawals are paused for a while for your safety. The security settings show until when.',
    },
    help: {
      title: 'How it goes',
      computer: {
        ready:
          'Windows 10 and 11 use Windows Hello. Set up your face, fingerprint or PIN in the Windows settings first. Your face needs an infrared camera.',
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
        ready:
          'Turn the phone’s Bluetooth on and set a screen lock (face, fingerprint, PIN or pattern).',
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
      place: 'Kept in',
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
      offerTitle: 'Change your sign-in to passkeys?',
      offer:
        'You now sign in with a code by e-mail. With a passkey you no longer wait for the e-mail.',
      offerLink: 'Change to verification by passkey',
    },
  },

  drawings: {
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
    mailValidity: 'Valid for 10 minutes',
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
  },

  secondFactor: {
    title: 'Verification method',
    lead: 'Choose how you verify at sign-in, in addition to your password.',
    legend: 'Method',
    email: 'E-mail',
    emailHint: 'You enter a code sent to your registered e-mail address.',
    passkey: 'Passkey',
    passkeyHint: 'You use a registered passkey. It does not work on false sites, so it is safer.',
    current: 'In use',
    submit: 'Change',
    proof: 'After pressing “Change” you verify with a registered passkey.',
    effect: 'The change ends your sign-ins on other devices. We also send you a notice by e-mail.',
    passkeyOnly:
      'After changing to passkeys you cannot sign in without one. We recommend registering two devices or more, in case one is broken or lost.',
    hold: 'After going back to e-mail, withdrawals are paused for a while for your safety. The security settings show until when.',
    noneTitle: 'Please register a passkey first',
    none: 'Verification by passkey needs a registered passkey. You can register one in the security settings.',
    noneLink: 'Go to registration',
    chooserTitle: 'Verify',
    chooser: 'Select the device that holds your passkey and press “Verify”.',
    chooserLegend: 'Passkey to verify with',
    chooserSubmit: 'Verify',
    doneTitle: 'The verification method was changed',
    done: {
      email: 'From your next sign-in you enter a code sent to your registered e-mail address.',
      passkey: 'From your next sign-in you verify with a registered passkey.',
    },
    doneHold: 'The security settings show how long withdrawals are paused.',
  },

  browser: {
    common: {
      unreachable: 'We could not be reached. Check your internet connection and try again.',
      unexpected: 'The answer of the server could not be read. Wait a little and try again.',
      requestId: 'Reference number: {id}',
      triesLeft: 'Tries left: {n}.',
      noTriesLeft: 'There were too many wrong entries. Please start again by signing in.',
      waitSeconds: 'You can try again in about {n} sec.',
      waitMinutes: 'You can try again in about {n} min.',
      waitHours: 'You can try again in about {n} h.',
      waitOver: 'You can try again now.',
      toSignIn: 'To the sign-in page',
      reopen: 'Open this page again',
    },
    code: {
      format: 'Enter six digits.',
      remaining: '{m} min {s} sec',
      minutesLeft: 'The code is valid for another {m} min.',
      secondsLeft: 'The code is valid for another {s} sec.',
      expired: 'The code has expired. Please send a new one.',
      soon: 'The code expires soon. You can send a new one; what you have typed stays.',
      resendIn: 'A new code can be sent in {s} sec.',
      resent: 'A new code was sent to {to}.',
    },
    dialog: {
      open: 'The dialog is open. Please follow what it says within 5 minutes.',
      checking: 'Verifying.',
      stopped: 'You have stopped this step. Try again when you are ready.',
      unsupported:
        'Your browser does not support passkeys. Please open this page in a recent Chrome, Edge or Safari. If a device of your company does not allow them, please ask its administrator.',
      security:
        'Passkeys cannot be used at this address. Open the page from our official site or from your bookmark, and check the address. If the page looks strange to you, please contact customer support.',
      pending:
        'A dialog is still open in another tab or window. Close it there, and try again here.',
      trouble:
        'Your device or password manager could not complete this. Check the screen lock of the device, wait a little and try again. If it keeps happening, use another device or ask its maker.',
      unreadable:
        'The place where your device keeps passkeys could not be read or written. Restart the device, or plug the security key in again, and try again. If it keeps happening, ask the maker of the device.',
      fault:
        'Your browser did not accept the settings that we sent. Update the browser and try again. If it keeps happening, please contact customer support.',
      unexpectedDialog:
        'The dialog could not be opened. Reload the page and try again. If this keeps happening, please contact customer support.',
    },
    get: {
      notAllowed:
        'You are not verified yet. The dialog seems to have been closed, or the chosen passkey was not found on this device. Press “Verify” again, or choose another passkey.',
      timedOut:
        'The time ran out before you were verified. Have your device at hand and press “Verify” again.',
      atOnce:
        'You are not verified yet. The chosen passkey seems not to be on this device, or the device could not make sure that it is you. Check which device holds the passkey, and its screen lock, and press “Verify” again.',
      invalidState:
        'The chosen passkey cannot be used in the present state of this device. Unlock the device and try again, or choose another passkey.',
      constraint:
        'This device cannot make sure that it is you with a screen lock (PIN, fingerprint or face). Turn the screen lock on in its settings, or choose another passkey.',
      notSupported:
        'This browser or device does not support the chosen kind of passkey. Try a recent browser, or choose another passkey.',
      unknownPasskey:
        'The passkey that was used is not registered for this account. It may have been removed, or belong to another account. Choose another one from the list. If you did not expect this, please contact customer support.',
    },
    create: {
      notAllowed:
        'The passkey is not registered yet. The dialog seems to have been closed, or the device is not ready. Look at the drawings and press “Register” again.',
      timedOut:
        'The time ran out before the passkey was registered. Have your device at hand and press “Register” again.',
      atOnce:
        'The passkey is not registered yet. This device seems to have no screen lock, or could not make sure that it is you. Check that the device is ready and press “Register” again, or choose another device.',
      invalidState:
        'A passkey is registered there already. Use the one you have, or choose another device.',
      constraint:
        'This device seems to have no screen lock (PIN, fingerprint or face). Set up Windows Hello or the like, and try again. The maker’s official site explains how.',
      notSupported:
        'This device or security key cannot make a passkey that we can use. Please choose another device.',
      nameEmpty: 'Enter a passkey name.',
      minutesLeft: 'You have another {m} min to register.',
      secondsLeft: 'You have another {s} sec to register.',
      expired: 'The time to register is over. Please confirm an e-mail code again.',
      remaining: '{m} min {s} sec left',
      soon: 'The time to register is nearly over. If it runs out, the name you typed is kept.',
    },
    check: {
      detected: 'Your device: {device}',
      checkReady: 'Works',
      checkMissing: 'Needs setting up',
      checkUnknown: 'Not known',
      checkUnable: 'Does not work',
      checkUnsupported:
        'This browser does not support passkeys. Please open this page in a recent Chrome, Edge or Safari.',
      helloReady: 'Windows Hello is set up.',
      helloMissing:
        'Windows Hello seems not to be set up. Add a PIN, your face or a fingerprint in the Windows settings, under Accounts and Sign-in options.',
      windowsOld: 'Windows Hello needs Windows 10 or 11.',
      macMissing:
        'Touch ID or a screen lock seems not to be set up. Set it up in System Settings, under Touch ID & Password.',
      appleMissing:
        'No passcode seems to be set. Set one in the settings, under Face ID & Passcode or Touch ID & Passcode.',
      androidMissing:
        'No screen lock seems to be set up. Set a fingerprint, PIN or pattern in the settings, under Security.',
      lockReady: 'You can verify with the screen lock: face, fingerprint or PIN.',
      lockMissing:
        'No screen lock seems to be set up, or this device cannot keep passkeys. Please check its settings.',
      lockUnknown: 'Please check that a screen lock (face, fingerprint or PIN) is set up.',
      bluetoothReady: 'Works with a QR code. Turn Bluetooth on, on this computer and on the phone.',
      bluetoothMissing:
        'No Bluetooth was found on this computer. Turn it on; if the computer has none, choose “This computer”.',
      bluetoothUnknown:
        'Your browser does not tell whether there is Bluetooth. Turn it on, on the computer and on the phone.',
    },
    done: {
      keptThisDevice: 'It is kept on this device alone.',
      keptSynced: 'It is shared by the devices that are signed in to this password manager.',
      keptPhone: 'It is kept on your phone.',
      keptSecurityKey: 'It is kept on your security key.',
      keptUnknown: 'Your device and browser did not tell where it is kept.',
    },
    secondFactor: {
      same: 'This method is in use already.',
      none: 'To change to passkeys, please register one first.',
      notAllowed:
        'Nothing was changed. The dialog may have been closed, the time may have run out, or the chosen passkey was not found on this device. Try again when you are ready.',
    },
    portal: {
      sessionEnded: 'The device was signed out.',
    },
  },
}
