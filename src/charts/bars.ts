import { draw, fillOf, isForPhone, legendOf, titleOptions, typeIn } from './draw.ts'
import { greyColour, inkColour, lineColour, type SeriesStyle } from './styles.ts'

/** One bar: its name, its parts in the order of the legend, and what is written at its end. */
export type Bar = { name: string; parts: readonly number[]; note: string }
export type BarChart = { title: string; bars: readonly Bar[]; legend: readonly SeriesStyle[]; width: number }

/** Width of a digit by its type; what is written on a column needs half a digit more to be told from its neighbour. */
const digitWide = 0.6
/** Parts smaller than this share of the longest bar have no room for a number. */
const leastWritten = 0.07
/** The same for bars that lie, whose numbers stand side by side: on a phone two figures take this share. */
const leastLyingIn = (width: number) => (isForPhone(width) ? 0.14 : leastWritten)
const total = ({ parts }: Pick<Bar, 'parts'>) => parts.reduce((sum, part) => sum + part, 0)

/** Columns side by side, say one a week: how many of each part there were. @returns an SVG document */
export function columnChart({ title, bars, legend, width }: BarChart): string {
  const most = Math.max(1, ...bars.map(total))
  const fontSize = typeIn(width).label
  const column = (width - 50) / Math.max(1, bars.length)
  const fits = (texts: readonly (string | number)[]) =>
    column >= (Math.max(...texts.map(text => String(text).length)) + 0.5) * digitWide * fontSize
  const areCountsWritten = fits(bars.flatMap(({ parts }) => parts))
  const { option, high } = legendOf(legend, width)
  return draw(
    {
      title: titleOptions(title),
      legend: option,
      grid: { left: 8, right: 8, top: 64, bottom: 12 + high, containLabel: true },
      xAxis: { ...namesOf(bars), axisLabel: { fontSize, color: inkColour, hideOverlap: true } },
      yAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { fontSize, color: greyColour },
        splitLine: { lineStyle: { color: lineColour } },
      },
      series: [
        ...legend.map((style, part) =>
          seriesOf(style, {
            fontSize,
            values: bars.map(({ parts }) => parts[part] ?? 0),
            label: value => (areCountsWritten && value >= most * leastWritten ? String(value) : ''),
          }),
        ),
        ...(fits(bars.map(({ note }) => note)) ? [notesOf(bars, { position: 'top', fontSize })] : []),
      ],
    },
    { width, height: 330 + high },
  )
}

/** Bars below each other, all of one length, say one a branch: which share each part has. @returns an SVG document */
export function shareChart({ title, bars, legend, width }: BarChart): string {
  const { option, high } = legendOf(legend, width)
  const fontSize = typeIn(width).label
  const nameWide = Math.round(width / 3.4)
  return draw(
    {
      title: titleOptions(title),
      legend: option,
      grid: { left: 8, right: 58, top: 48, bottom: 12 + high, containLabel: true },
      yAxis: {
        ...namesOf(bars),
        inverse: true,
        axisLabel: { fontSize, color: inkColour, width: nameWide, overflow: 'break', interval: 0 },
      },
      xAxis: { type: 'value', max: 1, axisLabel: { show: false }, splitLine: { show: false } },
      series: [
        ...legend.map((style, part) =>
          seriesOf(style, {
            fontSize,
            values: bars.map(bar => (bar.parts[part] ?? 0) / Math.max(1, total(bar))),
            label: (share, bar) => (share >= leastLyingIn(width) ? String(bars[bar]?.parts[part]) : ''),
          }),
        ),
        notesOf(bars, { position: 'right', fontSize }),
      ],
    },
    { width, height: 64 + high + Math.max(1, bars.length) * (isForPhone(width) ? 56 : 40) },
  )
}

const namesOf = (bars: readonly Bar[]) => ({
  type: 'category' as const,
  data: bars.map(({ name }) => name),
  axisTick: { show: false },
  axisLine: { lineStyle: { color: greyColour } },
})

type Part = { fontSize: number; values: number[]; label(value: number, bar: number): string }

function seriesOf(style: SeriesStyle, { fontSize, values, label }: Part) {
  return {
    name: style.title,
    type: 'bar' as const,
    stack: 'all',
    barMaxWidth: 44,
    barCategoryGap: '28%',
    itemStyle: fillOf(style),
    data: values.map((value, bar) => {
      const text = label(value, bar)
      return { value, label: { show: text !== '', formatter: () => text } }
    }),
    label: {
      color: style.ink,
      fontSize,
      // A number is not to be read through a pattern.
      ...(style.pattern === 'none' ? {} : { backgroundColor: style.colour, padding: [1, 3] }),
    },
  }
}

type NoteStyle = { position: 'top' | 'right'; fontSize: number }

/** A part of nothing at the end of each bar, which carries the note. */
function notesOf(bars: readonly Bar[], { position, fontSize }: NoteStyle) {
  return {
    type: 'bar' as const,
    stack: 'all',
    // Shares do not always add up to one to the last digit: what stands a hair outside must not be cut off.
    clip: false,
    data: bars.map(() => 0),
    label: {
      show: true,
      position,
      color: inkColour,
      fontSize,
      fontWeight: 'bold' as const,
      formatter: ({ dataIndex }: { dataIndex: number }) => bars[dataIndex]?.note ?? '',
    },
  }
}
