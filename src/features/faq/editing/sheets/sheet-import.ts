import { Refusal } from '../../../../feature.ts'
import type { RecordedActor } from '../../../../ports/actor.ts'
import type { Clock } from '../../../../ports/clock.ts'
import type { Change } from '../changes/records.ts'
import type { Drafts } from '../drafts.ts'
import { formFieldsOf } from '../forms.ts'
import type { KnowledgeEditor } from '../knowledge-editor.ts'
import { type PlannedDraft, planDrafts } from './draft-plan.ts'
import { type ImportPlan, planEntryImport } from './import-plan.ts'
import { type PlainQuestion, plainQuestionsIn } from './question-sheet.ts'
import { entrySheetIn, isEntrySheet, type ReadSheet, tablesIn } from './sheet-file.ts'

export type ImportDryRun = ImportPlan & { fileName: string; ignoredColumns: string[] }
/** Dry run of importing a sheet of questions and answers, row by row. */
export type DraftDryRun = {
  fileName: string
  rows: PlannedDraft[]
}
export type SheetImport = ReturnType<typeof createSheetImport>

/** A dry run can be confirmed for this long. */
const dryRunMinutes = 30

type DryRun = { kind: 'entries'; sheet: ReadSheet } | { kind: 'drafts'; questions: PlainQuestion[] }
type UploadedFile = { name: string; bytes: Uint8Array }

/** Sheets that were looked at and wait for the same person to confirm them. */
export function createSheetImport(editor: KnowledgeEditor, drafts: Drafts, clock: Clock) {
  const waiting = new Map<string, { dryRun: DryRun; fileName: string; atMs: number }>()
  const ground = () => ({ base: editor.state().base, seed: editor.seed, programmes: editor.programmes })
  const keep = (by: RecordedActor, fileName: string, dryRun: DryRun) =>
    waiting.set(by.id, { dryRun, fileName, atMs: clock.now().epochMilliseconds })

  async function plan(questions: readonly PlainQuestion[]): Promise<PlannedDraft[]> {
    const { base } = editor.state()
    const entries = editor.entries().map(entry => ({
      ...entry,
      fields: () => formFieldsOf(base, { programme: entry.programme, part: 'entries', name: entry.id }),
    }))
    return planDrafts(questions, { drafts: await drafts.list(), entries })
  }

  function dryRunEntries(by: RecordedActor, fileName: string, sheet: ReadSheet): ImportDryRun {
    const plan = planEntryImport(sheet, ground())
    if (plan.wrong === 0 && plan.steps.length > 0) keep(by, fileName, { kind: 'entries', sheet })
    return { ...plan, fileName, ignoredColumns: sheet.ignoredColumns }
  }

  function confirmEntries(sheet: ReadSheet, fileName: string, by: RecordedActor): Promise<Change> {
    const { steps, wrong } = planEntryImport(sheet, ground())
    if (wrong > 0) throw new Refusal('知识刚刚被别人改过，和这个文件对不上了，请重新选一次文件。')
    if (steps.length === 0) throw new Refusal('现在的知识和这个文件已经一样，不用导入。')
    return editor.propose({ kind: 'import', steps, note: fileName }, by)
  }

  async function confirmDrafts(questions: readonly PlainQuestion[], by: RecordedActor): Promise<number> {
    const wanted = (await plan(questions)).flatMap(one => ('id' in one ? [one] : []))
    await drafts.saveAll(wanted, by)
    return wanted.length
  }

  return {
    /** Result of importing this file, without changes. @throws {@link Refusal} for a file that cannot be read */
    async dryRun(by: RecordedActor, { name, bytes }: UploadedFile): Promise<ImportDryRun | DraftDryRun> {
      waiting.delete(by.id)
      const tables = await tablesIn(bytes)
      const questions = isEntrySheet(tables) ? undefined : plainQuestionsIn(tables)
      if (!questions) return dryRunEntries(by, name, entrySheetIn(tables))
      const rows = await plan(questions)
      if (rows.some(row => 'id' in row)) keep(by, name, { kind: 'drafts', questions })
      return { fileName: name, rows }
    },

    /**
     * Hands in what this person last looked at, wholly or not at all.
     * @returns the change that waits for review, or the number of drafts
     * @throws {@link Refusal} when that was too long ago, or the base has changed so that it does not fit any more
     */
    async confirm(by: RecordedActor): Promise<Change | number> {
      const seen = waiting.get(by.id)
      waiting.delete(by.id)
      if (!seen || clock.now().epochMilliseconds - seen.atMs > dryRunMinutes * 60_000)
        throw new Refusal('预览已经过期，请重新选一次文件。')
      const { dryRun, fileName } = seen
      return dryRun.kind === 'entries'
        ? confirmEntries(dryRun.sheet, fileName, by)
        : confirmDrafts(dryRun.questions, by)
    },
  }
}
