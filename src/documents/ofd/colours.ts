import type { CheerioAPI } from 'cheerio'
import type { Element } from '../elements.ts'
import { local } from './values.ts'

/** An SVG colour, and how far it covers, 0 to 1. */
export type Colour = { fill: string; opacity: number }

/**
 * The colour of an object: grey, red-green-blue or cyan-magenta-yellow-black by the count of its values.
 * @param usual for an object that says none
 * @returns undefined for a shading, which is not drawn
 */
export function colourOf(
  page: CheerioAPI,
  object: Element,
  name: 'StrokeColor' | 'FillColor',
  usual: Colour | undefined,
): Colour | undefined {
  const said = page(object).children(local(name)).first()
  if (said.length === 0) return usual
  if (said.children().length > 0) return undefined
  const alpha = Number(said.attr('Alpha') ?? 255)
  const opacity = Number.isFinite(alpha) ? Math.min(255, Math.max(0, alpha)) / 255 : 1
  const values = (said.attr('Value') ?? '0 0 0').trim().split(/\s+/u).map(levelOf)
  return { fill: hexOf(values), opacity: Math.round(opacity * 1000) / 1000 }
}

/** 「255」 and 「#FF」 are the same level. */
function levelOf(said: string): number {
  const value = said.startsWith('#') ? Number.parseInt(said.slice(1), 16) : Number(said)
  return Number.isFinite(value) ? Math.min(255, Math.max(0, Math.round(value))) : 0
}

function hexOf(values: readonly number[]): string {
  const [first = 0, second = first, third = first, black] = values
  const rgb =
    black === undefined
      ? [first, second, third]
      : [first, second, third].map(ink => ((255 - ink) * (255 - black)) / 255)
  return `#${rgb.map(level => Math.round(level).toString(16).padStart(2, '0')).join('')}`
}
