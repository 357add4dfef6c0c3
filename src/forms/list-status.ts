/** Status of a name on a list: there, not there, or something that only a person can decide (「甲代乙」). */
export type PastedStatus = 'here' | 'away' | 'unclear'

const awayWords =
  /请假|告假|休假|事假|病假|公假|年假|产假|公差|出差|外出|公出|住院|生病|未到|没到|未签(?!退)|没签(?!退)|没来|未来|不来|来不了|去不了|不去|不参加|参加不了|无法参加|不能参加|不能来|不到|缺席|缺勤|旷课|未参加|没参加|未出席|取消|[×✗✘✖❌✕╳]|(?<=\s)(?:leave|absent|away|off)$/iu
/** A letter or one character that stands by itself: 「郑风 缺」「卫淇（假）」. */
const awayMark = /(?<=^|[\s\t,，:：（(【])(?:[xXNn0]|no|否|无|缺|假|病|事|公|休|差|请|未)(?=$|[\s）)】,，])/iu
const unclearMark = /[○◯〇⭕△▲？?]|(?<=\s)[-—－/]{1,3}$|[（(]\s*(?:代|替|帮)/u
const hereWords =
  /^(?:已?到(?:了|场|会)?|已?签到?(?:了)?|出席|参加|参会|实到|[√✓✔✅☑☒]\uFE0F?|\+1|1|是|[Yy]|yes|迟到.*|晚到.*|晚\S{0,3}分钟?|早退|正常|线上|线下|🙋.*)$/u
const clock = /\d{1,2}[:：]\d{2}/u
export const proxy =
  /^(?<who>[\p{Script=Han}·]{2,5})\s*(?:代替|代|替|帮)\s*(?<whom>[\p{Script=Han}·]{2,5})(?:签到?|打卡|报名)?$/u

export const saysAbsent = (text: string) => awayWords.test(text) || awayMark.test(text)

/** A cell or piece that holds a status alone and no name. */
export const isStatus = (text: string) =>
  hereWords.test(text) ||
  text.replace(awayWords, '').replace(awayMark, '').replace(unclearMark, '').trim() === ''

/** Status that a cell of its own tells; an empty one tells nothing. */
export function statusOfCell(cell: string): PastedStatus {
  if (saysAbsent(cell)) return 'away'
  return hereWords.test(cell.trim()) || clock.test(cell) ? 'here' : 'unclear'
}

/** Status of a name with the words beside it. */
export function statusIn(text: string, headingStatus: PastedStatus): PastedStatus {
  if (proxy.test(withoutRemarks(text)) || unclearMark.test(text)) return 'unclear'
  return saysAbsent(text) ? 'away' : headingStatus
}

/** The name alone: brackets, marks and words about being there go. */
export function withoutRemarks(text: string): string {
  return text
    .replaceAll(/[（(【[][^）)】\]]{0,200}[）)】\]]/gu, ' ')
    .replaceAll(/[✅✔√✓☑☒×✗✘✖❌✕╳🙋○◯〇⭕△▲]\uFE0F?/gu, ' ')
    .replaceAll(
      /(?:^|[\s:：]+)(?:已?到|已?签到?|\+1|\d人|参加|出席|迟到|请假|事假|病假|公假|公差|出差|外出|取消|未到|没到|没来|缺席|缺勤|缺|不来了?|来不了|leave|absent|away|off|\d{1,2}[:：]\d{2}|x|X)(?=\s|$)/gu,
      ' ',
    )
    .replaceAll(/(?<=^\p{Script=Han}{2,4})(?:已到|已签到?|到了|来了|请假|没来|未到|缺席|出差)$/gu, '')
    .replaceAll(/^@|\s@/gu, ' ')
    .replaceAll(/[：:。.\s-]+$/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}
