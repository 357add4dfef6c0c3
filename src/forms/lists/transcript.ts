import { isStatus, statusIn, statusOfCell } from './list-status.ts'

const day =
  '(?:(?:\\d{4}[-/.年])?\\d{1,2}[-/.月]\\d{1,2}日?\\s*)?(?:(?:[上下]午|晚上|昨天|今天|星期.|周.)\\s*)*'
const time = '\\d{1,2}[:：]\\d{2}(?:[:：]\\d{2})?'
const nameFirst = new RegExp(`^(?<who>\\S.{0,28}?)\\s+${day}${time}$`, 'u')
const timeFirst = /^\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?\s+(?<who>\S.{0,28})$/u
const writerOf = (line: string): string | undefined =>
  (timeFirst.exec(line) ?? nameFirst.exec(line))?.groups?.who

const signing = /签到|打卡|已到|到了|^到$|来了/u

/** Word of a list for messages of one person: of two that differ a person decides. */
function wordFor(messages: readonly string[]): string {
  const pieces = messages
    .flatMap(one => one.replaceAll(/\[[^\]\s]{1,6}\]/gu, ' ').split(/[，,。；;！!～~\s]+/u))
    .filter(one => one !== '')
  const isAway = pieces.some(one => statusIn(` ${one}`, 'here') === 'away')
  const isHere = pieces.some(
    one =>
      (isStatus(one) && statusOfCell(one) === 'here') ||
      (signing.test(one) && statusIn(` ${one}`, 'here') === 'here'),
  )
  return isAway && !isHere ? ' 请假' : isHere && !isAway ? ' 到' : '（待定）'
}

/**
 * Messages copied out of a chat, each below a line with the name of its writer and the time, as a list with a line for each
 * person: 「甘棠 到」.
 * @returns undefined for any other text
 */
export function transcriptAsList(text: string): string | undefined {
  const lines = text.split(/\r?\n/u).map(line => line.trim())
  const full = lines.filter(line => line !== '')
  const starts = full.flatMap((line, at) => (writerOf(line) === undefined ? [] : [at]))
  const isEachSaid = starts.every((at, n) => (starts[n + 1] ?? full.length) - at > 1)
  if (starts[0] !== 0 || starts.length < 2 || !isEachSaid) return undefined
  const said = starts.map((at, n) => ({
    who: writerOf(full[at] ?? '') ?? '',
    messages: full.slice(at + 1, starts[n + 1]),
  }))
  return [...Map.groupBy(said, ({ who }) => who)]
    .map(([who, all]) => `${who}${wordFor(all.flatMap(({ messages }) => messages))}`)
    .join('\n')
}
