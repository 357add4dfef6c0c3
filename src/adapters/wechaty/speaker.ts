import { FileBox } from 'file-box'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import type { Chat, Reply, Target } from '../../ports/chat.ts'
import { withDeadline } from './deadline.ts'
import type { Names } from './names.ts'

/** Says things over one puppet, with a deadline for the whole of a reply. */
export function createSpeaker(puppet: PuppetInterface, names: Names): Chat {
  async function sendText(target: Target, text: string, mention: string[]) {
    if (!('groupId' in target)) return puppet.messageSendText(target.personId, text)
    const called = await Promise.all(mention.map(id => names.member(target.groupId, id)))
    const before = called.filter(name => name !== undefined).map(name => `@${name}\u2005`)
    return puppet.messageSendText(target.groupId, before.join('') + text, mention)
  }

  return {
    async say(target, reply, deadlineMs) {
      let isLate = false
      const { text, mention = [], file }: Reply = reply
      async function send() {
        let id = text === undefined ? undefined : await sendText(target, text, mention)
        if (!file || isLate) return id
        const box = FileBox.fromBuffer(Buffer.from(file.bytes), file.name)
        id = await puppet.messageSendFile('groupId' in target ? target.groupId : target.personId, box)
        return id
      }
      try {
        return (await withDeadline(send(), deadlineMs, 'saying something')) ?? ''
      } finally {
        isLate = true
      }
    },
  }
}
