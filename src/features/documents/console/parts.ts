import type { Context } from 'hono'
import { z } from 'zod'
import { lineField, numberInPath, type RefusedForm } from '../../../console/forms.ts'
import type { ConsoleEnv } from '../../../feature.ts'
import type { Recheck } from '../../../ports/clauses.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { DocumentActions } from '../actions.ts'
import type { Dismissals } from '../dismissals/dismissals.ts'
import type { DocumentLibrary } from '../library/library.ts'
import type { OriginalFiles } from '../library/original-files.ts'
import type { DrawPage } from '../original-page.ts'
import type { ReadSource } from '../original-source.ts'
import type { ReadPages } from '../pages/read-pages.ts'
import { basePath } from '../words.ts'
import type { SeenPassages } from './seen-passages.ts'

export type DocumentContext = Context<ConsoleEnv>
export type ShowPage = (c: DocumentContext, refused?: RefusedForm) => Promise<Response>
export type DocumentPageParts = {
  actions: DocumentActions
  library: DocumentLibrary
  files: OriginalFiles
  drawPage: DrawPage
  readSource: ReadSource
  clock: Clock
  pages: Pick<ReadPages, 'confirm' | 'changes'>
  dismissals: Dismissals
  seen: SeenPassages
  /** Content of all features that rests on changed clauses. */
  rechecks(): Promise<Recheck[]>
  /** One person may upload and approve. */
  isOnePerson: boolean
}

/** A public address or nothing. */
export const addressField = lineField.refine(
  address => address === '' || /^https?:\/\/\S+$/u.test(address),
  '网址要以 http:// 或 https:// 开头，没有就留空。',
)
/** A day or nothing. */
export const dayField = z
  .string()
  .trim()
  .default('')
  .refine(day => day === '' || /^\d{4}-\d{2}-\d{2}$/u.test(day), '请选一个日子，或者留空。')
  .transform(day => day || undefined)
/** The number of a document or nothing. */
export const numberField = z
  .string()
  .trim()
  .default('')
  .refine(number => /^\d{0,7}$/u.test(number), '请从名单里选。')
  .transform(number => (number === '' ? undefined : Number(number)))
/** The page of the document that the address names. */
export const documentPage = (c: DocumentContext) => `${basePath}/${numberInPath(c)}`
