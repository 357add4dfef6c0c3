import { withReceipt } from '../../../approval.ts'
import { type Answer, type Command, Refusal } from '../../../feature.ts'
import { createShownMarks } from '../../../lib/shown-marks.ts'
import type { Message, Reply } from '../../../ports/chat.ts'
import type { Directory } from '../../../ports/directory.ts'
import { sayTrouble } from './changes/checks.ts'
import { differencesOf } from './changes/differences.ts'
import { markOfSteps, placeOf } from './changes/pieces.ts'
import type { Change } from './changes/records.ts'
import type { KnowledgeEditor } from './knowledge-editor.ts'
import { sayKind } from './pages/change-words.ts'

type ChatParts = { editor: KnowledgeEditor; directory: Directory }

/** Characters of a change that one message shows whole; longer ones are read on the console. */
const longestInChat = 3500
const tooLongForChat = '太长，聊天里看不全。请说「登录」，到控制台的「知识 → 改动」里看和批准。'

/** Reviewers' private commands to see knowledge changes and decide about them; the same right as on the console. */
export function knowledgeCommands({ editor, directory }: ChatParts): Command[] {
  /** The mark of a change as this person was shown it, by person and number. A forgotten one is shown again. */
  const shownVersions = createShownMarks()
  const forReviewers = { role: 'reviewer', where: 'private' } as const
  const shownKey = (message: Message, number: number) => `${message.senderId}/${number}`

  function waiting(rest: string): { change: Change; note: string } {
    const match = /^\s*(?<number>\d{1,9})(?:\s*号)?[\s，,：:]*(?<note>[\s\S]*)$/u.exec(rest)
    const change = match && editor.changes.find(Number(match.groups?.number))
    if (!change) throw new Refusal('没有这个编号的知识改动。说「知识改动」看等着审的。')
    if (change.state !== 'waiting') throw new Refusal(`知识改动 ${change.number} 已经处理过了。`)
    return { change, note: match?.groups?.note?.trim() ?? '' }
  }

  /** The mark of the change as it would apply now; differs when the base changed. */
  const markNow = (change: Change) => markOfSteps(editor.preview(change).steps)

  function show(message: Message, change: Change, lead = ''): Reply[] {
    const text = `${lead}${sayChange(change)}`
    const [key, mark] = [shownKey(message, change.number), markNow(change)]
    if (text.length > longestInChat) return [{ text: `知识改动 ${change.number} ${tooLongForChat}` }]
    return withReceipt([{ text }], shownVersions.showing(key, mark))
  }

  function sayChange(change: Change): string {
    const preview = editor.preview(change)
    const steps = preview.steps.flatMap(step => [
      `【${String(step.after.question ?? step.after.title ?? step.name)}】`,
      ...differencesOf(placeOf(step), step.before, step.after).flatMap(({ field, before, after }) => [
        `${field}`,
        `原来：${before.join('；') || '（空）'}`,
        `改成：${after.join('；') || '（空）'}`,
      ]),
    ])
    const end =
      preview.troubles.length > 0
        ? [`现在还不能上线：${preview.troubles.map(sayTrouble).join('；')}`]
        : [`同意说「批准知识 ${change.number}」，不同意说「退回知识 ${change.number} 原因」。`]
    return [
      `知识改动 ${change.number}（${sayKind(change)}），${change.by.name} 写的${change.note ? `：${change.note}` : ''}`,
      ...steps,
      ...end,
    ].join('\n')
  }

  async function approve(message: Message, rest: string): Promise<Answer> {
    const { change } = waiting(rest)
    if ((await shownVersions.shown(shownKey(message, change.number))) !== markNow(change)) {
      return show(message, change, '还没有给你看过现在的内容，先不算批准。请看：\n')
    }
    const { name } = await directory.recognise(message)
    const done = await editor.approve(change.number, { id: message.senderId, name }, false)
    if ('state' in done && done.state === 'waiting')
      return `知识改动 ${change.number} 记下了你的同意，还没有上线：它是用公用登录写的，分不清是谁写的，还要另一位审核人说「批准知识 ${change.number}」。`
    if ('state' in done) return `知识改动 ${change.number} 批准了，已经上线。`
    return `知识改动 ${change.number} 会让随程序带的自测变差，还没有上线。要看差在哪里、仍然放行，请说「登录」到控制台的「知识 → 改动」里看。`
  }

  async function giveBack(message: Message, rest: string): Promise<string> {
    const { change, note } = waiting(rest)
    if (note === '') throw new Refusal(`请说明原因，比如「退回知识 ${change.number} 金额和原文不一样」。`)
    const { name } = await directory.recognise(message)
    await editor.giveBack(change.number, { id: message.senderId, name }, note)
    return `知识改动 ${change.number} 退回了，没有上线。`
  }

  return [
    {
      ...forReviewers,
      words: ['知识改动'],
      takes: 'text',
      help: '知识改动 —— 看等着审的知识改动；「知识改动 3」看内容',
      run(message, rest) {
        if (rest.trim() !== '') return show(message, waiting(rest).change)
        const all = editor.changes.list().filter(({ state }) => state === 'waiting')
        if (all.length === 0) return '没有等着审的知识改动。'
        const lines = all
          .slice(0, 10)
          .map(change => `${change.number} 号：${sayKind(change)}，${change.by.name} 写的`)
        return [
          `${all.length} 处知识改动等着审：`,
          ...lines,
          `说「知识改动 ${all[0]?.number}」看内容。`,
        ].join('\n')
      },
    },
    {
      ...forReviewers,
      words: ['批准知识'],
      takes: 'number',
      help: '批准知识 3 —— 看过内容，同意上线',
      run: approve,
    },
    { ...forReviewers, words: ['退回知识'], takes: 'number', help: '', run: giveBack },
  ]
}
