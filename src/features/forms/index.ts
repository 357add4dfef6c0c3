import { type Feature, inTopic } from '../../feature.ts'
import type { FormRecord } from '../../forms/form.ts'
import { isFormOpen } from '../../forms/rules.ts'
import { sayLimits } from '../../forms/words.ts'
import { cronDue } from '../../jobs.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { ExportLog } from '../../ports/export-log.ts'
import type { SearchHit } from '../../ports/overviews.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { FormSignUps } from '../../ports/sign-ups.ts'
import type { Store } from '../../ports/store.ts'
import { instantOf } from '../../text/dates/time.ts'
import { createFormActions, type FormActions } from './actions.ts'
import { createFormExports } from './exports.ts'
import { createFormPicker } from './form-picker.ts'
import { createHeldPlaces } from './held-places.ts'
import { createMakerChat } from './maker-chat.ts'
import { createOrganizerChat } from './organizer-chat.ts'
import { formsPage } from './page.ts'
import { formPrivacy, joinPersonalData } from './privacy.ts'
import { createFormReceipts } from './receipts.ts'
import { type FormRecords, openFormRecords } from './records.ts'
import { openSensitiveForms } from './sensitive/index.ts'

type Parts = {
  store: Store
  clock: Clock
  outbox: Pick<Outbox, 'post'>
  directory: Directory
  roster: Roster
  exports: ExportLog
  scheduler: Scheduler
  /** Encrypts sensitive answers; empty: sensitive fields are off. */
  sensitiveKey: string
  /** Where members reach the page of their link, without a slash at the end; empty: nowhere yet. */
  baseUrl: string
}

/** Sign-up forms (报名表) and 接龙: opened in one line, answered in one word, exact limits, a queue that moves up. */
export function forms(given: Parts) {
  const { store, clock, roster, exports, scheduler } = given
  const records = openFormRecords(store)
  const actions = createFormActions({ records, roster, clock })
  const picker = createFormPicker(actions)
  const files = createFormExports({ records, roster, exports, clock })
  const parts = { ...given, actions, picker, records, files }
  const maker = createMakerChat(parts)
  const organizer = createOrganizerChat(parts)
  const receipts = createFormReceipts(parts)
  const sensitive = openSensitiveForms({ ...given, formRecords: records, forms: actions })
  const held = createHeldPlaces(parts)

  const feature: Feature = {
    name: 'forms',
    commands: inTopic('报名', [...maker.commands, ...organizer.commands, ...sensitive.commands]),
    rechecks: recheckOf(records),
    awaits: held.awaits,
    listen: held.listen,
    ...timedWork({ receipts, sensitive, held, actions, scheduler }),
    start: held.refresh,
    personal: joinPersonalData(formPrivacy(records), sensitive.personal),
    pages: [formsPage({ ...parts, sensitive: sensitive.actions, organizers: sensitive.organizers })],
    calendar: closingsOf(records, clock),
    search: async isFound => (await records.all()).flatMap(record => formFound(record, isFound)),
  }
  const signUps: FormSignUps = { ...maker.signUps, chain: organizer.chain }
  return {
    feature,
    signUps,
    /** The page behind members' links. */
    open: sensitive.open,
    /** Open forms as anyone may see them. */
    publicForms: () => publicFormsOf(actions, clock),
  }
}

/** Forms that close within a time, for the calendar. */
const closingsOf =
  (records: FormRecords, clock: Clock): NonNullable<Feature['calendar']> =>
  async (from, to) => {
    const all = (await records.all()).filter(({ form }) => isFormOpen(form, clock.now()))
    return all.flatMap(({ form }) => {
      if (form.closesAt === undefined) return []
      const at = instantOf(form.closesAt)
      const isWithin =
        from.epochMilliseconds <= at.epochMilliseconds && at.epochMilliseconds < to.epochMilliseconds
      return isWithin
        ? [{ at, kind: '截止', title: `报名「${form.title}」`, path: `/forms/${form.number}` }]
        : []
    })
  }

/** Open forms whose words rest on a clause that changed. */
const recheckOf =
  (records: FormRecords): NonNullable<Feature['rechecks']> =>
  async clauses => {
    const open = (await records.all()).filter(({ form }) => !form.isClosed)
    return open.flatMap(({ form }) => {
      const { title, number, fields } = form
      const text = [title, ...fields.flatMap(({ ask, why }) => [ask, why])].join('\n')
      const changed = clauses.changesIn(text)
      const recheck = { kind: '报名', title, path: `/forms/${number}`, text, changed, isHeld: false }
      return changed.length === 0 ? [] : [recheck]
    })
  }

const publicFormsOf = async (actions: Pick<FormActions, 'open'>, clock: Clock) =>
  (await actions.open()).map(({ form }) => ({
    number: form.number,
    title: form.title,
    limits: sayLimits(form, clock.now()),
    closesAt: form.closesAt === undefined ? undefined : instantOf(form.closesAt),
  }))

type TimedWork = {
  receipts: ReturnType<typeof createFormReceipts>
  sensitive: ReturnType<typeof openSensitiveForms>
  held: ReturnType<typeof createHeldPlaces>
  actions: Pick<FormActions, 'removeOld'>
  scheduler: Scheduler
}

/** Receipts and erasures that are due, and what is kept too long. */
function timedWork(parts: TimedWork): Required<Pick<Feature, 'sweeps' | 'jobs'>> {
  const { receipts, sensitive, held, actions, scheduler } = parts
  return {
    sweeps: [
      {
        name: 'form-receipts',
        everySeconds: 20,
        async run() {
          await receipts.sweep()
          await sensitive.sweep()
          await held.refresh()
        },
      },
    ],
    jobs: [
      {
        name: 'form-retention',
        deletes: true,
        title: '',
        maxLateMinutes: 24 * 60,
        due: cronDue(scheduler, '40 4 * * *'),
        async run() {
          await actions.removeOld()
          await sensitive.removeOld()
        },
      },
    ],
  }
}

/** By its title, its questions, its options, and who answered. */
function formFound({ form, answers }: FormRecord, isFound: (...texts: string[]) => boolean): SearchHit[] {
  const asked = [...form.fields, ...form.sensitiveFields].map(({ ask }) => ask)
  const names = answers.filter(({ state }) => state !== 'out').map(({ name }) => name)
  const options = form.options.map(({ name }) => name)
  return isFound(`${form.number}号`, form.title, ...asked, ...options, ...names)
    ? [{ kind: '报名表', title: form.title, path: `/forms/${form.number}` }]
    : []
}
