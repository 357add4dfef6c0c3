import { Refusal } from '../../feature.ts'
import type { FormRecord } from '../../forms/form.ts'
import { tableOf } from '../../forms/sheet.ts'
import { sayTotal } from '../../forms/words.ts'
import { makeFormFile } from '../../ledger/form-file.ts'
import { fillTemplate } from '../../parsing/index.ts'
import type { ChatFile } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ExportedData, ExportLog } from '../../ports/export-log.ts'
import type { Roster } from '../../ports/roster.ts'
import { type FormRecords, templateKey } from './records.ts'

type Parts = { records: FormRecords; roster: Pick<Roster, 'find'>; exports: ExportLog; clock: Clock }
type Taker = Pick<ExportedData, 'byName' | 'road'>
export type FormExports = ReturnType<typeof createFormExports>

/** Answers as files: our own sheet, or the office's filled in. Each export is logged before it is handed over. */
export function createFormExports({ records, roster, exports, clock }: Parts) {
  async function rowsOf(record: FormRecord, taker: Taker) {
    const table = tableOf(record, await roster.find(record.answers.map(({ memberId }) => memberId)))
    await exports.note({ ...taker, what: `「${record.form.title}」报名表`, people: table.rows.length })
    return table
  }

  return {
    async ownFile(record: FormRecord, taker: Taker): Promise<ChatFile> {
      const { columns, rows } = await rowsOf(record, taker)
      return makeFormFile({
        title: record.form.title,
        total: sayTotal(record),
        columns: columns.map(({ names }) => names[0] ?? ''),
        rows,
        exported: { by: taker.byName, at: clock.now() },
      })
    },
    /**
     * Keeps the office's sheet for this form, once it is seen that its columns can be found.
     * @throws {@link Refusal}
     */
    async keepTemplate(
      record: FormRecord,
      file: { name: string; bytes: Uint8Array },
      byName: string,
    ): Promise<void> {
      await fillTemplate(file.bytes, { ...tableOf(record, []), rows: [] })
      const base64 = Buffer.from(file.bytes).toString('base64')
      await records.templates.update(templateKey(record.form.number), () => ({
        name: file.name,
        base64,
        byName,
      }))
    },
    /** @throws {@link Refusal} where there is no template, or it has too few rows */
    async filledTemplate(record: FormRecord, taker: Taker): Promise<ChatFile> {
      const kept = await records.templates.get(templateKey(record.form.number))
      if (!kept) throw new Refusal('还没有上传模板。')
      const bytes = await fillTemplate(
        new Uint8Array(Buffer.from(kept.base64, 'base64')),
        await rowsOf(record, taker),
      )
      const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      return { name: kept.name, mimeType, bytes }
    },
    templateName: async (number: number): Promise<string | undefined> =>
      (await records.templates.get(templateKey(number)))?.name,
  }
}
