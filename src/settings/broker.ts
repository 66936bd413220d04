// Who the broker is, as pages and mails say it.
import { readColor } from '../kernel/http/color.ts'
import type { Language } from '../kernel/http/language.ts'
import { readShownName } from '../kernel/shown-name.ts'
import { ConfigError, read, required, type Environment } from './environment.ts'
import { readPath } from './files.ts'
import type { SettingName } from './settings.ts'

export interface Brand {
  readonly name: string
  /** On English pages. */
  readonly nameEn: string
  /** Both, whatever the language of a page. */
  readonly names: readonly string[]
  readonly color: string
  readonly logoPath: string | null
}

/** How customers reach support; null for what the broker does not say. */
export interface Support {
  readonly phone: string | null
  readonly phoneAbroad: string | null
  readonly hours: Readonly<Record<Language, string | null>>
}

/** The broker's name, colour and logo; throws ConfigError. */
export function readBrand(env: Environment): Brand {
  const name = mailableText(env, 'SEKISHO_BRAND') ?? ''
  const nameEn = mailableText(env, 'SEKISHO_BRAND_EN') ?? name
  return Object.freeze({
    name,
    nameEn,
    names: [...new Set([name, nameEn])],
    color: readBrandColor(required(env, 'SEKISHO_BRAND_COLOR')),
    logoPath: readPath(env, 'SEKISHO_BRAND_LOGO'),
  })
}

/** How customers reach support; throws ConfigError. */
export function readSupport(env: Environment): Support {
  return Object.freeze({
    phone: mailableText(env, 'SEKISHO_SUPPORT_PHONE'),
    phoneAbroad: mailableText(env, 'SEKISHO_SUPPORT_PHONE_ABROAD'),
    hours: {
      ja: mailableText(env, 'SEKISHO_SUPPORT_HOURS'),
      en: mailableText(env, 'SEKISHO_SUPPORT_HOURS_EN'),
    },
  })
}

function readBrandColor(value: string): string {
  if (!readColor(value)) throw new ConfigError('SEKISHO_BRAND_COLOR', 'must be a colour as #rrggbb')
  return value
}

/** One line of text without six digits in a row: in a mail, only a code is such a run (rule 27). */
function mailableText(env: Environment, name: SettingName): string | null {
  const value = read(env, name)
  if (value !== null && readShownName(value) === null) {
    throw new ConfigError(name, 'must be one line of visible characters')
  }
  if (value !== null && /(?<!\d)\d{6}(?!\d)/.test(value)) {
    throw new ConfigError(
      name,
      'must not have six digits in a row: in a mail they look like a code',
    )
  }
  return value
}
