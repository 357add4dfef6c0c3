import type { Message } from '../../../ports/chat.ts'
import type { RosterRow } from '../records/records.ts'

const mostNamed = 6

export const tooManyTries = '手机尾号今天试得太多次了。请联系组织者，由他在名单上帮你对上。'
export const howToSay = '请把姓名和名单上的手机尾号四位一起发，例如「我是 张三 1234」。'
export const notOnRoster =
  '名单上没找到这个人。请核对姓名、众创空间和手机尾号，像「我是 张三 优空间 1234」这样发；还是不行就告诉组织者，请他把你加到名单里。'

/** Names a person of the roster, with the space only: branch, company and the rest are told after a proof. */
export const sayRow = ({ name, space }: RosterRow) => (space ? `${name}（${space}）` : name)

export const waitsForOrganizer = (row: RosterRow) =>
  `${sayRow(row)}已经对上了别的微信号，我请组织者核对一下，核对好就算数。你的签到照样记着，不会丢。`

/** The shortest way to be known: one private message with the digits, or nothing at all. */
export function askForProof(row: RosterRow, { groupId }: Message): string {
  const meanwhile = '这之前的签到照样记着，不会丢。'
  if (row.phoneTail === '') return `收到，已经请组织者核对，核对好就用名单上的名字。${meanwhile}`
  return groupId
    ? `收到。为了不让别人冒名，请私聊我发「我是 ${row.name} 手机尾号四位」，马上就对上；不方便也没关系，组织者会核对。${meanwhile}`
    : `为了不让别人冒名，请带上名单上的手机尾号四位再发一次，例如「我是 ${row.name} 1234」，马上就对上；不方便也没关系，组织者会核对。${meanwhile}`
}

/** Namesakes are told apart by their spaces, and only in private by their phones. */
export function whichOne(rows: readonly RosterRow[], message: Message): string {
  const spaces = new Set(rows.map(sayRow))
  const named = [...spaces].slice(0, mostNamed).join('、')
  if (spaces.size === rows.length)
    return `名单上有 ${rows.length} 位：${named}。请带上空间再发一次，例如「我是 ${sayAsTyped(rows[0])}」。`
  return message.groupId
    ? `名单上有几位是${named}，分不清是哪一位。请私聊我发「我是 ${sayAsTyped(rows[0])} 手机尾号」。`
    : `名单上有几位是${named}。请带上手机尾号四位再发一次，例如「我是 ${sayAsTyped(rows[0])} 1234」。`
}

const sayAsTyped = (row: RosterRow | undefined) =>
  row ? [row.name, row.space].filter(part => part !== '').join(' ') : '张三 优空间'
