import { type Feature, inTopic } from '../../../feature.ts'
import type { SourcePage } from '../../../ports/clauses.ts'
import type { TellDesk } from '../../../ports/desk.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { KnowledgeEdits } from '../../../ports/knowledge-edits.ts'
import type { Scheduler } from '../../../ports/schedule.ts'
import { type Answerer, createAnswerer } from '../answers.ts'
import { clauseAlarmOf, textOf } from '../cited-clauses.ts'
import { keepingAnswers } from '../kept-answers.ts'
import { type ApprovedItems, entriesToCheck } from '../latest-notice.ts'
import type { FindQuotation } from '../quotes/quotations.ts'
import type { Entry } from '../records.ts'
import { knowledgeReport } from './age.ts'
import { knowledgeCommands } from './chat.ts'
import { createEntryDrafts } from './drafts.ts'
import { endReminder } from './end-reminder.ts'
import { editsFromInbox } from './inbox.ts'
import { type KnowledgeEditorParts, openKnowledgeEditor } from './knowledge-editor.ts'
import { editingPage } from './pages/page.ts'
import { type PastAnswer, pastAnswersOf } from './past-answers.ts'
import { editPrivacy } from './privacy.ts'
import { createSheetImport } from './sheets/sheet-import.ts'
import { openTestBench } from './trials/test-bench.ts'

export { indexKnowledge } from './trials/live-finder.ts'
export { readQuestionSet } from './trials/trial.ts'

type Parts = Omit<KnowledgeEditorParts, 'identitiesOf'> & {
  directory: Directory
  scheduler: Scheduler
  /** The desks that may look after an entry, by name. */
  desks: readonly string[]
  tellDesk: TellDesk
  /** Finds words of documents where no entry answers. Default: none. */
  quote?: FindQuotation
  /** Approved notices, from which entries may have to be changed. Default: none. */
  approvedItems?(): ApprovedItems
}
export type KnowledgeFeature = {
  feature: Feature
  /** Answers from the base as it stands at each moment. */
  answerer: Answerer
  edits: KnowledgeEdits
  /** Every entry as it stands, drafts and withdrawn ones too; a new list after an edit. */
  entries(): readonly Entry[]
  /** A live entry; undefined for any other id. */
  entry(id: string): Entry | undefined
  /** A live entry as it is told in chat; undefined for any other id. */
  tellEntry(id: string): string | undefined
  /** Every live entry with its whole text, by programme, for pages that anyone may read. */
  published(): PublishedEntry[]
}

type PublishedEntry = Pick<Entry, 'id' | 'question' | 'otherQuestions'> & {
  programme: string
  text: string
  /** Its earlier answers, latest first. */
  past: PastAnswer[]
}

/**
 * The knowledge as it is looked after: files as the seed, edits over them, a reviewer before anything goes live, and
 * the one finder that chat, try-it box and tests share.
 */
export async function openKnowledge(parts: Parts): Promise<KnowledgeFeature> {
  const { clock, scheduler, desks, tellDesk } = parts
  const editor = await openKnowledgeEditor({ ...parts, identitiesOf: parts.directory.identitiesOf })
  const drafts = createEntryDrafts(editor.records, clock)
  const fresh = createAnswerer(editor.liveEntries, editor.search, {
    clauses: editor.clauses,
    ...(parts.quote && { quote: parts.quote }),
  })
  // An answer also depends on whether the endpoint for meanings is up, where there is one.
  const answerer = parts.meaning
    ? fresh
    : keepingAnswers(fresh, () => `${editor.revision()}/${editor.clauses.version()}`)
  const toCheck = async () => {
    const items = parts.approvedItems?.()
    const nameOfProgramme = (id: string) => editor.liveEntries.programme(id)?.name ?? id
    return items ? entriesToCheck(editor.entries(), { items, clock, nameOfProgramme }) : []
  }
  const clauseAlarms = () =>
    liveOf(editor).flatMap(entry => {
      const alarm = clauseAlarmOf(entry, editor.clauses)
      return alarm ? [{ entry, ...alarm }] : []
    })
  const page = editingPage({
    ...{ editor, drafts, answerer, clock, desks, toCheck, clauseAlarms },
    sheetImport: createSheetImport(editor, drafts, clock),
    bench: await openTestBench(editor, clock),
  })
  const reminder = endReminder({ entries: editor.entries, records: editor.records, scheduler, tellDesk })
  return {
    answerer,
    entries: editor.entries,
    entry: id => editor.liveEntries.entry(id),
    edits: editsFromInbox(editor, drafts),
    tellEntry(id) {
      const entry = editor.liveEntries.entry(id)
      return entry && answerer.tell(entry, clock.now(), 'short')
    },
    published: () =>
      liveOf(editor).map(entry => ({
        id: entry.id,
        question: entry.question,
        otherQuestions: entry.otherQuestions,
        programme: editor.liveEntries.programme(entry.programme)?.name ?? entry.programme,
        text: answerer.tell(entry, clock.now(), 'full'),
        past: pastAnswersOf(editor.changes.list(), entry.id),
      })),
    feature: {
      name: 'knowledge',
      commands: inTopic('知识', knowledgeCommands({ editor, directory: parts.directory })),
      jobs: [reminder],
      personal: editPrivacy(editor),
      pages: [page],
      sourcePages: () => liveOf(editor).flatMap(pagesOf),
      rechecks: () =>
        clauseAlarms().map(({ entry, ...alarm }) => ({
          kind: '知识',
          title: entry.question,
          path: `/knowledge/entries/${entry.id}`,
          text: textOf(entry),
          ...alarm,
        })),
      search: isFound =>
        editor
          .entries()
          .filter(({ id, question, otherQuestions }) => isFound(id, question, ...otherQuestions))
          .map(({ id, question }) => ({ kind: '知识', title: question, path: `/knowledge/entries/${id}` })),
      report: async () => knowledgeReport(editor.entries(), clock.now()),
      async chores() {
        const waiting = editor.changes.list().filter(({ state }) => state === 'waiting').length
        const noticed = (await toCheck()).length
        const begun = (await drafts.list()).length
        return [
          ...(waiting > 0 ? [{ text: `${waiting} 处知识改动等着审`, path: '/knowledge/changes' }] : []),
          ...(begun > 0 ? [{ text: `${begun} 份知识草稿等着写完、交审核`, path: '/knowledge' }] : []),
          ...(noticed > 0
            ? [{ text: `${noticed} 条知识有了新通知，要核`, path: '/knowledge?show=check' }]
            : []),
        ]
      },
    },
  }
}

const liveOf = (editor: Pick<KnowledgeFeature, 'entries'>) =>
  editor.entries().filter(({ status }) => status === 'live')

/** The public pages of an entry's documents. */
const pagesOf = (entry: Entry): SourcePage[] =>
  entry.documents.flatMap(({ link }) =>
    link
      ? [
          {
            kind: '知识',
            title: entry.question,
            path: `/knowledge/entries/${entry.id}`,
            url: link.url,
            text: textOf(entry),
          },
        ]
      : [],
  )
