import { type Command, Refusal } from '../../../feature.ts'
import type { SendingStatus } from '../../../outbox/index.ts'
import { senderOf } from '../../../ports/actor.ts'
import type { Message, Reply } from '../../../ports/chat.ts'
import type { BroadcastActions } from '../actions.ts'
import { type Resent, sayUnknown } from '../broadcast/corrections.ts'
import { countGroups } from '../broadcast/progress.ts'
import { pausedBy, sayToday } from '../broadcast/words.ts'
import type { DigestParts } from '../context.ts'

/** Commands for broadcasts that did not arrive. */
export function deliveryCommands(actions: BroadcastActions): Command[] {
  /** Attempts shown but not confirmed, by sender; in memory only. */
  const shown = new Map<string, { number: number; attempts: number }>()

  async function resend(message: Message, rest: string): Promise<string> {
    return sayResent(await actions.resend(senderOf(message), numberAndName(rest).number))
  }

  async function previewResend(message: Message, rest: string): Promise<Reply[]> {
    const { number } = numberAndName(rest)
    const { broadcast, groups, attempts, unknown } = await actions.resendPreview(number)
    shown.set(message.senderId, { number: broadcast.number, attempts })
    const head = [
      `推送 ${broadcast.number}「${broadcast.title}」补发给没送到的 ${groups.length} 个群：${groups.join('、')}。`,
      ...(unknown > 0 ? [sayUnknown(unknown)] : []),
      `内容和通过时一字不差，在下面。要发说「确认补发 ${broadcast.number}」。`,
    ]
    const picture = broadcast.picture ? [{ text: '（选了长图的群收到的是长图）' }] : []
    return [{ text: head.join('\n') }, ...broadcast.parts.map(text => ({ text })), ...picture]
  }

  async function confirmResend(message: Message, rest: string): Promise<string> {
    const asked = shown.get(message.senderId)
    const { number = asked?.number } = numberAndName(rest)
    if (!asked || asked.number !== number)
      throw new Refusal(`请先说「补发${number === undefined ? '' : ` ${number}`}」，看过发给谁，再确认。`)
    shown.delete(message.senderId)
    return sayResent(await actions.resend(senderOf(message), number, asked.attempts))
  }

  async function recordManual(message: Message, rest: string): Promise<string> {
    const { number, name } = numberAndName(rest)
    const { broadcast, noted } = await actions.recordManual(senderOf(message), number, name)
    return `记下了：推送 ${broadcast.number} 有 ${countGroups(noted)} 个群是手动发的，我不会再发。`
  }

  const forOrganizers = { takes: 'text', role: 'organizer', where: 'anywhere' } as const
  return [
    {
      ...forOrganizers,
      words: ['补发未送达'],
      help: '补发未送达 17 —— 只给没送到的群再发一次',
      run: resend,
    },
    {
      ...forOrganizers,
      where: 'private',
      words: ['补发', '重发'],
      help: '补发 17 —— 先看发给谁，再确认补发（私聊）',
      run: previewResend,
    },
    { ...forOrganizers, where: 'private', words: ['确认补发', '确认重发'], help: '', run: confirmResend },
    {
      ...forOrganizers,
      words: ['已手动发送'],
      help: '已手动发送 17 群名 —— 手动发过的，我不再发',
      run: recordManual,
    },
  ]
}

function sayResent({ broadcast, groups, unbound, unknown }: Resent): string {
  const left = unbound > 0 ? `${unbound} 个群已经解绑，不发。` : ''
  return `好，推送 ${broadcast.number} 给没送到的 ${groups} 个群再发一次。${left}${sayUnknown(unknown)}`
}

/** @throws {@link Refusal} if the text does not begin with a number */
function numberAndName(rest: string): { number?: number; name?: string } {
  if (rest === '') return {}
  const found = /^#?(\d{1,6})号?(?:[\s:：]+(.+))?$/u.exec(rest.normalize('NFKC').trim())
  if (!found)
    throw new Refusal('编号没看懂。请先写推送的编号，再写群名，比如「已手动发送 17 优空间创客群」。')
  const [, number, name] = found
  return { number: Number(number), ...(name ? { name: name.trim() } : {}) }
}

/** Commands that pause and resume the sending of all lines, or of one. */
export function sendingCommands({ outbox }: DigestParts): Command[] {
  const forOrganizers = { takes: 'text', role: 'organizer', where: 'anywhere' } as const

  /** @returns the line that was named; undefined for all. @throws {@link Refusal} where there is none of that name */
  function lineIn(written: string) {
    if (written === '') return undefined
    const { lines } = outbox.status()
    const found = lines.find(({ title }) => title !== '' && title === written.toLowerCase())
    if (found) return found
    const titles = lines.flatMap(({ title }) => title || [])
    throw new Refusal(
      titles.length > 1
        ? `没有叫「${written}」的线路，有：${titles.join('、')}。`
        : '只有一条线路，后面不用写名字。',
    )
  }

  return [
    {
      ...forOrganizers,
      words: ['暂停发送'],
      help: '暂停发送 —— 所有主动发送先停下',
      async run({ senderName }, written) {
        const line = lineIn(written)
        await outbox.pause(pausedBy(senderName), line?.name)
        const which = line ? `线路「${line.title}」` : ''
        return `${which}已暂停，${sayWaiting(outbox.status())}说「恢复发送」继续。回答群里的提问不受影响。`
      },
    },
    {
      ...forOrganizers,
      words: ['恢复发送'],
      help: '恢复发送 —— 暂停以后继续发',
      async run(_message, written) {
        const line = lineIn(written)
        const { lines } = outbox.status()
        const paused = lines.filter(({ name, pause }) => pause && (!line || line.name === name))
        if (paused.length === 0) return '发送没有暂停，不用恢复。'
        await outbox.resume(line?.name)
        return `已恢复，${sayWaiting(outbox.status())}${sayToday(outbox.status())}`
      },
    },
  ]

  function sayWaiting({ waiting }: SendingStatus): string {
    return waiting > 0 ? `有 ${waiting} 条在等。` : '没有在等的。'
  }
}
