import { type Feature, inTopic, Refusal } from '../../feature.ts'
import { isOpen } from '../../forms/rules.ts'
import { sayAnswer, sayLimits } from '../../forms/words.ts'
import { cronDue } from '../../jobs.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { ExportLog } from '../../ports/export-log.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { FormSignUps } from '../../ports/sign-ups.ts'
import type { Store } from '../../ports/store.ts'
import { instantOf } from '../../text/dates/time.ts'
import { createFormActions } from './actions.ts'
import { createFormExports } from './exports.ts'
import { createMakerChat } from './maker-chat.ts'
import { createOrganizerChat } from './organizer-chat.ts'
import { formsPage } from './page.ts'
import { createFormPicker } from './picking.ts'
import { formPrivacy } from './privacy.ts'
import { createFormReceipts } from './receipts.ts'
import { openFormBook } from './records.ts'

type Parts = {
  store: Store
  clock: Clock
  outbox: Pick<Outbox, 'post'>
  directory: Directory
  roster: Roster
  exports: ExportLog
  scheduler: Scheduler
}

const yes = /^(?:是|是的|好|好的|同意|确认|来|去|要)[!！。~～\s]*$/u

/** Sign-up forms (报名表) and 接龙: opened in one line, answered in one word, exact limits, a queue that moves up. */
export function forms(given: Parts) {
  const { store, clock, directory, roster, exports, scheduler } = given
  const book = openFormBook(store)
  const actions = createFormActions({ book, roster, clock })
  const picker = createFormPicker(actions)
  const files = createFormExports({ book, roster, exports, clock })
  const parts = { ...given, actions, picker, book, files }
  const maker = createMakerChat(parts)
  const organizer = createOrganizerChat(parts)
  const receipts = createFormReceipts(parts)
  /** Chat ids of members for whom a place is held: only their 「是」 is ours. */
  let awaited = new Set<string>()

  async function refreshAwaited(): Promise<void> {
    const held = (await book.all()).flatMap(({ answers }) =>
      answers.filter(one => one.heldUntil !== undefined),
    )
    const ids = await Promise.all(held.map(async ({ memberId }) => (await roster.addressOf(memberId)).chatId))
    awaited = new Set(ids.filter(id => id !== undefined))
  }
  const awaits = ({ senderId, text }: Message) => awaited.has(senderId) && yes.test(text.trim())

  const feature: Feature = {
    name: 'forms',
    commands: inTopic('报名', [...maker.commands, ...organizer.commands]),
    async rechecks(clauses) {
      const open = (await book.all()).filter(({ form }) => !form.isClosed)
      return open.flatMap(({ form }) => {
        const changed = clauses.changesIn(
          [form.title, ...form.fields.flatMap(({ ask, why }) => [ask, why])].join('\n'),
        )
        const path = `/forms/${form.number}`
        return changed.length === 0 ? [] : [{ kind: '报名', title: form.title, path, changed, isHeld: false }]
      })
    },
    awaits,
    async listen(message) {
      if (!awaits(message)) return undefined
      const { id } = await directory.recognise(message)
      const accepted = await actions.accept(id)
      await refreshAwaited()
      if (!accepted) throw new Refusal('留给你的位子已经过了时间。想来请再发一次「报名」。')
      return sayAnswer(accepted.record, accepted.answer, clock.now())
    },
    sweeps: [
      {
        name: 'form-receipts',
        everySeconds: 20,
        async run() {
          await receipts.sweep()
          await refreshAwaited()
        },
      },
    ],
    jobs: [
      {
        name: 'form-retention',
        title: '',
        shelfLifeMinutes: 24 * 60,
        due: cronDue(scheduler, '40 4 * * *'),
        run: actions.removeOld,
      },
    ],
    start: refreshAwaited,
    personal: formPrivacy(book),
    pages: [formsPage({ actions, book, files, directory, clock })],
    async calendar(from, to) {
      const all = (await book.all()).filter(({ form }) => isOpen(form, clock.now()))
      return all.flatMap(({ form }) => {
        if (form.closesAt === undefined) return []
        const at = instantOf(form.closesAt)
        const isWithin =
          from.epochMilliseconds <= at.epochMilliseconds && at.epochMilliseconds < to.epochMilliseconds
        return isWithin
          ? [{ at, kind: '截止', title: `报名「${form.title}」`, path: `/forms/${form.number}` }]
          : []
      })
    },
  }
  const signUps: FormSignUps = { ...maker.signUps, chain: organizer.chain }
  return {
    feature,
    signUps,
    /** Open forms as anyone may see them. */
    publicForms: async () =>
      (await actions.open()).map(({ form }) => ({
        number: form.number,
        title: form.title,
        limits: sayLimits(form, clock.now()),
        closesAt: form.closesAt === undefined ? undefined : instantOf(form.closesAt),
      })),
  }
}
