import { createPictures } from '../adapters/pictures.ts'
import type { Config } from '../config.ts'
import type { Feature } from '../feature.ts'
import { auditFeature } from '../features/audit/index.ts'
import { type DocumentsFeature, openDocuments } from '../features/documents/index.ts'
import { createQuotations } from '../features/faq/quotes/quotations.ts'
import { help } from '../features/help/index.ts'
import { openItems } from '../features/items/index.ts'
import { loginFeature } from '../features/login/index.ts'
import { manualAnswers } from '../features/manual/answers.ts'
import { manual } from '../features/manual/index.ts'
import { pledges } from '../features/pledges/index.ts'
import { selfCheck } from '../features/self-check/index.ts'
import { votes } from '../features/votes/index.ts'
import { sentMessages } from '../outbox/privacy.ts'
import type { Message } from '../ports/chat.ts'
import type { LanguageModel } from '../ports/language.ts'
import type { PersonTurns } from '../ports/person-turns.ts'
import { type Answers, isOnePerson, openAnswers, type Shared } from './features/answers.ts'
import { helpWords, pagesToName } from './features/help-words.ts'
import { openLessons } from './features/lessons.ts'
import { openPeople } from './features/people.ts'
import { openPushes } from './features/pushes.ts'
import { baseUrlOf, openSite, publicAddresses } from './features/site.ts'
import type { DataFiles } from './files/files.ts'
import { programmeNames, programmesIn, wordsOf } from './files/knowledge-words.ts'
import { deadlineCheckOf } from './files/models.ts'
import { auditDaysOf } from './files/settings.ts'
import type { ChatLines } from './lines/index.ts'
import { hasOnlySandbox } from './lines/plan/plan.ts'
import { nightlyBackup } from './platform/backups.ts'
import type { Platform } from './platform/platform.ts'
import { setAsideFiles } from './platform/set-aside.ts'

type Parts = {
  config: Config
  platform: Platform
  lines: ChatLines
  files: DataFiles
  turns: PersonTurns
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
  const documents = await openDocumentsOf(parts, { shared, quotable: quotations, features: () => all })
  const answers = await openAnswers(parts, {
    people,
    shared,
    items: () => items.items,
    clauses: documents.clauses,
    quote: quotations.find,
    ...{ originalPage: documents.originalPage, hasOriginal: documents.hasOriginal },
  })
  const items = await openItemsOf(parts, {
    shared,
    matching: answers.matching,
    model: answers.model,
    documentsOf: documents.documentsOf,
  })
  const pushes = openPushes(parts, { people, shared, answers, items: items.items, documents })
  const memberVotes = votes({ ...shared, roster: people.roster, baseUrl: baseUrlOf(parts.config) })
  const memberPledges = pledges({
    ...shared,
    roster: people.roster,
    publicText: text => pages.publicText(text),
  })
  const opened = { all, people, lessons, documents, answers, pushes, memberVotes, memberPledges }
  const pages = openSite(parts, { ...opened, items: items.items })
  all.push(...inOrder(parts, { ...opened, watch, shared, items, pages }))
  const open = [lessons.open, lessons.signUpForms.open, answers.matching.open, memberVotes.open]
  return { all: all as readonly Feature[], people, watch, open, pages }
}

type DocumentsParts = Pick<Parameters<typeof openDocuments>[0], 'quotable' | 'features'> & {
  shared: ReturnType<typeof openPeople>['shared']
}

const openDocumentsOf = (parts: Parts, { shared, ...given }: DocumentsParts) =>
  openDocuments({
    ...shared,
    ...given,
    web: parts.platform.web,
    pictures: createPictures(),
    visitsPages: !hasOnlySandbox(parts.config),
    isOnePerson: isOnePerson(parts),
    addressOf: publicAddresses(parts.config),
  })

type Opened = ReturnType<typeof openPeople> & {
  all: readonly Feature[]
  lessons: ReturnType<typeof openLessons>
  documents: DocumentsFeature
  answers: Answers
  items: Awaited<ReturnType<typeof openItems>>
  pushes: ReturnType<typeof openPushes>
  memberVotes: ReturnType<typeof votes>
  memberPledges: ReturnType<typeof pledges>
  pages: ReturnType<typeof openSite>
}

/** The features in the order in which their listeners are asked. */
function inOrder(parts: Parts, opened: Opened): Feature[] {
  const { all, people, watch, lessons, answers, items, pushes, documents, pages } = opened
  return [
    people.feature,
    people.groups.feature,
    lessons.feature,
    lessons.tally,
    pushes.feature,
    items.feature,
    pushes.current,
    loginFeature({ ...parts, directory: people.directory }),
    help({ features: () => all, directory: people.directory, ...helpWords, pages: () => pagesToName(all) }),
    answers.desk.feature,
    answers.asked.feature,
    answers.knowledge.feature,
    documents.feature,
    answers.matching.feature,
    lessons.signUpForms.feature,
    answers.faqOver(items.items, whereUnknown(parts, opened)),
    watch.feature,
    opened.memberVotes.feature,
    opened.memberPledges.feature,
    pages.feature,
    ...operating(parts, opened),
    lessons.near,
  ]
}

/**
 * Answers where the knowledge base has none: words near to attendance, then the manual. General words are an answer to
 * an organizer too, unless they send people to the organizers.
 */
function whereUnknown({ files }: Parts, { people, lessons }: Opened) {
  const fromManual = manualAnswers({ ...people, programmesIn: programmesIn(files.knowledge) })
  return async (message: Message, general: string) => {
    const near = await lessons.nearWords(message)
    return near ?? (general === '' || general.includes('组织者') ? fromManual(message) : undefined)
  }
}

/** Features for those who run the bot: sent texts, manual, checks, audit log, files set aside and backups. */
function operating(parts: Parts, { shared, people }: Pick<Opened, 'shared' | 'people'>): Feature[] {
  return [
    sentMessages({ ...shared, keepDays: parts.config.SENT_TEXT_DAYS }),
    manual(),
    selfCheck({ ...shared, roster: people.roster, nudges: shared.outbox.nudges }),
    auditFeature({
      ...shared,
      audit: parts.platform.audit,
      pending: parts.platform.pending,
      keepDays: auditDaysOf(parts.config),
    }),
    parts.lines.groupTasks.feature,
    parts.lines.pages.feature,
    setAsideFiles(parts.config, parts.platform),
    nightlyBackup({ name: parts.platform.tenant, config: parts.config }, parts.platform),
  ]
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
