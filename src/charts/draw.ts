import type { EChartsOption } from 'echarts'
import { init } from 'echarts/dist/echarts.esm.min.mjs'
import { pictureFont } from '../ports/pictures.ts'
import { greyColour, inkColour, type SeriesStyle } from './styles.ts'

/** Drawings up to this width are for a phone, in pixels. */
const phoneWidth = 400
/** Type on a desk and on a phone, in pixels: 16 is what a phone shows readably. */
const typeSizes = {
  desk: { legend: 14, label: 13, field: 12 },
  phone: { legend: 16, label: 16, field: 16 },
}

export const isForPhone = (width: number) => width <= phoneWidth
export const typeIn = (width: number) => typeSizes[isForPhone(width) ? 'phone' : 'desk']

/** A drawing's size in CSS pixels. */
export type Size = { width: number; height: number }

/** A whole SVG document without script, style or class, so that it also stands within a page under a strict policy. */
export function draw(option: EChartsOption, { width, height }: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#fff',
      textStyle: { fontFamily: pictureFont, fontSize: 14, color: inkColour },
      ...option,
    })
    return plain(chart.renderToSVGString())
  } finally {
    chart.dispose()
  }
}

/** The head of every drawing. */
export const titleOptions = (text: string) => ({
  text,
  left: 'center',
  top: 10,
  textStyle: { fontFamily: pictureFont, fontSize: 17, fontWeight: 'bold' as const, color: inkColour },
})

/** How a part is filled, in the library's words: a pattern besides the colour, and an edge for the pale ones. */
export function fillOf({ colour, pattern }: SeriesStyle) {
  const fill = { color: colour, borderColor: greyColour, borderWidth: 0.5 }
  return pattern === 'none' ? fill : { ...fill, decal: patterns[pattern] }
}

const onDark = 'rgba(255,255,255,0.75)'
const onLight = 'rgba(32,36,42,0.6)'
type Decal = {
  symbol: string
  color: string
  dashArrayX: number[] | number[][]
  dashArrayY: number[]
  symbolSize?: number
  rotation?: number
}
const patterns: Record<Exclude<SeriesStyle['pattern'], 'none'>, Decal> = {
  stripes: {
    symbol: 'rect',
    color: onDark,
    dashArrayX: [1, 0],
    dashArrayY: [2, 4],
    rotation: -Math.PI / 4,
  },
  lines: { symbol: 'rect', color: onDark, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: 0 },
  dots: {
    symbol: 'circle',
    color: onLight,
    symbolSize: 0.7,
    dashArrayX: [
      [6, 6],
      [0, 6, 6, 0],
    ],
    dashArrayY: [6, 0],
  },
}

/** Below the drawing, in as many rows as it takes. */
export function legendOf(legend: readonly SeriesStyle[], width: number, fontSize = typeIn(width).legend) {
  const long = legend.reduce((sum, { title }) => sum + sampleWide + fontSize * title.length, 0)
  const high = (fontSize + 12) * Math.max(1, Math.ceil(long / (width - 20)))
  const option: EChartsOption['legend'] = {
    data: legend.map(({ title }) => title),
    bottom: 8,
    left: 'center',
    itemGap: 14,
    itemWidth: 22,
    itemHeight: 14,
    itemStyle: { borderWidth: 0.5 },
    textStyle: { fontSize, color: inkColour },
  }
  return { option, high }
}

/** Width of a sample with its two gaps, in pixels. */
const sampleWide = 42

/** Styles become attributes, which a strict content security policy lets stand; what is for scripts goes. */
function plain(svg: string): string {
  return (
    svg
      .replaceAll(/<style[^>]*>[\s\S]*?<\/style>/gu, '')
      .replaceAll(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/gu, '')
      // The library counts its drawings: the same numbers shall be the same picture.
      .replaceAll(/\bzr\d+-/gu, 'look-')
      .replaceAll(/ style="([^"]*)"/gu, (_, declarations: string) => attributesOf(declarations))
  )
}

function attributesOf(declarations: string): string {
  return declarations
    .split(';')
    .flatMap(declaration => {
      const [name = '', value = ''] = declaration.split(/:(.*)/su).map(part => part.trim())
      return name === '' ? [] : [` ${name}="${value}"`]
    })
    .join('')
}
