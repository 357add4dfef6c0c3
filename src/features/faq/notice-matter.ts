import type { Entry } from './records.ts'

/** Matters of a programme beside the application itself, by the words in a title or question; the first that fits. */
const matters: readonly [matter: string, words: RegExp][] = [
  ['opinion', /征求意见/u],
  ['event', /培训|宣讲|大赛|路演|讲座|对接会/u],
  ['publicity', /公示|名单|拟(?:认定|入库|推荐|支持|奖励|备案)|怎么审/u],
  ['cancellation', /(?:取消|撤销).{0,12}资格|资格.{0,6}(?:取消|撤销)/u],
  ['change', /更名|改名|名称变更|重大变化|搬|迁/u],
  ['report', /年报|年度报表|发展情况|统计|填报/u],
  ['award', /奖励|奖补|补助|补贴|资助|兑现|拨付|贴息|给钱|多少钱/u],
  ['tax', /税|减免|好处/u],
  ['validity', /有效期|到期|复核/u],
]
/** Matters of notices that change no entry. */
const passing = new Set(['opinion', 'event'])
/** The end of a programme or of its rules concerns every entry of it. */
const ending = /废止|停止(?:执行|实施|受理|申报)|终止|暂停|不再(?:执行|受理|实施)/u
/** Kinds of one programme; two texts that name different ones of a line are about different matters. */
const kinds: readonly (readonly RegExp[])[] = [
  [/国家级|国家备案/u, /省级/u, /市级/u, /区级/u],
  [/众创空间/u, /孵化器/u],
]
const littleGiant = /小巨人/u

type Notice = { title: string; programmeIds: readonly string[] }

/**
 * Whether a notice concerns an entry: the same programme, and the same matter of it. A notice on applications does not
 * concern an entry on tax or on a change of name.
 * @param programmeName what the whole programme is about is no matter of its own
 */
export function concernsEntry(
  { title, programmeIds }: Notice,
  { programme, question }: Pick<Entry, 'programme' | 'question'>,
  programmeName: string,
): boolean {
  if (!programmeIds.includes(programme)) return false
  const told = matterOf(title, programmeName)
  if (told !== undefined && passing.has(told)) return false
  if (isOtherKind(title, question, programmeName)) return false
  return ending.test(title) || told === matterOf(question, programmeName)
}

const matterOf = (text: string, programmeName: string) =>
  matters.find(([, words]) => words.test(text) && !words.test(programmeName))?.[0]

function isOtherKind(title: string, question: string, programmeName: string): boolean {
  if (!littleGiant.test(programmeName) && littleGiant.test(title) !== littleGiant.test(question)) return true
  return kinds.some(line => {
    const [told, asked] = [title, question].map(text => line.filter(kind => kind.test(text)))
    return (
      told !== undefined &&
      asked !== undefined &&
      told.length > 0 &&
      asked.length > 0 &&
      !told.some(kind => asked.includes(kind))
    )
  })
}
