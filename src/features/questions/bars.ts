import { html } from 'hono/html'
import type { Html } from '../../console/widgets.ts'

/** One bar: its name, and its parts in the order of the legend. */
export type Bar = { name: string; parts: readonly number[] }
export type Legend = readonly { title: string; colour: string }[]

const barWidth = 44
const gap = 12
const height = 160
/** Room for the total above the bars and the names below them. */
const above = 18
const below = 22
/** Lower parts have no room for a number. */
const leastLabelled = 14

/**
 * Stacked bars as a picture that needs no script and can be pasted into a report. Every part is named in the legend
 * by a word, numbers stand in the bars, and the whole is told in `summary` to who cannot see it.
 */
export function stackedBars(bars: readonly Bar[], legend: Legend, summary: string): Html {
  const most = Math.max(1, ...bars.map(total))
  const width = bars.length * (barWidth + gap) + gap
  return html`<figure class="chart">
    <svg viewBox="0 0 ${width} ${height + above + below}" width="${width}" role="img" aria-label="${summary}" font-size="12" font-family="inherit">
      <line x1="0" x2="${width}" y1="${above + height}" y2="${above + height}" stroke="#dfe2e6"/>
      ${bars.map((bar, i) => drawBar(bar, { x: gap + i * (barWidth + gap), unit: height / most, legend }))}
    </svg>
    <figcaption>${legend.map(({ title, colour }) => html`<span><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" fill="${colour}"/></svg> ${title}</span> `)}</figcaption>
  </figure>`
}

const total = ({ parts }: Bar) => parts.reduce((sum, part) => sum + part, 0)

function drawBar(bar: Bar, { x, unit, legend }: { x: number; unit: number; legend: Legend }): Html {
  const middle = x + barWidth / 2
  const tops = bar.parts.map(
    (_, i) => above + height - unit * total({ ...bar, parts: bar.parts.slice(0, i + 1) }),
  )
  return html`<g>
    ${bar.parts.map((part, i) => (part === 0 ? '' : drawPart({ part, x, top: tops[i] ?? 0, high: part * unit, colour: legend[i]?.colour ?? '' })))}
    <text x="${middle}" y="${(tops.at(-1) ?? above + height) - 5}" text-anchor="middle" fill="#20242a">${total(bar)}</text>
    <text x="${middle}" y="${above + height + 16}" text-anchor="middle" fill="#636b75">${bar.name}</text></g>`
}

type Part = { part: number; x: number; top: number; high: number; colour: string }

function drawPart({ part, x, top, high, colour }: Part): Html {
  const number =
    high < leastLabelled
      ? ''
      : html`<text x="${x + barWidth / 2}" y="${top + high / 2 + 4}" text-anchor="middle" fill="#fff">${part}</text>`
  return html`<rect x="${x}" y="${top.toFixed(1)}" width="${barWidth}" height="${high.toFixed(1)}" fill="${colour}"/>${number}`
}
