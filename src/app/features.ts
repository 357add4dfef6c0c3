import { createPictures } from '../adapters/pictures.ts'
import type { Config } from '../config.ts'
import { serveAssets } from '../console/assets.ts'
import { frameAssets } from '../console/widgets.ts'
import type { Feature } from '../feature.ts'
import { attendance } from '../features/attendance/index.ts'
import { auditFeature } from '../features/audit/index.ts'
import type { Community } from '../features/community/index.ts'
import { current } from '../features/current/index.ts'
import { digest } from '../features/digest/index.ts'
import { type DocumentsFeature, openDocuments } from '../features/documents/index.ts'
import { createQuotations } from '../features/faq/quotes/quotations.ts'
import { forms } from '../features/forms/index.ts'
import { help } from '../features/help/index.ts'
import { openItems } from '../features/items/index.ts'
import { loginFeature } from '../features/login/index.ts'
import { manual } from '../features/manual/index.ts'
import { pledges } from '../features/pledges/index.ts'
import { selfCheck } from '../features/self-check/index.ts'
import { site } from '../features/site/index.ts'
import { tally } from '../features/tally/index.ts'
import { votes } from '../features/votes/index.ts'
import { sentMessages } from '../outbox/privacy.ts'
import type { Items } from '../ports/items.ts'
import type { LanguageModel } from '../ports/language.ts'
import { isOnePerson, type OnPeople, openAnswers, type Shared } from './answers.ts'
import type { DataFiles } from './files/files.ts'
import { programmeNames, programmesIn, usualWindows, wordsOf } from './files/knowledge-words.ts'
import { deadlineCheckOf, lineWriterOf } from './files/models.ts'
import { auditDaysOf } from './files/settings.ts'
import { siteSearchScripts } from './files/site-search.ts'
import type { ChatLines } from './lines/index.ts'
import { hasOnlySandbox } from './lines/plan/plan.ts'
import { openPeople } from './people.ts'
import { nightlyBackup } from './platform/backups.ts'
import type { Platform } from './platform/platform.ts'
import { setAsideFiles } from './platform/set-aside.ts'

const explained = ['签到', '提问', '政策匹配', '统计']
const tip = '想问政策、补贴、项目申报：@我，直接打字问（私聊不用 @）'

type Parts = {
  config: Config
  platform: Platform
  lines: ChatLines
  files: DataFiles
  /** A log-in link to the console for this person. */
  createLoginLink: Parameters<typeof loginFeature>[0]['createLoginLink']
  /** Ends the sessions of people who are erased. */
  endSessionsOf: Parameters<typeof loginFeature>[0]['endSessionsOf']
  hasAccount: Parameters<typeof loginFeature>[0]['hasAccount']
}

export type Features = Awaited<ReturnType<typeof openFeatures>>

/** All features, in the order in which their listeners are asked, and what the console and the line need of them. */
export async function openFeatures(parts: Parts) {
  const all: Feature[] = []
  const { people, watch, shared } = openPeople(parts, all)
  const lessons = openLessons(parts, { people, watch, shared })
  const quotations = createQuotations()
  const documents = await openDocuments({
    ...shared,
    web: parts.platform.web,
    visitsPages: !hasOnlySandbox(parts.config),
    quotable: quotations,
    features: () => all,
    isOnePerson: isOnePerson(parts),
  })
  const answers = await openAnswers(parts, {
    people,
    shared,
    items: () => items.items,
    clauses: documents.clauses,
    quote: quotations.find,
  })
  const items = await openItemsOf(parts, {
    shared,
    matching: answers.matching,
    model: answers.model,
    documentsOf: documents.documentsOf,
  })
  const pushes = openPushes(parts, { people, shared, answers, items: items.items })
  const choosing = votes({ ...shared, roster: people.roster, baseUrl: baseUrlOf(parts.config) })
  const pledged = pledges({ ...shared, roster: people.roster, publicText: text => pages.publicText(text) })
  const pages = openSite(parts, {
    all,
    people,
    answers,
    items: items.items,
    pushes,
    lessons,
    choosing,
    pledged,
  })
  all.push(
    people.feature,
    people.groups.feature,
    lessons.feature,
    lessons.tally,
    pushes.feature,
    items.feature,
    pushes.current,
    loginFeature({
      directory: people.directory,
      createLoginLink: parts.createLoginLink,
      endSessionsOf: parts.endSessionsOf,
      hasAccount: parts.hasAccount,
    }),
    help({ features: () => all, directory: people.directory, tip, explained }),
    answers.desk.feature,
    answers.asked.feature,
    answers.knowledge.feature,
    documents.feature,
    answers.matching.feature,
    lessons.signUpForms.feature,
    answers.faqOver(items.items),
    watch.feature,
    choosing.feature,
    pledged.feature,
    pages.feature,
    sentMessages({ ...shared, keepDays: parts.config.SENT_TEXT_DAYS }),
    manual(),
    selfCheck({ store: shared.store, nudges: shared.outbox.nudges }),
    auditFeature({
      ...shared,
      audit: parts.platform.audit,
      keepDays: auditDaysOf(parts.config),
    }),
    parts.lines.groupTasks.feature,
    setAsideFiles(parts.config, parts.platform),
    nightlyBackup({ name: parts.platform.tenant, config: parts.config }, parts.platform),
  )
  const open = [lessons.open, answers.matching.open, choosing.open]
  return { all: all as readonly Feature[], people, watch, open, pages }
}

/** Digests, and what is current between them. */
function openPushes(
  parts: Parts,
  { people, shared, answers, items }: OnPeople & { answers: Answers; items: Items },
) {
  const { knowledge } = parts.files
  const pushes = digest({
    ...shared,
    directory: people.directory,
    cron: parts.config.DIGEST_CRON,
    shelfLifeMinutes: parts.config.DIGEST_SHELF_LIFE_MINUTES,
    groups: people.groups.cards,
    items,
    pictures: createPictures(),
    writeLines: lineWriterOf(knowledge, answers.model, parts.platform),
    asked: answers.asked.kept,
    lines: parts.lines.router,
    groupTasks: parts.lines.groupTasks.port,
    mayAuthorApprove: isOnePerson(parts),
  })
  return {
    ...pushes,
    current: current({
      items,
      sent: pushes.sent,
      programmesIn: programmesIn(knowledge),
      nameOfProgramme: programmeNames(knowledge),
      usualWindows: usualWindows(knowledge),
      clock: parts.platform.clock,
    }),
  }
}

type Answers = Awaited<ReturnType<typeof openAnswers>>
type SiteParts = {
  all: readonly Feature[]
  people: Community
  answers: Answers
  items: Items
  pushes: ReturnType<typeof openPushes>
  lessons: ReturnType<typeof openLessons>
  choosing: ReturnType<typeof votes>
  pledged: ReturnType<typeof pledges>
}

/** Where voters reach the pages: as the settings say, else on this machine. */
function baseUrlOf({ PUBLIC_URL, CONSOLE_URL, HOST, PORT }: Config): string {
  const own = PORT === 0 ? '' : `http://${HOST}:${PORT}`
  return (PUBLIC_URL || CONSOLE_URL || own).replace(/\/+$/u, '')
}

/** The public pages; they show what the other features have approved. */
function openSite({ config, platform, files }: Parts, from: SiteParts) {
  const { store, clock, log } = platform
  const { people, answers, items, pushes, lessons, choosing } = from
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
    pledges: from.pledged.shown,
    withoutNames: people.withoutNames,
    usualTexts: files.knowledge.sources.map(({ text }) => text),
    search: async question =>
      (await answers.knowledge.answerer.answer(question, clock.now())).map(({ text }) => text),
    searchScripts: siteSearchScripts(files, answers.knowledge.entries),
    open: [answers.matching.open, choosing.open, serveAssets(frameAssets)],
    host: config.HOST,
    port: config.PUBLIC_PORT === '' ? undefined : config.PUBLIC_PORT,
    publicUrl: config.PUBLIC_INDEX === 'yes' ? config.PUBLIC_URL.replace(/\/$/u, '') : undefined,
  })
}

function openLessons({ config }: Parts, { people, watch, shared }: ReturnType<typeof openPeople>) {
  const { roster, exports, directory } = people
  const signUpForms = forms({ ...shared, roster, exports })
  const lessons = attendance({
    ...shared,
    roster,
    forms: signUpForms.signUps,
    gaps: watch.gaps,
    exports,
    consoleUrl: config.CONSOLE_URL,
    keepDays: { names: config.ATTENDANCE_DAYS, reasons: config.LEAVE_REASON_DAYS },
  })
  const pictures = createPictures()
  return {
    ...lessons,
    signUpForms,
    tally: tally({ book: lessons.book, roster, directory, exports, pictures, clock: shared.clock }),
  }
}

function openItemsOf(
  { config, platform, files }: Parts,
  {
    shared,
    matching,
    model,
    documentsOf,
  }: {
    shared: Shared
    matching: { companiesFor: Parameters<typeof openItems>[0]['companiesFor'] }
    model: LanguageModel | undefined
    documentsOf: DocumentsFeature['documentsOf']
  },
) {
  const { alarms, log, web } = platform
  return openItems({
    ...shared,
    alarms,
    log,
    web,
    seedFile: files.itemsFile,
    sources: files.sources,
    tagWords: { programmes: wordsOf(files.knowledge), topics: files.topics },
    nameOfProgramme: programmeNames(files.knowledge),
    documentsOf,
    companiesFor: matching.companiesFor,
    checkDeadline: deadlineCheckOf(model, platform),
    keepDays: config.QUESTION_LOG_DAYS,
  })
}
