import { Parser } from 'htmlparser2'
import { ArchiveFault } from './archive.ts'

type Attributes = Readonly<Record<string, string>>

export type XmlHandler = {
  open?(name: string, attributes: Attributes): void
  text?(text: string): void
  close?(name: string): void
}

/** Elements in one another; a workbook has some ten. The parser takes longer with each that is open. */
const mostOpen = 200

/**
 * Reads XML from front to back. Names come without their prefix: WPS and others write `x:row` for `row`.
 * @throws {@link ArchiveFault} where elements stand deeper in one another than any workbook's
 */
export function readXml(xml: string, { open, text, close }: XmlHandler): void {
  let depth = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1
        if (depth > mostOpen) throw new ArchiveFault('broken')
        open?.(localName(name), withLocalNames(attributes))
      },
      ontext: data => text?.(data),
      onclosetag(name) {
        depth -= 1
        close?.(localName(name))
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.write(xml)
  parser.end()
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

function withLocalNames(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [localName(name), value]))
}

/** `C12` → row 12, column 3, both from 1; undefined for what is no address. */
export function cellPlaceOf(reference: string): { row: number; column: number } | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference)
  if (!match?.[1]) return undefined
  const column = [...match[1]].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
  return { row: Number(match[2]), column }
}
