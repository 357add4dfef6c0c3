import { refusalToApprove } from '../../../approval.ts'
import { Refusal } from '../../../feature.ts'
import type { Alarms } from '../../../ports/alarms.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Editor } from '../../../ports/knowledge-edits.ts'
import type { Store } from '../../../ports/store.ts'
import { type KnowledgeFiles, resolveEntries } from '../knowledge.ts'
import { type LiveEntries, shelfOf } from '../live-entries.ts'
import type { Meaning } from '../model/meaning.ts'
import type { Entry } from '../records.ts'
import { searching } from '../search.ts'
import { type ChangeProposal, loadChanges } from './changes.ts'
import { EditFault } from './checking.ts'
import { type KnowledgeState, raiseAlarms, stand } from './knowledge-state.ts'
import {
  type Base,
  baseOf,
  isSame,
  markOf,
  type Piece,
  type PieceAddress,
  pieceAt,
  placeOf,
} from './pieces.ts'
import { type Change, type GateResult, openEditRecords } from './records.ts'
import { createLiveFinder, finderOf } from './trials/live-finder.ts'
import { type Outlook, outlookOf } from './trials/outlook.ts'
import { compareRuns, isLowered, type TrialQuestion, tryAll } from './trials/trial.ts'

export type RoomParts = {
  store: Store
  clock: Clock
  alarms: Alarms
  files: KnowledgeFiles
  /** The questions that ship; every change is tried against them. */
  questions: readonly TrialQuestion[]
  /** What lowers their result goes live only when a reviewer says so. */
  isGateOn: boolean
  /** Whoever wrote a change may also approve it. */
  isOnePerson: boolean
  /** Compares by meaning, where there is an endpoint for it. */
  meaning?: Meaning | undefined
}

/** What the shipped questions said to a base, and to the changes that wait for it, by number. */
type Trial = { base: Base; before: ReturnType<typeof tryAll>; after: Map<number, Promise<GateResult>> }

export type EditingRoom = Awaited<ReturnType<typeof openEditingRoom>>

/** The base as it is answered from, and everything that may be done to it. One edit is made after another. */
export async function openEditingRoom(parts: RoomParts) {
  const { store, clock, alarms, files, questions, isGateOn, isOnePerson, meaning } = parts
  const { programmes, thresholds } = files
  const records = openEditRecords(store)
  const log = await loadChanges(records, clock)
  const seed = baseOf(files.sources.map(({ value }) => value))
  let standing: KnowledgeState = stand(seed, log.live(), programmes)
  let entries: Entry[] = []
  let shelf: LiveEntries = shelfOf({ entries: [], programmes, thresholds })
  const finder = await createLiveFinder(standing.base, files)
  const search = searching(finder, meaning)
  let turn: Promise<unknown> = Promise.resolve()
  let tried: Trial | undefined
  lookAround()

  function lookAround(): void {
    entries = resolveEntries([...standing.base.values()])
    const live = entries.filter(({ status }) => status === 'live')
    shelf = shelfOf({ entries: live, programmes, thresholds })
    raiseAlarms(standing, alarms)
  }

  async function follow(): Promise<void> {
    standing = stand(seed, log.live(), programmes)
    lookAround()
    await finder.follow(standing.base)
  }

  /** One edit after another, so that each sees what the one before did. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work, work)
    turn = mine
    return mine
  }

  const lookAhead = (change: Pick<Change, 'steps'>): Outlook =>
    outlookOf(change.steps, { base: standing.base, seed, programmes })

  function soundOutlook(change: Pick<Change, 'steps'>): Outlook {
    const outlook = lookAhead(change)
    if (outlook.troubles.length > 0) throw new EditFault(outlook.troubles)
    if (outlook.steps.every(({ before, after }) => isSame(before, after)))
      throw new Refusal('和现在的内容完全一样，不用保存。')
    return outlook
  }

  /** The shipped questions, with the base as it is and as a change would make it; found once until something changes. */
  function gateOf(number: number, { base }: Pick<Outlook, 'base'>): Promise<GateResult> {
    const now = standing.base
    if (tried?.base !== now) tried = { base: now, before: tryAll(search, questions), after: new Map() }
    const { before, after } = tried
    const found = after.get(number) ?? compare(before, base)
    after.set(number, found)
    return found
  }

  async function compare(before: ReturnType<typeof tryAll>, base: Base): Promise<GateResult> {
    const wouldFind = searching(await finderOf(base, files), meaning)
    return compareRuns(await before, await tryAll(wouldFind, questions))
  }

  return {
    isGateOn,
    isOnePerson,
    programmes,
    sources: files.sources,
    seed,
    records,
    questions,
    changes: { list: log.list, find: log.find },
    standing: () => standing,
    /** Every entry, drafts and withdrawn ones too. */
    entries: () => entries,
    shelf: {
      entry: id => shelf.entry(id),
      programme: id => shelf.programme(id),
      thresholds: id => shelf.thresholds(id),
    } satisfies LiveEntries as LiveEntries,
    search,
    /** What stood at a place when its mark was this: now, in the file, or at any time since. */
    pieceSeen(place: PieceAddress, mark: string): Piece | undefined {
      const known = [
        pieceAt(standing.base, place),
        pieceAt(seed, place),
        ...log
          .live()
          .flatMap(({ steps }) =>
            steps.flatMap(step => (isSame(placeOf(step), place) ? [step.before, step.after] : [])),
          ),
      ]
      return known.find(piece => piece && markOf(piece) === mark)
    },
    lookAhead,
    gateOf,

    /**
     * Hands a change in for review.
     * @throws {@link EditFault} where it is not sound or does not fit what stands now
     */
    propose: (proposal: ChangeProposal, by: Editor): Promise<Change> =>
      inTurn(async () => {
        soundOutlook(proposal)
        return log.propose(proposal, by)
      }),

    /**
     * Lets a change go live.
     * @returns what the gate found where it stays closed; then nothing was changed
     * @throws {@link Refusal} for one's own change, {@link EditFault} where it does not fit any more
     */
    approve: (number: number, by: Editor, isOverridden: boolean): Promise<Change | GateResult> =>
      inTurn(async () => {
        const change = log.waiting(number)
        const toAuthor = '自己写的改动要由另一位审核人来批准。'
        const refusal = refusalToApprove({ by, author: change.by, isOnePerson, toAuthor })
        if (refusal) throw new Refusal(refusal)
        const outlook = soundOutlook(change)
        const gate = await gateOf(number, outlook)
        if (isGateOn && isLowered(gate) && !isOverridden) return gate
        const live = await log.approve({
          number,
          by,
          steps: outlook.steps,
          gate,
          isOverridden: isLowered(gate) && isOverridden,
        })
        await follow()
        return live
      }),

    giveBack: (number: number, by: Editor, note: string): Promise<Change> =>
      inTurn(() => log.giveBack({ number, by, note })),

    /** Takes one's own change back before anybody decided. */
    takeBack: (number: number, by: Editor): Promise<Change> =>
      inTurn(async () => {
        if (log.waiting(number).by.id !== by.id) throw new Refusal('只有提交的人能收回；审核人可以退回。')
        return log.takeBack({ number, by })
      }),

    /** Takes an entry out of use at once: what is wrong must not wait for a second person. */
    withdraw: (place: PieceAddress, by: Editor, note: string): Promise<Change> =>
      inTurn(async () => {
        const now = pieceAt(standing.base, place)
        if (!now || now.status === 'withdrawn') throw new Refusal('这一条已经撤下了。')
        const { steps } = soundOutlook({
          steps: [{ ...place, before: now, after: { ...now, status: 'withdrawn' } }],
        })
        const change = await log.enact({ kind: 'withdraw', steps, note }, by)
        await follow()
        return change
      }),

    /** Ends a dispute between an edit and its file. What the file left out is withdrawn. */
    settle: (place: PieceAddress, choice: 'ours' | 'file', by: Editor): Promise<Change> =>
      inTurn(async () => {
        const dispute = standing.disputes.find(one => isSame(one.place, place))
        if (!dispute) throw new Refusal('这一处已经有人处理过了。')
        const { ours, file } = dispute
        const after: Piece = choice === 'ours' ? ours : (file ?? { ...ours, status: 'withdrawn' })
        const step = { ...place, before: ours, after, seed: markOf(file) }
        const note = choice === 'ours' ? '留用控制台的' : file ? '改用文件里的' : '文件里删掉了，撤下'
        const change = await log.enact({ kind: 'settle', steps: [step], note }, by)
        await follow()
        return change
      }),
  }
}
