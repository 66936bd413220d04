import type { Texts } from '../texts.ts'

export const page: Texts['page'] = {
  title: (page, brand) => `${page} | ${brand}`,
  otherLanguage: '日本語',
  support: 'Customer support',
  fromAbroad: 'From abroad',
  noScript: 'This page needs JavaScript. Please enable it in your browser and reload the page.',
  errorCode: (code) => `Error code: ${code}`,
  requestId: (id) => `Reference number: ${id}`,
  rightAddress: 'The right address:',
  toStart: 'Go to the start page',
  toPortal: 'Back to security settings',
  backTo: (application) => `Back to ${application}`,
  help: 'Help',
  inApp: {
    label: 'Open in a browser',
    open: 'Open in a browser',
    copyHint: 'If it does not open, copy this address and paste it into a browser.',
    copyOnly: 'Copy this address and paste it into a browser.',
    copy: 'Copy the address',
    copied: 'Copied',
  },
  partOf: (page, part) => `${page}: ${part}`,
}

export const places: Texts['places'] = {
  thisDevice: 'Device',
  syncedManager: 'Password manager',
  phone: 'Phone',
  securityKey: 'Security key',
  unknown: 'Place not known',
  providers: {
    applePasswords: 'Apple Passwords',
    icloudKeychain: 'iCloud Keychain',
    google: 'Google Password Manager',
    microsoft: 'Microsoft Password Manager',
    windowsHello: 'Windows Hello',
  },
}

export const devices: Texts['devices'] = {
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
}

export const activity: Texts['activity'] = {
  authn_login_success: 'Signed in',
  authn_login_fail: 'Sign-in failed',
  authn_login_fail_max: 'Too many wrong entries',
  authn_login_unfinished: 'Password entered, but verification not completed',
  authn_login_lock: 'Sign-ins were stopped',
  authn_login_unlock: 'Sign-ins were allowed again',
  authn_password_change: 'Password changed',
  authn_activation_issued: 'An activation code was issued',
  authn_recovery_fail: 'A proof for setting a password failed',
  authn_code_fail: 'A code did not match',
  authn_passkey_registered: 'Passkey registered',
  authn_passkey_fail: 'A passkey could not be verified',
  authn_passkey_removed: 'Passkey removed',
  authn_passkey_suspended: 'Suspended a passkey',
  authn_passkey_resumed: 'Resumed a suspended passkey',
  authn_passkey_counter: 'Unusual use of a passkey',
  authn_proof_success: 'Verified once more while signed in',
  authn_rehearsal_success: 'Tried a passkey (not a sign-in)',
  authn_factor_switched: 'Verification method changed',
  authz_hold_ended: 'Ended the hold on the account',
  authz_stopped: 'Emergency stop',
  authz_stop_lifted: 'Lifted the stop',
  authz_consent_given: 'Allowed an application',
  authz_consent_ended: 'Disconnected an application',
  authz_application_ended: 'Disconnected an application',
  authn_browser_forgotten: 'Forgot a browser',
  authn_identity_check_success: 'Confirmed to support by passkey, during a call',
  authn_identity_check_fail: 'A check by telephone did not succeed',
  session_logout: 'Signed out',
  session_ended: 'A signed-in device was signed out',
  user_updated: 'Account details changed',
  user_archived: 'Sign-in ended with the contract',
}

export const announcements: Texts['announcements'] = {
  label: 'Announcements',
  kinds: { maintenance: 'Maintenance', warning: 'Important warning' },
}
