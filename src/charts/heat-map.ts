import type { CustomSeriesOption } from 'echarts'
import { pictureFont } from '../ports/pictures.ts'
import { draw, fillOf, isForPhone, legendOf, titleOptions, typeIn } from './draw.ts'
import { greyColour, inkColour, type SeriesStyle } from './styles.ts'

/** One field: in which row and column, which style of the legend, and the word or number that is written in it. */
type Field = { row: number; column: number; styleIndex: number; text: string }
export type HeatMap = {
  title: string
  rows: readonly string[]
  columns: readonly string[]
  /** Where a row and a column have none, nothing is drawn. */
  fields: readonly Field[]
  /** Without patterns: what is written in a field tells it apart. */
  legend: readonly SeriesStyle[]
  /**
   * Least width of a field on a desk, in pixels: 22 for one character, 40 for 「100%」;
   * a phone's grows with its type.
   */
  fieldWidth: number
  /** Least width of the picture, in pixels; more columns make it wider. */
  width: number
}

/** A field has this much room around its type, in pixels. */
const rowGap = 12
/** Names of five characters fit on a phone, of seven on a desk. */
const nameWideIn = (width: number) => (isForPhone(width) ? 100 : 112)
const top = 92
/** Columns this many times as wide as their type have room for 「11/28」. */
const levelLabels = 3.5

/** Rows by columns, say members by lessons. @returns an SVG document */
export function heatMap({ title, rows, columns, fields, legend, fieldWidth, ...at }: HeatMap): string {
  const nameWide = nameWideIn(at.width)
  const { label: fontSize, field: fieldSize, legend: legendSize } = typeIn(at.width)
  const rowHigh = fieldSize + rowGap
  const fieldWide = Math.round((fieldWidth * fieldSize) / typeIn(Infinity).field)
  const width = Math.max(at.width, nameWide + 12 + columns.length * fieldWide)
  const { option, high } = legendOf(legend, width, legendSize)
  const isCrowded = (width - nameWide) / Math.max(1, columns.length) < levelLabels * fontSize
  const bare = { axisTick: { show: false }, axisLine: { show: false } }
  return draw(
    {
      title: titleOptions(title),
      legend: option,
      grid: { left: nameWide, right: 12, top, height: Math.max(1, rows.length) * rowHigh },
      xAxis: {
        type: 'category',
        position: 'top',
        data: [...columns],
        ...bare,
        axisLabel: { fontSize, color: inkColour, interval: 0, rotate: isCrowded ? 60 : 0 },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: [...rows],
        ...bare,
        axisLabel: { fontSize, color: inkColour, interval: 0, width: nameWide - 16, overflow: 'truncate' },
      },
      series: legend.map((style, index) =>
        seriesOf(
          style,
          fields.filter(field => field.styleIndex === index),
          fieldSize,
        ),
      ),
    },
    { width, height: top + Math.max(1, rows.length) * rowHigh + 20 + high },
  )
}

/** The library's own heat map colours by number; ours by word, so that each style has its place in the legend. */
function seriesOf(style: SeriesStyle, fields: readonly Field[], fontSize: number): CustomSeriesOption {
  const type = { fontFamily: pictureFont, fontSize }
  return {
    name: style.title,
    type: 'custom',
    itemStyle: fillOf(style),
    encode: { x: 0, y: 1 },
    data: fields.map(({ column, row, text }) => [column, row, text]),
    renderItem(params, api) {
      const { row = 0, column = 0, text = '' } = fields[params.dataIndex] ?? {}
      const [x = 0, y = 0] = api.coord([column, row])
      const [wide = 0, high = 0] = [api.size?.([1, 1]) ?? 0].flat()
      return {
        type: 'group',
        children: [
          {
            type: 'rect',
            shape: { x: x - wide / 2 + 1, y: y - high / 2 + 1, width: wide - 2, height: high - 2 },
            style: { fill: style.colour, stroke: greyColour, lineWidth: 0.5 },
          },
          {
            type: 'text',
            style: { text, x, y, align: 'center', verticalAlign: 'middle', fill: style.ink, ...type },
          },
        ],
      }
    },
  }
}
