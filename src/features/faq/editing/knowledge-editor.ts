import { judgeApproval } from '../../../approval.ts'
import { Refusal } from '../../../feature.ts'
import { createMutex } from '../../../lib/queue.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { Alarms } from '../../../ports/alarms.ts'
import { type Clauses, noClauses } from '../../../ports/clauses.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { Store } from '../../../ports/store.ts'
import type { KnowledgeFiles } from '../knowledge/knowledge.ts'
import type { Meaning } from '../model/meaning.ts'
import { type ChangeProposal, loadChanges } from './changes/change-log.ts'
import { EditFault } from './changes/checks.ts'
import { withClauseMarks } from './changes/clause-marks.ts'
import {
  isSame,
  markOf,
  markOfSteps,
  type Piece,
  type PieceAddress,
  pieceAt,
  placeOf,
} from './changes/pieces.ts'
import type { ChangePreview } from './changes/preview.ts'
import { type Change, type GateResult, openEditRecords } from './changes/records.ts'
import { type FollowedKnowledge, followChanges } from './followed-knowledge.ts'
import type { LiveFinder } from './trials/live-finder.ts'
import { isLowered, type TrialQuestion } from './trials/trial.ts'

export type KnowledgeEditorParts = {
  store: Store
  clock: Clock
  alarms: Alarms
  files: KnowledgeFiles
  /** The shipped questions; every change is tried against them. */
  questions: readonly TrialQuestion[]
  /** A change that lowers their result goes live only when a reviewer overrides it. */
  isGateOn: boolean
  /** The author of a change may also approve it. */
  isOnePerson: boolean
  identitiesOf: Directory['identitiesOf']
  /** The clauses that entries cite. Default: there are none. */
  clauses?: Clauses
  /** Compares by meaning, if an endpoint is configured. */
  meaning?: Meaning | undefined
  /** Over the files without edits, see {@link indexKnowledge}; the editor's own from now on. Default: a new one. */
  finder?: LiveFinder | undefined
}

export type KnowledgeEditor = Awaited<ReturnType<typeof openKnowledgeEditor>>

/** The knowledge as it is answered from, and the edits to it, which run one at a time. */
export async function openKnowledgeEditor(parts: KnowledgeEditorParts) {
  const { store, clock, files, questions, isGateOn, isOnePerson } = parts
  const records = openEditRecords(store)
  const log = await loadChanges(records, clock)
  const knowledge = await followChanges(parts, log)
  const { state, seed, search, preview, gateOf } = knowledge
  const reads = {
    isGateOn,
    isOnePerson,
    programmes: files.programmes,
    makersWords: files.makersWords,
    sources: files.sources,
    clauses: parts.clauses ?? noClauses,
    seed,
    records,
    questions,
    changes: { list: log.list, find: log.find },
    state,
    /** Every entry, drafts and withdrawn ones too. */
    entries: knowledge.entries,
    revision: knowledge.revision,
    liveEntries: knowledge.liveEntries,
    search,
    preview,
    gateOf,
    /** The piece of an address that had this mark: now, in the file, or at any time since. */
    pieceSeen(place: PieceAddress, mark: string): Piece | undefined {
      const known = [
        pieceAt(state().base, place),
        pieceAt(seed, place),
        ...log
          .live()
          .flatMap(({ steps }) =>
            steps.flatMap(step => (isSame(placeOf(step), place) ? [step.before, step.after] : [])),
          ),
      ]
      return known.find(piece => piece && markOf(piece) === mark)
    },
  }
  return { ...reads, ...editsOf(parts, { log, knowledge }) }
}

type ChangeLog = Awaited<ReturnType<typeof loadChanges>>

/** The edits; each sees what the one before it did. */
function editsOf(
  { isGateOn, isOnePerson, identitiesOf, clauses = noClauses }: KnowledgeEditorParts,
  { log, knowledge }: { log: ChangeLog; knowledge: FollowedKnowledge },
) {
  const { state, preview, gateOf, sync } = knowledge
  const runExclusive = createMutex()

  function checkedPreview(change: Pick<Change, 'steps'>): ChangePreview {
    const checked = preview(change)
    if (checked.troubles.length > 0) throw new EditFault(checked.troubles)
    if (checked.steps.every(({ before, after }) => isSame(before, after)))
      throw new Refusal('和现在的内容完全一样，不用保存。')
    return checked
  }

  /** Puts into effect what needs no second person. */
  async function enact(proposal: ChangeProposal, by: RecordedActor): Promise<Change> {
    const change = await log.enact(proposal, by)
    await sync()
    return change
  }

  return {
    /**
     * Hands a change in for review.
     * @throws {@link EditFault} where it is not sound or does not fit what stands now
     */
    propose: (proposal: ChangeProposal, by: RecordedActor): Promise<Change> =>
      runExclusive(async () => {
        const marked = { ...proposal, steps: withClauseMarks(proposal.steps, clauses) }
        checkedPreview(marked)
        return log.propose(marked, by)
      }),

    /**
     * Lets a change go live; it stays `waiting` where a second person must approve.
     * @returns what the gate found where it stays closed; then nothing was changed
     * @throws {@link Refusal} for one's own change, {@link EditFault} where it does not fit any more
     */
    approve: (number: number, by: RecordedActor, isOverridden: boolean): Promise<Change | GateResult> =>
      runExclusive(async () => {
        const change = log.waiting(number)
        const toAuthor = '自己写的改动要由另一位审核人来批准。'
        const checked = checkedPreview(change)
        const mark = markOfSteps(checked.steps)
        const verdict = judgeApproval({
          ...{ by, identities: await identitiesOf(by.id), authors: [change.by], isOnePerson, toAuthor },
          agreed: (change.agreed ?? []).filter(one => one.mark === mark).map(one => one.by),
        })
        if (verdict.kind === 'refused') throw new Refusal(verdict.text)
        if (verdict.kind === 'agreed') return log.agree({ number, by, mark })
        const gate = await gateOf(number, checked)
        if (isGateOn && isLowered(gate) && !isOverridden) return gate
        const live = await log.approve({
          number,
          by,
          steps: checked.steps,
          gate,
          isOverridden: isLowered(gate) && isOverridden,
        })
        await sync()
        return live
      }),

    giveBack: (number: number, by: RecordedActor, note: string): Promise<Change> =>
      runExclusive(() => log.giveBack({ number, by, note })),

    /** Withdraws one's own change before the review. */
    takeBack: (number: number, by: RecordedActor): Promise<Change> =>
      runExclusive(async () => {
        if (log.waiting(number).by.id !== by.id) throw new Refusal('只有提交的人能收回；审核人可以退回。')
        return log.takeBack({ number, by })
      }),

    /** Takes an entry out of use at once: what is wrong must not wait for a second person. */
    withdraw: (place: PieceAddress, by: RecordedActor, note: string): Promise<Change> =>
      runExclusive(async () => {
        const now = pieceAt(state().base, place)
        if (!now || now.status === 'withdrawn') throw new Refusal('这一条已经撤下了。')
        const { steps } = checkedPreview({
          steps: [{ ...place, before: now, after: { ...now, status: 'withdrawn' } }],
        })
        return enact({ kind: 'withdraw', steps, note }, by)
      }),

    /** Ends a dispute between an edit and its file. An entry that the file dropped is withdrawn. */
    settle: (place: PieceAddress, choice: 'ours' | 'file', by: RecordedActor): Promise<Change> =>
      runExclusive(async () => {
        const dispute = state().disputes.find(one => isSame(one.place, place))
        if (!dispute) throw new Refusal('这一处已经有人处理过了。')
        const { ours, file } = dispute
        const after: Piece = choice === 'ours' ? ours : (file ?? { ...ours, status: 'withdrawn' })
        const step = { ...place, before: ours, after, seed: markOf(file) }
        const note = choice === 'ours' ? '留用控制台的' : file ? '改用文件里的' : '文件里删掉了，撤下'
        return enact({ kind: 'settle', steps: [step], note }, by)
      }),

    /** Takes a person out of what is kept of the changes; their steps stay. */
    rewrite: (next: (change: Change) => Change) => runExclusive(() => log.rewrite(next)),
  }
}
