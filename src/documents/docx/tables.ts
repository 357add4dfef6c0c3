import type { CheerioAPI } from 'cheerio'
import { type Element, elementsOf } from '../elements.ts'

/** Programs that know no text boxes show another copy of them, `mc:Fallback`. */
export const isShown = (page: CheerioAPI, element: Element): boolean =>
  page(element).closest('mc\\:Fallback').length === 0

/**
 * The paragraphs of a table by its rows and cells. Rows of a table within a cell follow the row of that cell.
 */
export const paragraphsByCell = (page: CheerioAPI, table: Element): Element[][][] =>
  elementsOf(page(table).find('w\\:tr'))
    .filter(row => isShown(page, row))
    .map(row => elementsOf(page(row).children('w\\:tc')).map(cell => paragraphsOf(page, cell)))

const paragraphsOf = (page: CheerioAPI, cell: Element): Element[] =>
  elementsOf(page(cell).find('w\\:p')).filter(
    each => page(each).closest('w\\:tc')[0] === cell && isShown(page, each),
  )
