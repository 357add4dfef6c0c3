import type { Config } from '../../config.ts'
import type { Feature } from '../../feature.ts'
import { type Community, community, newClaimCode } from '../../features/community/index.ts'
import { type LineWatch, line as lineWatch } from '../../features/line/index.ts'
import type { Directory } from '../../ports/directory.ts'
import { lineNameOf } from '../../ports/line-ids.ts'
import type { PersonTurns } from '../../ports/person-turns.ts'
import { privacyFactsOf } from '../files/settings.ts'
import type { ChatLines } from '../lines/index.ts'
import { overallStatus } from '../lines/status.ts'
import { erasureListOf } from '../platform/erasure-list.ts'
import type { Platform } from '../platform/platform.ts'
import { isOnePerson, type Shared } from './answers.ts'

type Parts = { config: Config; platform: Platform; lines: ChatLines; turns: PersonTurns }

/** Members, groups and outages of the lines, on which the other features build. */
export function openPeople(
  parts: Parts,
  all: readonly Feature[],
): { people: Community; watch: LineWatch; shared: Shared } {
  const { store, clock, scheduler } = parts.platform
  const { router, outbox } = parts.lines
  const receivesFrom = (groupId: string) => router.traits({ groupId })?.receives !== 'nothing'
  const people = openCommunity(parts, { all, receivesFrom })
  const watch = lineWatch({
    store,
    clock,
    outbox,
    status: () => overallStatus(router),
    lines: () =>
      router.lines.map(({ name, title, line }) => {
        const receivesNothing = line.traits({ groupId: '' }).receives === 'nothing'
        return { name, title, view: line.status(), receivesNothing }
      }),
    reconnect: name => router.lineNamed(name)?.line.reconnect(),
    features: () => all,
  })
  // Without a working line there is no sign-in and no answer.
  const directory: Directory = {
    ...people.directory,
    groups: async () => (await people.directory.groups()).filter(({ id }) => receivesFrom(id)),
  }
  return { people, watch, shared: { store, clock, scheduler, outbox, directory } }
}

type CommunityParts = { all: readonly Feature[]; receivesFrom(groupId: string): boolean }

function openCommunity(
  { config, platform, lines, turns }: Parts,
  { all, receivesFrom }: CommunityParts,
): Community {
  const { store, clock, scheduler, log } = platform
  const { router, outbox } = lines
  return community({
    store,
    clock,
    outbox,
    turns,
    scheduler,
    claimCode: newClaimCode(),
    line: senderId => {
      const { title, line } = router.lineNamed(lineNameOf(senderId)) ?? { title: '', line: undefined }
      return { platform: title || config.WECHATY_PUPPET, account: line?.account() ?? '' }
    },
    reachesPrivate: senderId => router.traits({ personId: senderId })?.groupIdsReachPrivate !== false,
    isOnLine: senderId => router.lineNamed(lineNameOf(senderId)) !== undefined,
    receivesFrom,
    features: () => all,
    isOnePerson: isOnePerson({ config, lines }),
    keepsParty: config.KEEP_PARTY_MEMBERSHIP === 'yes',
    keepDays: {
      strangers: config.CHAT_PEOPLE_DAYS,
      attendance: config.ATTENDANCE_DAYS,
      exportLog: config.EXPORT_LOG_DAYS,
    },
    privacy: privacyFactsOf(config, platform.settings),
    welcome: () => platform.settings.current().welcome,
    noteErased: erasureListOf(config, log),
  })
}
