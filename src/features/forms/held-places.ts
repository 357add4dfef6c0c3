import { type Answer, Refusal } from '../../feature.ts'
import { sayAnswer } from '../../forms/words.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import type { FormActions } from './actions.ts'
import type { FormRecords } from './records.ts'

const yes = /^(?:是|是的|好|好的|同意|确认|来|去|要)[!！。~～\s]*$/u

type Parts = {
  actions: Pick<FormActions, 'accept'>
  records: Pick<FormRecords, 'all'>
  directory: Pick<Directory, 'recognise'>
  roster: Pick<Roster, 'addressOf'>
  clock: Clock
}

/** Takes the 「是」 of members for whom a place is held, and of no others. */
export function createHeldPlaces({ actions, records, directory, roster, clock }: Parts) {
  let chatIds = new Set<string>()

  async function refresh(): Promise<void> {
    const held = (await records.all()).flatMap(({ answers }) =>
      answers.filter(one => one.heldUntil !== undefined),
    )
    const ids = await Promise.all(held.map(async ({ memberId }) => (await roster.addressOf(memberId)).chatId))
    chatIds = new Set(ids.filter(id => id !== undefined))
  }
  const awaits = ({ senderId, text }: Message) => chatIds.has(senderId) && yes.test(text.trim())

  async function accept(message: Message): Promise<Answer> {
    const { id } = await directory.recognise(message)
    const accepted = await actions.accept(id)
    await refresh()
    if (!accepted) throw new Refusal('留给你的位子已经过了时间。想来请再发一次「报名」。')
    return sayAnswer(accepted.record, accepted.answer, clock.now())
  }

  return {
    refresh,
    awaits,
    listen: (message: Message): Promise<Answer> | undefined =>
      awaits(message) ? accept(message) : undefined,
  }
}
