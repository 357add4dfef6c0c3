import { createPictures } from '../adapters/pictures.ts'
import type { Config } from '../config.ts'
import type { Feature } from '../feature.ts'
import { attendance } from '../features/attendance/index.ts'
import { type Community, community, newClaimCode } from '../features/community/index.ts'
import { current } from '../features/current/index.ts'
import { openDesk } from '../features/desk/index.ts'
import { digest } from '../features/digest/index.ts'
import { openKnowledge } from '../features/faq/editing/index.ts'
import { faq, latestNoticeIn } from '../features/faq/index.ts'
import { help } from '../features/help/index.ts'
import { openItems } from '../features/items/index.ts'
import { line as lineWatch } from '../features/line/index.ts'
import { loginFeature } from '../features/login/index.ts'
import { matching } from '../features/matching/index.ts'
import { questions } from '../features/questions/index.ts'
import { tally } from '../features/tally/index.ts'
import { sentMessages } from '../outbox/privacy.ts'
import type { Items } from '../ports/items.ts'
import type { LanguageModel } from '../ports/language.ts'
import { lineNameOf } from '../ports/line-ids.ts'
import { instructorsIn } from '../sandbox/world-community.ts'
import type { DataFiles } from './files.ts'
import { programmeNames, programmesIn, usualWindows, wordsOf } from './knowledge-words.ts'
import type { ChatLines } from './lines/index.ts'
import { overallStatus } from './lines/status.ts'
import { deadlineCheckOf, lineWriterOf, meaningOf, modelOf, rewordingOf } from './models.ts'
import type { Platform } from './platform.ts'
import { setAsideFiles } from './set-aside.ts'
import { privacyFactsOf } from './settings.ts'

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
}

export type Features = Awaited<ReturnType<typeof openFeatures>>

/** All features, in the order in which their listeners are asked, and what the console and the line need of them. */
export async function openFeatures(parts: Parts) {
  const all: Feature[] = []
  const { people, watch, shared } = openPeople(parts, all)
  const lessons = openLessons(parts, { people, watch, shared })
  const answers = await openAnswers(parts, { people, shared, items: () => items.items })
  const items = await openItemsOf(parts, { shared, matching: answers.matching, model: answers.model })
  const pushes = digest({
    ...shared,
    cron: parts.config.DIGEST_CRON,
    shelfLifeMinutes: parts.config.DIGEST_SHELF_LIFE_MINUTES,
    groups: people.groups.cards,
    items: items.items,
    pictures: createPictures(),
    writeLines: lineWriterOf(parts.files.knowledge, answers.model, parts.platform),
    asked: answers.asked.kept,
    mayAuthorApprove: isOnePerson(parts),
  })
  all.push(
    people.feature,
    people.groups.feature,
    lessons.feature,
    lessons.tally,
    pushes.feature,
    items.feature,
    current({
      items: items.items,
      sent: pushes.sent,
      programmesIn: programmesIn(parts.files.knowledge),
      nameOfProgramme: programmeNames(parts.files.knowledge),
      usualWindows: usualWindows(parts.files.knowledge),
      clock: parts.platform.clock,
    }),
    loginFeature({
      directory: people.directory,
      createLoginLink: parts.createLoginLink,
      endSessionsOf: parts.endSessionsOf,
    }),
    help({ features: () => all, directory: people.directory, tip, explained }),
    answers.desk.feature,
    answers.asked.feature,
    answers.knowledge.feature,
    answers.matching.feature,
    answers.faqOver(items.items),
    watch.feature,
    sentMessages({ ...shared, keepDays: parts.config.SENT_TEXT_DAYS }),
    setAsideFiles(parts.config, parts.platform),
  )
  return { all: all as readonly Feature[], people, watch, open: [lessons.open, answers.matching.open] }
}

/** In the simulated groups one person plays all roles, unless the settings say otherwise. */
function isOnePerson({ config, lines }: Parts): boolean {
  return (
    config.ONE_PERSON_REVIEW === 'true' ||
    (lines.sandbox !== undefined && config.ONE_PERSON_REVIEW === 'sandbox')
  )
}

/** Members, groups and outages of the line, on which the other features build. */
function openPeople({ config, platform, lines }: Parts, all: readonly Feature[]) {
  const { store, clock, scheduler } = platform
  const { router, outbox } = lines
  const people = community({
    store,
    clock,
    outbox,
    scheduler,
    claimCode: newClaimCode(),
    line: senderId => {
      const { title, line } = router.lineNamed(lineNameOf(senderId)) ?? { title: '', line: undefined }
      return { platform: title || config.WECHATY_PUPPET, account: line?.account() ?? '' }
    },
    reachesPrivate: senderId => router.traits({ personId: senderId })?.groupIdsReachPrivate !== false,
    features: () => all,
    keepsParty: config.KEEP_PARTY_MEMBERSHIP === 'yes',
    keepDays: {
      strangers: config.CHAT_PEOPLE_DAYS,
      attendance: config.ATTENDANCE_DAYS,
      exportLog: config.EXPORT_LOG_DAYS,
    },
    privacy: privacyFactsOf(config),
  })
  const watch = lineWatch({
    store,
    clock,
    outbox,
    status: () => overallStatus(router),
    lines: () => router.lines.map(({ name, title, line }) => ({ name, title, view: line.status() })),
    features: () => all,
  })
  return { people, watch, shared: { store, clock, scheduler, outbox, directory: people.directory } }
}

type Shared = ReturnType<typeof openPeople>['shared']
type OnPeople = { people: Community; shared: Shared }

function openLessons({ config }: Parts, { people, watch, shared }: ReturnType<typeof openPeople>) {
  const { roster, exports, directory } = people
  const lessons = attendance({
    ...shared,
    roster,
    gaps: watch.gaps,
    exports,
    consoleUrl: config.CONSOLE_URL,
    keepDays: { names: config.ATTENDANCE_DAYS, reasons: config.LEAVE_REASON_DAYS },
  })
  const pictures = createPictures()
  return {
    ...lessons,
    tally: tally({ book: lessons.book, roster, directory, exports, pictures, clock: shared.clock }),
  }
}

/** Questions and answers: the knowledge base, the question log, instructors, matching, and the FAQ over them. */
async function openAnswers(parts: Parts, { people, shared, items }: OnPeople & { items(): Items }) {
  const { config, platform, files, lines } = parts
  const { alarms, log, clock } = platform
  const { knowledge } = files
  const { roster } = people
  const model = modelOf(config, platform)
  const asking = { ...platform, withoutNames: people.withoutNames }
  const base = await openKnowledge({
    ...shared,
    alarms,
    files: knowledge,
    questions: files.faqQuestions,
    meaning: meaningOf(config, asking),
    isGateOn: config.FAQ_RELEASE_GATE === 'true',
    isOnePerson: isOnePerson(parts),
    desks: files.desks.map(({ name }) => name),
    tellDesk: (name, told) => desk.tellDesk(name, told),
    approvedItems: items,
  })
  const keepDays = config.QUESTION_LOG_DAYS
  const nameOfProgramme = programmeNames(knowledge)
  const asked = questions({ ...shared, roster, log, keepDays, edits: base.edits, nameOfProgramme })
  const desk = await openDesk({
    ...shared,
    roster,
    alarms,
    desks: files.desks,
    // The instructors of the file live in the simulated groups only; real ones are entered on the console.
    seed: lines.sandbox && files.simulatedCommunity ? instructorsIn(files.simulatedCommunity) : [],
    lastAsked: asked.lastAsked,
    edits: base.edits,
    tellEntry: base.tellEntry,
    keepDays,
  })
  const offices = new Map(knowledge.programmes.map(({ id, offices }) => [id, offices]))
  const matched = matching({
    ...shared,
    roster,
    rules: files.matchingRules,
    aliases: new Map(Object.entries(knowledge.aliases.aliases)),
    async instructs(chatId, space) {
      const groups = await desk.groupsOfInstructor(chatId)
      if (!groups || groups.length === 0 || space === '') return groups !== undefined
      const cards = await people.groups.cards.all()
      return cards.some(card => groups.includes(card.id) && card.space === space)
    },
    officesOf: id => offices.get(id) ?? [],
  })
  const faqOver = (items: Items) =>
    faq({
      answerer: base.answerer,
      clock,
      reword: rewordingOf(config, knowledge, model, asking),
      handOver: desk.handOver,
      asked: asked.noteAsked,
      marksModel: modelMarks(config.AI_MARK_OFF_GROUPS, shared.directory),
      offerAfter: matched.offerAfter,
      latestNotice: latestNoticeIn({ items, clock, nameOfProgramme }),
    })
  return { knowledge: base, asked, desk, matching: matched, faqOver, model }
}

function openItemsOf(
  { config, platform, files }: Parts,
  {
    shared,
    matching,
    model,
  }: {
    shared: Shared
    matching: { companiesFor: Parameters<typeof openItems>[0]['companiesFor'] }
    model: LanguageModel | undefined
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
    companiesFor: matching.companiesFor,
    checkDeadline: deadlineCheckOf(model, platform),
    keepDays: config.QUESTION_LOG_DAYS,
  })
}

/** Model-worded answers are marked everywhere but in these groups, by name. */
function modelMarks(offGroups: string, directory: Shared['directory']) {
  const off = new Set(offGroups.split(/[,，]/u).map(name => name.trim()))
  return async ({ groupId }: { groupId?: string }) => {
    const group = groupId === undefined ? undefined : await directory.group(groupId)
    return group === undefined || !off.has(group.name)
  }
}
