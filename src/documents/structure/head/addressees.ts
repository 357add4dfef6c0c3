import { foldCharacters } from '../../../text/characters.ts'

/** 「各县（市）区科技局、财政局，各有关单位：」: offices of one kind are parted by 「、」 and stay together. */
export function addresseesIn(text: string): string[] {
  return foldCharacters(text)
    .replace(/:\s*$/u, '')
    .split(/[,;]\s*(?![^()]*\))/u)
    .map(each => each.trim().replaceAll('(', '（').replaceAll(')', '）'))
    .filter(each => each !== '')
}

/**
 * Whether the line below a title greets those who listen to a speech, 「同志们」 「各位代表、同志们」, and sends it to no
 * one. The title of a speech makes listeners of 「各位会员」 too.
 * @param title in one line
 */
export function greetsListeners(addressees: readonly string[], title: string): boolean {
  const called = addressees.flatMap(each => each.split('、'))
  const isSpeech = /(?:报告|讲话|致辞|发言|演讲|[幕祝贺]词)(?:稿|提纲|要点)?(?:（[^（）]*）)?$/u.test(title)
  return (
    called.length > 0 &&
    called.every(each => greeting.test(each)) &&
    (isSpeech || called.some(each => listener.test(each)))
  )
}
const greeting =
  /^(?:(?:尊敬的|敬爱的|亲爱的)(?:各位)?|各位|诸位|全体).{1,8}$|^(?:同志|朋友|女士|先生|来宾|嘉宾|同学|乡亲|战友)们$/u
const listener = /(?:同志|朋友|女士|先生)们$|(?:来宾|嘉宾)们?$/u
