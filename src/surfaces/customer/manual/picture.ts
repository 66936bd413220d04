import { html } from 'hono/html'
import type { Html } from '../../frame/page.ts'
import type { Box, Picture } from './built.ts'

/**
 * A picture of a screen with a number before each mark, or at its end, so that the sentence before a
 * link stays readable. The numbers keep their size when the picture shrinks.
 */
export function markedPicture(
  { file, width, height, marks }: Picture,
  { alternative, atEnd }: { readonly alternative: string; readonly atEnd: readonly boolean[] },
): Html {
  const share = ({ x, y, ...size }: Box) => ({
    x: percent(x, width),
    y: percent(y, height),
    width: percent(size.width, width),
    height: percent(size.height, height),
  })
  return html`<figure class="picture">
    <img
      src="${file}"
      width="${width}"
      height="${height}"
      alt="${alternative}"
      loading="lazy"
      decoding="async"
    />
    <svg aria-hidden="true">
      ${marks.map((mark) => {
        const { x, y, ...size } = share(mark)
        return html`<rect x="${x}" y="${y}" width="${size.width}" height="${size.height}" rx="6" />`
      })}
      ${marks.map((mark, index) => {
        const { x, y, width: across, height: down } = mark
        const isAtEnd = atEnd[index] === true
        const place = isAtEnd ? { ...mark, x: x + across, y: y + down / 2 } : mark
        const [dx, dy] = isAtEnd ? [9, 0] : [-9, -2]
        return html`<svg x="${share(place).x}" y="${share(place).y}">
          <circle cx="${dx}" cy="${dy}" r="10" />
          <text x="${dx}" y="${dy}">${index + 1}</text>
        </svg>`
      })}
    </svg>
  </figure>`
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 10_000) / 100}%`
}
