// The broker's colour in the style sheet's own terms, so that any colour stays readable (WCAG 1.4.3).
import { contrast, readColor, type Rgb } from '../../kernel/http/color.ts'

const white: Rgb = [255, 255, 255]
const black: Rgb = [0, 0, 0]

/** --info-surface of customer/web/style: of the surfaces under links and buttons, the nearest to them. */
const surfaces = { light: [238, 244, 251], dark: [27, 43, 59] } as const satisfies Record<
  string,
  Rgb
>

const readable = 4.5
const visible = 3

/**
 * The text of `/assets/brand.css`: the brand's colour as custom properties. `--brand` fills buttons,
 * `--on-brand` is the text on them, `--brand-text` text on the page, each in light and in dark.
 */
export function brandStyles(color: string): string {
  const brand = readColor(color)
  if (!brand) throw new TypeError(`Not a colour written #rrggbb: ${color}`)
  const light = properties(brand, surfaces.light)
  const dark = properties(brand, surfaces.dark)
  return `:root{${light}}@media (prefers-color-scheme:dark){:root{${dark}}}\n`
}

function properties(brand: Rgb, surface: Rgb): string {
  const fill = reach(brand, surface, visible)
  // White or black is always readable: no colour has a contrast below 4.5 to both.
  const onFill = contrast(fill, white) >= readable ? white : black
  return [
    `--brand:${hex(fill)}`,
    `--on-brand:${hex(onFill)}`,
    `--brand-text:${hex(reach(brand, surface, readable))}`,
  ].join(';')
}

/** The colour, lightened on a dark surface or darkened on a light one until it has the contrast. */
function reach(color: Rgb, surface: Rgb, ratio: number): Rgb {
  const up = contrast(surface, white) > contrast(surface, black)
  for (let step = 0; step <= 100; step += 1) {
    const shifted = lighten(color, up ? step / 100 : -step / 100)
    if (contrast(shifted, surface) >= ratio) return shifted
  }
  return up ? white : black
}

/** The colour with its HSL lightness moved; hue and saturation stay, so that a dark blue stays blue. */
function lighten(color: Rgb, by: number): Rgb {
  if (by === 0) return color
  const [red, green, blue] = color.map((part) => part / 255) as [number, number, number]
  const most = Math.max(red, green, blue)
  const span = most - Math.min(red, green, blue)
  const lightness = most - span / 2
  const saturation = span === 0 ? 0 : span / (1 - Math.abs(2 * lightness - 1))
  const sector =
    most === red
      ? (green - blue) / span
      : most === green
        ? 2 + (blue - red) / span
        : 4 + (red - green) / span
  const hue = span === 0 ? 0 : (sector * 60 + 360) % 360

  const target = Math.min(1, Math.max(0, lightness + by))
  const reach = saturation * Math.min(target, 1 - target)
  const part = (offset: number) => {
    const turn = (offset + hue / 30) % 12
    return Math.round(255 * (target - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))))
  }
  return [part(0), part(8), part(4)]
}

function hex(color: Rgb): string {
  return `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
