import { FileBox } from 'file-box'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import { reasonOf } from '../../../log.ts'
import { type Chat, type ChatFile, DeadlineError, LineCutError, type Target } from '../../../ports/chat.ts'
import { withDeadline } from '../../line/deadline.ts'
import { isConnectionLost, isOutcomeUnknown } from './faults.ts'
import type { Names } from './names.ts'
import type { OwnMessages } from './own-messages.ts'

/**
 * Sends messages over one puppet, with one deadline for a whole reply. A connection that breaks during a call leaves
 * the outcome as unknown as a deadline does, and is reported the same way.
 */
export function createMessageSender(puppet: PuppetInterface, names: Names, own: OwnMessages): Chat {
  async function sendText(target: Target, text: string, mention: string[]) {
    if (!('groupId' in target)) return own.send({ target, text }, () => call(target.personId, text))
    const called =
      mention.length > 0 ? await Promise.all(mention.map(id => names.member(target.groupId, id))) : []
    const before = called.filter(name => name !== undefined).map(name => `@${name}\u2005`)
    const whole = before.join('') + text
    return own.send({ target, text: whole }, () => call(target.groupId, whole, mention))
  }

  async function call(...given: Parameters<PuppetInterface['messageSendText']>) {
    return (await puppet.messageSendText(...given)) || undefined
  }

  function sendFile(target: Target, file: ChatFile) {
    // A small one made of a buffer cannot be put into words for a gateway, and would be given up in silence.
    const box = FileBox.fromBase64(Buffer.from(file.bytes).toString('base64'), file.name)
    return puppet.messageSendFile('groupId' in target ? target.groupId : target.personId, box)
  }

  return {
    async say(target, { text, mention = [], file }, deadlineMs) {
      let isLate = false
      let isHalfSent = false
      async function send() {
        const id = text === undefined ? undefined : await sendText(target, text, mention)
        // The caller has given up by now and may have decided otherwise.
        if (!file || isLate) return id
        isHalfSent = text !== undefined
        return sendFile(target, file)
      }
      try {
        return (await withDeadline(send(), deadlineMs, 'saying something')) ?? ''
      } catch (cause) {
        if (cause instanceof DeadlineError || !(isHalfSent || isOutcomeUnknown(reasonOf(cause)))) throw cause
        if (isConnectionLost(reasonOf(cause)))
          throw new LineCutError('the line broke while saying something', { cause })
        throw new DeadlineError('the line broke while saying something', { cause })
      } finally {
        isLate = true
      }
    },
  }
}
