import { Parser } from 'htmlparser2'

type Attributes = Readonly<Record<string, string>>

export type XmlHandler = {
  open?(name: string, attributes: Attributes): void
  text?(text: string): void
  close?(name: string): void
}

/** Reads XML from front to back. Names come without their prefix: WPS and others write `x:row` for `row`. */
export function readXml(xml: string, { open, text, close }: XmlHandler): void {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => open?.(localName(name), withLocalNames(attributes)),
      ontext: data => text?.(data),
      onclosetag: name => close?.(localName(name)),
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
export function addressOf(reference: string): { row: number; column: number } | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference)
  if (!match?.[1]) return undefined
  const column = [...match[1]].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
  return { row: Number(match[2]), column }
}
