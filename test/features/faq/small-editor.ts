import type { Piece, PieceAddress } from '../../../src/features/faq/editing/changes/pieces.ts'
import { createEntryDrafts } from '../../../src/features/faq/editing/drafts.ts'
import { editsFromInbox } from '../../../src/features/faq/editing/inbox.ts'
import { openKnowledgeEditor } from '../../../src/features/faq/editing/knowledge-editor.ts'
import type { LiveFinder } from '../../../src/features/faq/editing/trials/live-finder.ts'
import type { TrialQuestion } from '../../../src/features/faq/editing/trials/trial.ts'
import { readKnowledge } from '../../../src/features/faq/knowledge/knowledge.ts'
import { createWorld, type World } from '../../conversation.ts'
import { entryYaml, folderWith, headYaml } from './knowledge-samples.ts'

export const chen = { id: 'chen', name: '陈静' }
export const lin = { id: 'lin', name: '林敏' }
export const placeOfOne: PieceAddress = { programme: 'hnte', part: 'entries', name: 'one' }

/** A second entry, about something else. */
export const secondYaml = `  - id: two
    question: 高企去哪里申请？
    otherQuestions: [高企在哪个网站报, 申请高企找谁]
    short: 到认定管理工作网申请。
    details: []
    documents: [rules]
    region: 福建省
    verifiedOn: 2026-08
    owner: 项目申报
    ask: 区科技主管部门
    policy: state
    status: live
    facts: [hnte.how]
    mayHaveChanged: "no"
`
export const filesWith = (entries = entryYaml + secondYaml) =>
  readKnowledge(folderWith({ 'faq/hnte.yaml': headYaml + entries }))

type Options = {
  world?: World
  entries?: string
  questions?: TrialQuestion[]
  isGateOn?: boolean
  isOnePerson?: boolean
  finder?: LiveFinder
}

/** The editing editor over a small base; again over the same store where a world is given. */
export async function openSmallEditor(options: Options = {}) {
  const world = options.world ?? createWorld()
  const { store, clock, alarms } = world
  const editor = await openKnowledgeEditor({
    store,
    clock,
    alarms,
    files: filesWith(options.entries),
    questions: options.questions ?? [],
    isGateOn: options.isGateOn ?? true,
    isOnePerson: options.isOnePerson ?? false,
    identitiesOf: async id => new Set([id]),
    finder: options.finder,
  })
  const drafts = createEntryDrafts(editor.records, clock)
  const pieceOf = (place = placeOfOne): Piece => ({
    ...editor
      .state()
      .base.get(place.programme)
      ?.entries.find(({ id }) => id === place.name),
  })
  /** Hands in an edit of the first entry. */
  const edit = (changes: Piece, by = chen, before = pieceOf()) =>
    editor.propose(
      { kind: 'edit', note: '', steps: [{ ...placeOfOne, before, after: { ...before, ...changes } }] },
      by,
    )
  const told = async (question: string) => {
    const { kind, ranked } = await editor.search(question)
    return kind === 'answer' ? editor.liveEntries.entry(ranked[0]?.item.id ?? '')?.short : undefined
  }
  return { world, editor, drafts, inbox: editsFromInbox(editor, drafts), pieceOf, edit, told }
}
