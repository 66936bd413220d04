// Colours of the brand, and whether text on them can be read (WCAG 2.2, 1.4.3).

export type Rgb = readonly [red: number, green: number, blue: number]

/** The three parts (0–255) of a colour written #rrggbb, or null. */
export function readColor(text: string): Rgb | null {
  const [, red, green, blue] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text) ?? []
  if (!red || !green || !blue) return null
  return [parseInt(red, 16), parseInt(green, 16), parseInt(blue, 16)]
}

/** WCAG's contrast ratio of two colours, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
