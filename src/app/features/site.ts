import type { Config } from '../../config.ts'
import { serveAssets } from '../../console/assets.ts'
import { frameAssets } from '../../console/widgets.ts'
import type { Feature } from '../../feature.ts'
import type { Community } from '../../features/community/index.ts'
import type { DocumentsFeature } from '../../features/documents/index.ts'
import type { pledges } from '../../features/pledges/index.ts'
import { site } from '../../features/site/index.ts'
import type { votes } from '../../features/votes/index.ts'
import type { Items } from '../../ports/items.ts'
import { documentPath } from '../../site/document-pages.ts'
import type { DataFiles } from '../files/files.ts'
import { siteMatching, siteSearchScripts } from '../files/site-scripts.ts'
import type { ChatLines } from '../lines/index.ts'
import type { Platform } from '../platform/platform.ts'
import type { Answers } from './answers.ts'
import type { openLessons } from './lessons.ts'
import type { openPushes } from './pushes.ts'

type Parts = { config: Config; platform: Platform; files: DataFiles; lines: Pick<ChatLines, 'pages'> }
type SiteParts = {
  all: readonly Feature[]
  people: Community
  answers: Answers
  items: Items
  pushes: ReturnType<typeof openPushes>
  lessons: ReturnType<typeof openLessons>
  memberVotes: ReturnType<typeof votes>
  memberPledges: ReturnType<typeof pledges>
  documents: Pick<DocumentsFeature, 'published'>
}

/** The address at which voters reach the pages: as the settings say, else on this machine. */
export function baseUrlOf({ PUBLIC_URL, CONSOLE_URL, HOST, PORT }: Config): string {
  const own = PORT === 0 ? '' : `http://${HOST}:${PORT}`
  return (PUBLIC_URL || CONSOLE_URL || own).replace(/\/+$/u, '')
}

/** Makes the public address of a clause of a document; undefined where the public pages have no address. */
export const publicAddresses =
  ({ PUBLIC_URL, PUBLIC_PORT }: Pick<Config, 'PUBLIC_URL' | 'PUBLIC_PORT'>) =>
  (document: Parameters<typeof documentPath>[0], clause: string): string | undefined =>
    PUBLIC_URL === '' || PUBLIC_PORT === ''
      ? undefined
      : `${PUBLIC_URL.replace(/\/$/u, '')}/${documentPath(document, clause)}`

/** The public pages; they show what the other features have approved. */
export function openSite({ config, platform, files, lines }: Parts, from: SiteParts) {
  const { store, clock, log } = platform
  const { people, answers, items, pushes, lessons, memberVotes } = from
  return site({
    store,
    clock,
    log,
    items,
    archive: pushes.sent.archive,
    answers: answers.knowledge.published,
    features: () => from.all,
    signUps: lessons.signUpForms.publicForms,
    report: answers.asked.kept.byMonth,
    pledges: from.memberPledges.shown,
    documents: from.documents.published,
    withoutNames: people.withoutNames,
    usualTexts: files.knowledge.sources.map(({ text }) => text),
    search: async question =>
      (await answers.knowledge.answerer.answer(question, clock.now())).map(({ text }) => text),
    searchScripts: siteSearchScripts(files, answers.knowledge.entries),
    matching: siteMatching(answers.matching.forFiles),
    open: [
      answers.matching.open,
      memberVotes.open,
      lessons.signUpForms.open,
      lines.pages.open,
      serveAssets(frameAssets),
    ],
    host: config.HOST,
    port: config.PUBLIC_PORT === '' ? undefined : config.PUBLIC_PORT,
    ownUrls: [config.PUBLIC_URL, config.CONSOLE_URL],
    publicUrl: config.PUBLIC_INDEX === 'yes' ? config.PUBLIC_URL.replace(/\/$/u, '') : undefined,
  })
}
