import { withReceipt } from '../../approval.ts'
import { type Answer, type Command, Refusal } from '../../feature.ts'
import { createShownMarks } from '../../lib/shown-marks.ts'
import type { Message, Reply } from '../../ports/chat.ts'
import type { Directory } from '../../ports/directory.ts'
import { sayKeptDay } from '../../text/dates/kept-day.ts'
import type { DocumentActions, Uploaded } from './actions.ts'
import type { DocumentLibrary } from './library/library.ts'
import { ownNumber } from './library/own-number.ts'
import type { LibraryDocument, LibraryPassage } from './library/records.ts'
import { restorableDays, stateWords, type Withdrawal } from './library/rules.ts'
import { marksOf } from './marks.ts'
import { clauseOf, documentNameOf, inTitleMarks, sayParts, sayValidity } from './words.ts'

type ChatParts = { actions: DocumentActions; library: DocumentLibrary; directory: Directory }

const mostListed = 10
/** The longest document, in characters, that is reviewed in chat; others are read beside the file on the console. */
const longestInChat = 3000

/** Private commands to see documents and decide about them; the same rights as on the console. */
export function documentCommands({ actions, library, directory }: ChatParts): Command[] {
  /**
   * The version last shown to each person, by person and number. It holds the file's hash, since the number of a
   * deleted document is used again.
   */
  const shownVersions = createShownMarks()
  const organizing = { role: ['organizer', 'reviewer'], where: 'private' } as const
  const shownKey = (message: Message, number: number) => `${message.senderId}/${number}`
  const byOf = async (message: Message) => {
    const { name } = await directory.recognise(message)
    return { id: message.senderId, name }
  }

  function show(message: Message, document: LibraryDocument, lead = ''): Reply[] {
    const key = shownKey(message, document.number)
    const replies = [{ text: `${lead}${sayDocument(document)}` }]
    return isForChat(document)
      ? withReceipt(replies, shownVersions.showing(key, versionOf(document)))
      : replies
  }

  async function approve(message: Message, rest: string): Promise<Answer> {
    const document = actions.documentOf(numberIn(rest).number)
    const { number, revision, state } = document
    if (state !== 'waiting') throw new Refusal(`${number} 号文件${stateWords[state]}，已经处理过了。`)
    if (!isForChat(document)) throw new Refusal(`${number} 号文件${tooLongForChat}`)
    if ((await shownVersions.shown(shownKey(message, number))) !== versionOf(document))
      return show(message, document, '还没有给你看过现在的内容，先不算批准。请看：\n')
    const seen = { revision, isValidityChecked: true, unseen: undefined }
    const { title, state: after } = await actions.approve(number, seen, await byOf(message))
    if (after === 'waiting')
      return `${number} 号文件${inTitleMarks(title)}记下了你的同意，还不能引用：里面有你自己或公用登录放进去的内容，还要另一位审核人说「批准文件 ${number}」。`
    return `${number} 号文件${inTitleMarks(title)}批准了，从现在起可以引用。`
  }

  return [
    {
      words: ['文件库'],
      takes: 'nothing',
      ...organizing,
      help: '文件库 —— 等审核的文件；把文件直接发给我就是上传',
      run: () => sayWaiting(library.all()),
    },
    {
      words: ['文件'],
      takes: 'number',
      ...organizing,
      help: '文件 3 —— 看 3 号文件的内容和有效期',
      run: (message, rest) => show(message, actions.documentOf(numberIn(rest).number)),
    },
    {
      words: ['批准文件'],
      takes: 'number',
      ...reviewing,
      help: '批准文件 3 —— 看过内容和有效期，同意引用',
      run: approve,
    },
    ...refusals({ actions, library }, byOf),
  ]
}

const versionOf = ({ file, revision }: LibraryDocument) => `${file.sha256}/${revision}`

type ByOf = (message: Message) => Promise<{ id: string; name: string }>
const reviewing = { role: 'reviewer', where: 'private' } as const

/** Decisions against a document. */
function refusals({ actions, library }: Pick<ChatParts, 'actions' | 'library'>, byOf: ByOf): Command[] {
  return [
    {
      words: ['退回文件'],
      takes: 'number',
      role: ['organizer', 'reviewer'],
      where: 'private',
      help: '退回文件 3 原因 —— 不能用，或者传错了；它标上的「正在核」马上取消',
      async run(message, rest) {
        const { number, note } = numberIn(rest)
        const marks = marksOf(actions.documentOf(number), library.all())
        if (note === '') throw new Refusal(`请说明原因，比如「退回文件 ${number} 缺第二页」。`)
        await actions.reject(number, note, await byOf(message))
        const undone = marks ? `${marks.older} 号里标着「正在核」的，马上照旧。` : ''
        return `${number} 号文件退回了，不会引用。${undone}退错了，请审核人 ${restorableDays} 天内说「恢复文件 ${number}」。`
      },
    },
    {
      words: ['撤下文件'],
      takes: 'number',
      ...reviewing,
      help: '撤下文件 3 原因 —— 马上停止引用；旧版本其实还有效，写「撤下文件 3 恢复旧版 原因」',
      async run(message, rest) {
        const { number, note } = numberIn(rest)
        const { supersedes: older } = actions.documentOf(number)
        const { title, supersedes } = await actions.withdraw(number, withdrawalIn(note), await byOf(message))
        const undo = `撤错了，${restorableDays} 天内说「恢复文件 ${number}」。`
        return [
          `${number} 号文件${inTitleMarks(title)}撤下了，不再引用。`,
          sayOlder(older, supersedes),
          undo,
        ].join('')
      },
    },
    {
      words: ['恢复文件'],
      takes: 'number',
      ...reviewing,
      help: '恢复文件 3 —— 退回或撤下点错了，30 天内可以恢复',
      async run(message, rest) {
        const { number } = numberIn(rest)
        return sayRestored(await actions.restore(number, await byOf(message)))
      },
    },
  ]
}

function sayRestored({ number, title, state, supersedes }: LibraryDocument): string {
  if (state === 'waiting')
    return `${number} 号文件${inTitleMarks(title)}又等审核了。说「文件 ${number}」看内容。`
  const older = supersedes === undefined ? '' : `${supersedes} 号旧版本当历史。`
  return `${number} 号文件${inTitleMarks(title)}恢复了，可以引用。${older}`
}

/** 「恢复旧版 传错了」. */
const withdrawalIn = (note: string): Withdrawal => ({
  reason: note.replace(restoring, '').trim(),
  restoresOlder: restoring.test(note),
})
const restoring = /^恢复旧版本?[\s，,：:]*/u

function sayOlder(older: number | undefined, supersedes: number | undefined): string {
  if (older === undefined) return ''
  return supersedes === undefined
    ? `${older} 号旧版本恢复引用。`
    : `${older} 号旧版本仍然只当历史；有改好的新版本，请重新上传。`
}

function numberIn(rest: string): { number: number; note: string } {
  const match = /^\s*(?<number>\d{1,9})(?:\s*号)?[\s，,：:]*(?<note>[\s\S]*)$/u.exec(rest.normalize('NFKC'))
  if (!match?.groups) throw new Refusal('编号没看懂，请只写数字，比如「文件 3」。')
  return { number: Number(match.groups.number), note: match.groups.note?.trim() ?? '' }
}

const isForChat = ({ passages }: LibraryDocument) =>
  passages.every(({ isRecognized }) => !isRecognized) &&
  passages.reduce((sum, { text }) => sum + text.length, 0) <= longestInChat

const tooLongForChat = '要对着原件看，聊天里看不全。请说「登录」，到控制台的「问答 → 文件库」里批准。'

function sayWaiting(all: readonly LibraryDocument[]): string {
  const waiting = all.filter(({ state }) => state === 'waiting')
  const [first] = waiting
  if (!first) return '没有等审核的文件。要加一份，把文件直接发给我就行（PDF、Word、OFD、网页、文本）。'
  const lines = waiting.slice(0, mostListed).map(({ number, title }) => `${number} 号：${title}`)
  return [`${waiting.length} 份文件等审核：`, ...lines, `说「文件 ${first.number}」看内容。`].join('\n')
}

/** The head of a document, and its text where it is short. */
function sayDocument(document: LibraryDocument): string {
  const { number, title, state, gaps, passages, supersedes, authors } = document
  const head = [
    `${number} 号文件（${stateWords[state]}）：${title}`,
    document.documentNumber ? `文号：${document.documentNumber}` : '文号：没有',
    document.issuer
      ? `发文：${document.issuer}${document.dated ? `，${sayKeptDay(document.dated)}` : ''}`
      : '',
    `有效期：${sayValidity(document)}`,
    ...sayParts(document),
    supersedes ? `替代：${supersedes} 号文件` : '',
    `上传：${authors[0]?.name ?? ''}`,
    ...gaps.map(gap => `注意：${gap}`),
  ].filter(line => line !== '')
  if (!isForChat(document)) return [...head, `共 ${passages.length} 段，${tooLongForChat}`].join('\n')
  const end =
    state === 'waiting'
      ? [`有效期和文字都对，说「批准文件 ${number}」；不对说「退回文件 ${number} 原因」。`]
      : []
  return [...head, '——', ...passages.flatMap(linesOf(document)), ...end].join('\n')
}

/** The first clause of each document of a collection stands below its title. */
function linesOf({ parts = [], passages }: LibraryDocument) {
  const titles = new Set(parts.map(({ title }) => title))
  return ({ text, path }: LibraryPassage, at: number): string[] => {
    const [title = ''] = path
    const isFirst = titles.has(title) && passages[at - 1]?.path[0] !== title
    return [...(isFirst ? [`《${title}》`] : []), line(text, path, at)]
  }
}

const line = (text: string, path: string[], at: number) => {
  const clause = clauseOf({ path }, at)
  return path.length === 0 || ownNumber({ text, path }) !== '' ? text : `${clause} ${text}`
}

/** The answer to a file that was sent. */
export function sayUploaded({ document, isRepeat }: Uploaded): string {
  const { number, title, gaps } = document
  if (isRepeat) return `这份文件已经有了，是 ${number} 号：${title}（${stateWords[document.state]}）。`
  return [
    `收下了，是 ${number} 号文件：${title}（${documentNameOf(document)}）。`,
    `有效期：${sayValidity(document)}`,
    ...sayParts(document),
    ...gaps.map(gap => `注意：${gap}`),
    `另一位审核人看过、批准后才会引用。说「文件 ${number}」看内容。`,
    '只是跟推送一起发的，接着说「加附件」和推送的编号，它就不进文件库。',
  ].join('\n')
}
