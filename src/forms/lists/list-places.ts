/** A place and the words behind it: 「第二组缺一」, 「二支部（缺席1人）」. The name of a place, 「未来空间」, tells nothing. */
const placeAndWords =
  /^[^（(]*(?:支部|空间|公司|大厦|工场|中心|园区|小组|会场|基地|团队|群众|积极分子|[组队群])[（(]?(?<words>.*)$/u
const wordsAndPlace = /^(?:请假|[没未][到来]|缺席|缺勤|不来)了?的/u
/** Nothing but numbers and times before it: 「（甘棠请假）」 is of one name. */
const absence =
  /^(?:[今本这][天日晚次]|[有还仍另共其中、，,]|(?:[一二两三四五六七八九十]|\d{1,3})[人位名])*(?:缺(?:[席勤课人一二两三四五六七八九十\d]|$)|(?:没有?|未)[到来签参出]|请假|不[来到]|[没无]人[来到参]|出差|外出|[事病公]假|病|旷课)/u
/** Absence of one person, 「第二组（组长柏舟请假）」, or of a number beside those who came, 「优空间（到2人，缺1人）」. */
const absenceWithin =
  /^第.*(?:缺[席勤课]|[没未][到来]|请假)|\d\s*[人位名]?[，,、；\s]*(?:缺|[没未][到来]|请假)/u
const denied = /(?:无人?|没有?人?|未|不)(?:缺|请假|旷|迟到)/u
const number = /[一二两三四五六七八九十]|\d{1,3}/u
const between = /[、，,;；/\s]+|(?<=\p{Script=Han}{2})[和跟与及](?=\p{Script=Han}{2})/u

/**
 * Status of names behind a place with words of absence: 「第二组缺一：郑风」. Where the words deny it, or count other than the
 * names, it is open.
 * @param names what stands behind the colon
 * @returns undefined where the words tell of no absence
 */
export function absenceOfPlace(label: string, names: string): 'away' | 'unclear' | undefined {
  if (wordsAndPlace.test(label)) return placeAndWords.test(label) ? 'away' : undefined
  const words = placeAndWords.exec(label)?.groups?.words?.replaceAll(/[\s）)]+/gu, '') ?? ''
  if (denied.test(words)) return 'unclear'
  if (!absence.test(words)) return absenceWithin.test(label) ? 'unclear' : undefined
  const digits = number.exec(words)?.[0]
  if (digits === undefined) return 'away'
  const count = Number(digits) || '一二三四五六七八九十'.indexOf(digits.replace('两', '二')) + 1
  return count === names.split(between).filter(name => name !== '').length ? 'away' : 'unclear'
}
