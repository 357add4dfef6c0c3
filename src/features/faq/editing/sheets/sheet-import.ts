import { Refusal } from '../../../../feature.ts'
import type { Clock } from '../../../../ports/clock.ts'
import type { Editor } from '../../../../ports/knowledge-edits.ts'
import type { Change } from '../changes/records.ts'
import type { KnowledgeEditor } from '../knowledge-editor.ts'
import { type ImportPlan, planImport } from './import-plan.ts'
import { type ReadSheet, readEntrySheet } from './sheet-file.ts'

export type ImportDryRun = ImportPlan & { fileName: string; ignoredColumns: string[] }
export type SheetImport = ReturnType<typeof createSheetImport>

/** A dry run is good for so long: afterwards it is better to look again. */
const dryRunMinutes = 30

/** Sheets that were looked at and wait for the same person to hand them in. */
export function createSheetImport(editor: KnowledgeEditor, clock: Clock) {
  const waiting = new Map<string, { sheet: ReadSheet; fileName: string; atMs: number }>()
  const ground = () => ({ base: editor.state().base, seed: editor.seed, programmes: editor.programmes })

  return {
    /** What sheetImport this file would do; nothing is changed. @throws {@link Refusal} for a file that cannot be read */
    async dryRun(by: Editor, { name, bytes }: { name: string; bytes: Uint8Array }): Promise<ImportDryRun> {
      waiting.delete(by.id)
      const sheet = await readEntrySheet(bytes)
      const plan = planImport(sheet, ground())
      if (plan.wrong === 0 && plan.steps.length > 0)
        waiting.set(by.id, { sheet, fileName: name, atMs: clock.now().epochMilliseconds })
      return { ...plan, fileName: name, ignoredColumns: sheet.ignoredColumns }
    },

    /**
     * Hands in what this person last looked at, wholly or not at all.
     * @throws {@link Refusal} when that was too long ago, or the base has changed so that it does not fit any more
     */
    async confirm(by: Editor): Promise<Change> {
      const seen = waiting.get(by.id)
      waiting.delete(by.id)
      if (!seen || clock.now().epochMilliseconds - seen.atMs > dryRunMinutes * 60_000)
        throw new Refusal('预览已经过期，请重新选一次文件。')
      const { steps, wrong } = planImport(seen.sheet, ground())
      if (wrong > 0) throw new Refusal('知识刚刚被别人改过，和这个文件对不上了，请重新选一次文件。')
      if (steps.length === 0) throw new Refusal('现在的知识和这个文件已经一样，不用导入。')
      return editor.propose({ kind: 'import', steps, note: seen.fileName }, by)
    },
  }
}
