import { openDesk, readDesks } from '../../../src/features/desk/index.ts'
import type { Instructor } from '../../../src/features/desk/records.ts'
import { nearOfAll } from '../../../src/features/faq/asked-notes.ts'
import { openKnowledge } from '../../../src/features/faq/editing/index.ts'
import { faq } from '../../../src/features/faq/index.ts'
import { readKnowledge } from '../../../src/features/faq/knowledge/knowledge.ts'
import { verbatim } from '../../../src/features/faq/model/rewording.ts'
import { questions } from '../../../src/features/questions/index.ts'
import type { Role } from '../../../src/ports/directory.ts'
import { createFixedDirectory, createFixedRoster, createWorld, play, type World } from '../../conversation.ts'
import { shareFinder } from '../../shared-finder.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

export const group = '优空间创客群'
export const otherGroup = '恒丰创客群'
/** A question that the base cannot answer. */
export const unknownQuestion = '孩子咳嗽一周了怎么办'

/** Without the situations: they make up nine tenths of the index, and tests of the finder hold them. */
const files = { ...readKnowledge('data'), situations: new Map<string, string[]>() }
const openFinder = shareFinder(files)
export const { desks } = readDesks('data/desks.yaml')

export const he: Instructor = { chatId: 'he', name: '何国平', title: '何老师', desks: [], spaces: [] }
export const lawyer: Instructor = {
  chatId: 'lin',
  name: '林敏',
  title: '林老师',
  desks: ['法律咨询'],
  spaces: [],
}

type Options = {
  seed?: Instructor[]
  roles?: Record<string, Role[]>
  startAt?: string
  /** To go on where an earlier world stopped. */
  world?: World
}

/** A bot with knowledge, desks and question log, 何国平 as instructor, 陈姐 as organizer; a Thursday at 14:00. */
export async function openDeskWorld(options: Options = {}) {
  const world = options.world ?? createWorld(options.startAt ?? '2026-11-26T14:00:00+08:00')
  const { store, clock, alarms, log, scheduler } = world
  const outbox = createRecordingOutbox(clock)
  const directory = createFixedDirectory([group, otherGroup], options.roles ?? { chen: ['organizer'] })
  const roster = createFixedRoster([
    { id: 'm-mei', name: '优空间-林小美' },
    { id: 'm-zhang', name: '优空间-张唯' },
  ])
  const shared = { store, clock, outbox, directory, roster }
  const knowledge = await openKnowledge({
    store,
    directory,
    clock,
    alarms,
    scheduler,
    files,
    finder: await openFinder(),
    questions: [],
    isGateOn: true,
    isOnePerson: false,
    desks: desks.map(({ name }) => name),
    tellDesk: (to, letter) => desk.tellDesk(to, letter),
  })
  const { answerer } = knowledge
  const asked = questions({
    ...shared,
    scheduler,
    log,
    keepDays: 180,
    edits: knowledge.edits,
    nameOfProgramme: id => files.programmes.find(programme => programme.id === id)?.name ?? id,
  })
  const desk = await openDesk({
    ...shared,
    alarms,
    desks,
    seed: options.seed ?? [he],
    lastAsked: asked.lastAsked,
    edits: knowledge.edits,
    tellEntry: knowledge.tellEntry,
    nearTo: async question => nearOfAll(await answerer.answer(question, clock.now())),
    keepDays: 180,
  })
  const features = [
    desk.feature,
    asked.feature,
    knowledge.feature,
    faq({ answerer, clock, reword: verbatim, handOver: desk.handOver, asked: asked.noteAsked }),
  ]
  const played = play(world, directory, features)
  const { person } = played
  return {
    world,
    outbox,
    desk,
    asked,
    knowledge,
    ...played,
    mei: person('mei', '优空间-林小美', group),
    meiAlone: person('mei', '小美'),
    zhang: person('zhang', '优空间-张唯', group),
    he: person('he', '何国平'),
    lin: person('lin', '林敏'),
    chen: person('chen', '陈姐'),
  }
}
