import type { Command } from '../../feature.ts'
import type { SendingStatus } from '../../outbox/index.ts'
import type { DigestParts } from './context.ts'
import { pausedBy, sayToday } from './words.ts'

/** What stops and starts the sending as a whole. */
export function sendingCommands({ outbox }: DigestParts): Command[] {
  const forOrganizers = { takes: 'nothing', role: 'organizer', where: 'anywhere' } as const
  return [
    {
      ...forOrganizers,
      words: ['暂停发送'],
      help: '暂停发送 —— 所有主动发送先停下',
      async run({ senderName }) {
        await outbox.pause(pausedBy(senderName))
        return `已暂停，${sayWaiting(outbox.standing())}说「恢复发送」继续。回答群里的提问不受影响。`
      },
    },
    {
      ...forOrganizers,
      words: ['恢复发送'],
      help: '恢复发送 —— 暂停以后继续发',
      async run() {
        const { pause } = outbox.standing()
        if (!pause) return '发送没有暂停，不用恢复。'
        await outbox.resume()
        return `已恢复，${sayWaiting(outbox.standing())}${sayToday(outbox.standing())}`
      },
    },
  ]

  function sayWaiting({ waiting }: SendingStatus): string {
    return waiting > 0 ? `有 ${waiting} 条在等。` : '没有在等的。'
  }
}
