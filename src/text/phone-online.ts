import type { Language } from '../kernel/http/language.ts'

/** Said with every request to read a QR code: what the phone proves goes over the internet. */
export const phoneOnline: Readonly<Record<Language, string>> = {
  ja: 'スマートフォンがインターネットにつながっていることもお確かめください。',
  en: 'Make sure that the phone is online.',
}
