import type { Context } from 'hono'
import { numberInPath, type RefusedForm } from '../../../console/forms.ts'
import { backToList } from '../../../console/paging.ts'
import type { ConsoleEnv } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { ItemActions } from '../actions.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { UploadedDocument } from '../sources/attached.ts'
import { basePath } from '../words.ts'

export type ItemContext = Context<ConsoleEnv>
export type ShowItem = (c: ItemContext, refused?: RefusedForm) => Promise<Response>
export type ItemPageParts = {
  actions: ItemActions
  catalogue: Catalogue
  clock: Clock
  nameOfProgramme(id: string): string
  /** Documents of the library that were uploaded for an item, with their pages. */
  documentsOf(item: number): readonly UploadedDocument[]
  /** About how many saved companies may use a programme; undefined where that may not be told. */
  companiesFor(programme: string): Promise<number | undefined>
}

/** The page of the item that the address names. */
export const itemPage = (c: ItemContext) => `${basePath}/${numberInPath(c)}`

const inbox = { path: basePath, fields: ['state', 'q', 'page'] }
/**
 * The inbox as it stood when a form of it was shown.
 * @param more what it is to tell beside, as fields of its address
 */
export const inboxOf = (c: ItemContext, more?: Record<string, string>) => backToList(c, inbox, more)
