import type { Config } from '../../config.ts'
import type { Community } from '../../features/community/index.ts'
import { openDesk } from '../../features/desk/index.ts'
import type { DocumentsFeature } from '../../features/documents/index.ts'
import { nearOfAll } from '../../features/faq/asked-notes.ts'
import { type KnowledgeFeature, openKnowledge } from '../../features/faq/editing/index.ts'
import { type FaqParts, faq, latestNoticeIn } from '../../features/faq/index.ts'
import type { FindQuotation } from '../../features/faq/quotes/quotations.ts'
import { matching } from '../../features/matching/index.ts'
import { questions } from '../../features/questions/index.ts'
import type { RunningOutbox } from '../../outbox/index.ts'
import type { Clauses } from '../../ports/clauses.ts'
import type { TellDesk } from '../../ports/desk.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Items } from '../../ports/items.ts'
import { instructorsIn } from '../../sandbox/world/community.ts'
import type { DataFiles } from '../files/files.ts'
import { programmeNames } from '../files/knowledge-words.ts'
import { meaningOf, modelOf, rewordingOf } from '../files/models.ts'
import type { ChatLines } from '../lines/index.ts'
import { hasOnlySandbox } from '../lines/plan/plan.ts'
import type { Platform } from '../platform/platform.ts'

type Parts = { config: Config; platform: Platform; lines: ChatLines; files: DataFiles }
/** The parts that every feature builds on. */
export type Shared = Pick<Platform, 'store' | 'clock' | 'scheduler'> & {
  outbox: RunningOutbox
  directory: Directory
}
export type OnPeople = { people: Community; shared: Shared }

export type Answers = Awaited<ReturnType<typeof openAnswers>>

/** Whether one person may play all roles: in the simulated groups, unless the settings say otherwise. */
export function isOnePerson({ config }: Pick<Parts, 'config' | 'lines'>): boolean {
  return (
    config.ONE_PERSON_REVIEW === 'true' || (hasOnlySandbox(config) && config.ONE_PERSON_REVIEW === 'sandbox')
  )
}

type AnswerParts = OnPeople & {
  items(): Items
  clauses: Clauses
  quote: FindQuotation
} & Pick<DocumentsFeature, 'originalPage' | 'hasOriginal'>

/** Questions and answers: the knowledge base, the question log, instructors, matching, and the FAQ over them. */
export async function openAnswers(parts: Parts, given: AnswerParts) {
  const { people, shared, clauses, originalPage, hasOriginal } = given
  const { config, platform, files } = parts
  const { alarms, log, clock } = platform
  const { knowledge, desks } = files
  const { roster } = people
  const model = modelOf(config, platform)
  const asking = { ...platform, withoutNames: people.withoutNames }
  const base = await openBase(parts, given, (name, told) => desk.tellDesk(name, told))
  const keepDays = config.QUESTION_LOG_DAYS
  const nameOfProgramme = programmeNames(knowledge)
  const asked = questions({ ...shared, roster, log, keepDays, edits: base.edits, nameOfProgramme })
  const desk = await openDesk({
    summaryTime: () => platform.settings.current().summaryTime,
    ...shared,
    roster,
    alarms,
    desks,
    seed: seedInstructors(parts),
    lastAsked: asked.lastAsked,
    edits: base.edits,
    tellEntry: base.tellEntry,
    nearTo: async question => nearOfAll(await base.answerer.answer(question, clock.now())),
    keepDays,
  })
  const matched = openMatching(files, { people, shared, clauses, instructs: instructsOver(desk, people) })
  const faqOver = (items: Items, whereUnknown: NonNullable<FaqParts['whereUnknown']>) =>
    faq({
      answerer: base.answerer,
      clock,
      reword: rewordingOf(config, model, { ...asking, ...base, knowledge, clauses }),
      handOver: desk.handOver,
      asked: asked.noteAsked,
      marksModel: modelMarks(config.AI_MARK_OFF_GROUPS, shared.directory),
      offerAfter: matched.offerAfter,
      whereUnknown,
      ...{ originalPage, hasOriginal },
      latestNotice: latestNoticeIn({ items, clock, nameOfProgramme }),
    })
  return { knowledge: base, asked, desk, matching: matched, faqOver, model }
}

/** The knowledge base over the files of knowledge. */
const openBase = (
  parts: Parts,
  { people, shared, items, clauses, quote }: AnswerParts,
  tellDesk: TellDesk,
): Promise<KnowledgeFeature> =>
  openKnowledge({
    ...shared,
    alarms: parts.platform.alarms,
    files: parts.files.knowledge,
    questions: parts.files.faqQuestions,
    finder: parts.files.index,
    meaning: meaningOf(parts.config, { ...parts.platform, withoutNames: people.withoutNames }),
    clauses,
    quote,
    isGateOn: parts.config.FAQ_RELEASE_GATE === 'true',
    isOnePerson: isOnePerson(parts),
    desks: parts.files.desks.map(({ name }) => name),
    tellDesk,
    approvedItems: items,
  })

/** The instructors of the file live in the simulated groups only; real ones are entered on the console. */
const seedInstructors = ({ lines, files }: Parts) =>
  lines.sandbox && files.simulatedCommunity ? instructorsIn(files.simulatedCommunity) : []

type MatchingParts = OnPeople & {
  clauses: Clauses
  instructs(chatId: string, space: string): Promise<boolean>
}

function openMatching(
  { knowledge, matchingRules }: DataFiles,
  { people, shared, clauses, instructs }: MatchingParts,
) {
  const offices = new Map(knowledge.programmes.map(({ id, offices }) => [id, offices]))
  return matching({
    ...shared,
    roster: people.roster,
    rules: matchingRules,
    clauses,
    aliases: new Map(Object.entries(knowledge.aliases.aliases)),
    instructs,
    officesOf: id => offices.get(id) ?? [],
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

/** Whether a person instructs a space: one of their groups belongs to it, or they have no group of their own. */
function instructsOver(
  desk: Pick<Awaited<ReturnType<typeof openDesk>>, 'groupsOfInstructor'>,
  people: Community,
) {
  return async (chatId: string, space: string): Promise<boolean> => {
    const groups = await desk.groupsOfInstructor(chatId)
    if (!groups || groups.length === 0 || space === '') return groups !== undefined
    const cards = await people.groups.cards.all()
    return cards.some(card => groups.includes(card.id) && card.space === space)
  }
}
