import type { Context } from 'hono'
import { z } from 'zod'
import type { RefusedForm } from '../../../console/forms.ts'
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

/** One line of text without spaces around it; empty where the field is missing. */
export const line = z.string().trim().default('')
/** The number of the item that an address names. */
export const numberOf = (c: ItemContext) => Number(c.req.param('number'))
/** The page of that item. */
export const here = (c: ItemContext) => `${basePath}/${numberOf(c)}`

const inbox = { path: basePath, fields: ['state', 'q', 'page'] }
/**
 * The inbox as it stood when a form of it was shown.
 * @param more what it is to tell beside, as fields of its address
 */
export const inboxOf = (c: ItemContext, more?: Record<string, string>) => backToList(c, inbox, more)
