import { type Figure, figuresIn, saysSame } from '../text/figures/figures.ts'
import { sourceLine } from './clauses.ts'

/** Statement of an entry about itself as a whole, and the words that a text must then hold. */
type Frame = { name: string; inLine: RegExp; kept: RegExp; where: 'before' | 'after' }

const frames: readonly Frame[] = [
  {
    name: 'that it has ended',
    inLine: /^这一条已于|不能再按|已经失效|已经?(?:于[^，。]*)?(?:结束|截止|到期|废止)/u,
    kept: /已经?(?:于[^，。]*|早)?(?:结束|截止|到期|失效|废止)|不能再按|早已结束/u,
    where: 'before',
  },
  {
    name: 'that it does not hold yet',
    inLine: /还没有?生效|起才施行/u,
    kept: /(?:还没有?|尚未)(?:生效|施行)/u,
    where: 'before',
  },
  {
    name: 'that it is history',
    inLine: /历史口径|不是现行/u,
    kept: /历史口径|不是现行|不是现在的标准/u,
    where: 'before',
  },
  { name: 'as of when', inLine: /^截至|^大致如此（截至/u, kept: /截至/u, where: 'after' },
  {
    name: 'that the latest notice prevails',
    inLine: /以最新(?:通知|文件|公告)为准/u,
    kept: /以最新(?:的)?(?:通知|文件|公告)为准/u,
    where: 'after',
  },
  { name: 'that it is to be verified', inLine: /^大致如此|核实。$/u, kept: /核实/u, where: 'after' },
  {
    name: 'whom to ask now',
    inLine: /^(?:现在的标准|现在怎么办|请直接)[，]?请?问/u,
    kept: /请(?:直接)?问|咨询|联系/u,
    where: 'after',
  },
]

const unknown = /没有?核到|没有?核实|未核到|不敢报数/u
const firstLineUnknown: Frame = {
  name: 'that something is not known',
  inLine: unknown,
  kept: unknown,
  where: 'before',
}

type Line = { text: string; isFirst: boolean }

/** Whatever an entry says of itself as a whole (ended, history, as of, to be verified), and its last days. */
export function frameFaults(said: string, cited: readonly string[]): string[] {
  const spoken = { text: said, figures: figuresIn(said) }
  return cited.flatMap(text => linesOf(text).flatMap(line => lost(spoken, line)))
}

/**
 * A model's words with the lines put back, word for word, that every answer from these entries must have: that
 * it has ended or is history before it; last days, 「截至…」, whom to ask and the sources after it.
 */
export function withFrames(said: string, cited: readonly string[]): string {
  const spoken = { text: said, figures: figuresIn(said) }
  const before: string[] = []
  const after: string[] = []
  for (const line of cited.flatMap(linesOf)) {
    const isMissing = !said.includes(line.text.replace(/[。：:]$/u, ''))
    if (!isMissing || (!sourceLine.test(line.text) && lost(spoken, line).length === 0)) continue
    const list = framesOf(line).some(({ where }) => where === 'before') ? before : after
    if (!list.includes(line.text)) list.push(line.text)
  }
  return [...before, said, ...after.sort((a, b) => rank(a) - rank(b))].join('\n')
}

const rank = (line: string) =>
  sourceLine.test(line) ? 2 : frames.some(({ inLine }) => inLine.test(line)) ? 1 : 0

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .map((line, at) => ({ text: line.trim(), isFirst: at === 0 }))
    .filter(line => line.text !== '')

function framesOf(line: Line): Frame[] {
  if (sourceLine.test(line.text)) return []
  return [...frames, ...(line.isFirst ? [firstLineUnknown] : [])].filter(({ inLine }) =>
    inLine.test(line.text),
  )
}

type Spoken = { text: string; figures: Figure[] }

function lost(said: Spoken, line: Line): string[] {
  if (sourceLine.test(line.text)) return []
  const names = framesOf(line)
    .filter(({ kept }) => !kept.test(said.text))
    .map(({ name }) => `does not say ${name}`)
  return [...names, ...lostDays(said, line.text)]
}

/** A last day that stands in the entry must be said, whatever else is left out. */
function lostDays(said: Spoken, line: string): string[] {
  const days = figuresIn(line).filter(
    ({ kind, bounds }) => kind === 'date' && bounds.some(bound => bound === 'until' || bound === 'asOf'),
  )
  return days
    .filter(
      day =>
        !said.figures.some(figure => saysSame(figure, day) && figure.bounds.join() === day.bounds.join()),
    )
    .map(day => `does not say until when: ${day.said}`)
}
