import type { Sweep } from '../../../feature.ts'
import { createMutex } from '../../../lib/queue.ts'
import type { Clock } from '../../../ports/clock.ts'
import { type Application, type CommunityRecords, type Officers, officersKey } from '../records/records.ts'
import type { RoleNotices } from '../role-notices.ts'
import { listApplications, noOfficers, organizersBeside, titleOf } from './rules.ts'

type Parts = {
  records: Pick<CommunityRecords, 'officers'>
  roleNotices: Pick<RoleNotices, 'tell'>
  clock: Clock
  /** The chat ids of the same person, this one included. */
  identitiesOf(senderId: string): Promise<ReadonlySet<string>>
}

/** Organizers with an application to answer hear of others at most this often. */
const everyMinutes = 30
const mostListed = 8

/**
 * Asks organizers about applications: at once where they have answered all that they were asked, else those of half an
 * hour in one message. What is still to be told is stored with the application, so that a restart loses none.
 */
export function createApplicationNotices({ records, roleNotices, clock, identitiesOf }: Parts) {
  let nextAt = clock.now()
  const inTurn = createMutex()

  async function tellUntold(): Promise<void> {
    const at = clock.now()
    const leftMinutes = at.until(nextAt).total('minutes')
    // More is left only where the clock was put back.
    const isSoon = leftMinutes > 0 && leftMinutes <= everyMinutes
    const now = (await records.officers.get(officersKey)) ?? noOfficers
    const untold = now.applications.filter(one => one.isUntold)
    if (untold.length === 0 || (isSoon && now.applications.some(isToldOf))) return
    nextAt = at.add({ minutes: everyMinutes })
    const numbers = untold.map(({ number }) => number)
    for (const [organizer, asked] of await askedOf(now, untold))
      await roleNotices.tell(`applications-${numbers.join('-')}`, [organizer], sayAsked(asked))
    await records.officers.update(officersKey, before => before && withTold(before, numbers))
  }

  /** The applications that each organizer is to decide on: not those of their own. */
  async function askedOf(now: Officers, untold: readonly Application[]): Promise<Map<string, Application[]>> {
    const asked = new Map<string, Application[]>()
    for (const application of untold)
      for (const organizer of organizersBeside(now, await identitiesOf(application.senderId)))
        asked.set(organizer, [...(asked.get(organizer) ?? []), application])
    return asked
  }

  /** Two at once would both tell what came first. */
  const tell = () => inTurn(tellUntold)
  return { tell, sweep: { name: 'applications', everySeconds: 60, run: tell } satisfies Sweep }
}

const isToldOf = ({ isUntold, isOffered, link }: Application) => !isUntold && !isOffered && !link

const withTold = (now: Officers, numbers: readonly number[]): Officers => ({
  ...now,
  applications: now.applications.map(({ isUntold, ...one }) =>
    isUntold && !numbers.includes(one.number) ? { ...one, isUntold } : one,
  ),
})

function sayAsked(asked: readonly Application[]): string {
  const [only, ...others] = asked
  if (only && others.length === 0)
    return `${only.name} 申请做${titleOf[only.role]}。\n同意请回「同意 ${only.number}」，不同意请回「不同意 ${only.number}」。`
  const more = asked.length - mostListed
  return [
    `有 ${asked.length} 个申请等你定：`,
    listApplications(asked.slice(0, mostListed)),
    ...(more > 0 ? [`……还有 ${more} 个，发「组织者名单」看全部。`] : []),
    '同意请回「同意」加号码，不同意请回「不同意」加号码。',
  ].join('\n')
}
