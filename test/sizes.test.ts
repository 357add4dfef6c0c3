import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAst } from 'vitest/node'

const folders = ['src', 'tools'].flatMap(top => [
  top,
  ...readdirSync(top, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name)),
])
const filesIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(folder, entry.name))
const files = folders.flatMap(filesIn).filter(file => file.endsWith('.ts'))

type Node = { type: string; start: number; end: number; [field: string]: unknown }
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode)

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])
const isFunction = (node: Node) => functionTypes.has(node.type) && isNode(node.body)
/** A list of values is as long as it has values. */
const isList = ({ body }: Node) =>
  isNode(body) &&
  body.type === 'ObjectExpression' &&
  childrenOf(body).every(({ value }) => isNode(value) && value.type === 'Literal')
const isCode = (line: string) => !/^\s*(?:\/\/|\/?\*|$)/u.test(line)
const nameOf = (node: unknown): string | undefined =>
  isNode(node) && typeof node.name === 'string' ? node.name : undefined

type Measured = { file: string; name: string | undefined; lines: number; ownLines: number }

/** Every function of a text: its lines, and those that are code and in no function inside it. */
function functionsIn(file: string, text: string): Measured[] {
  const lines = text.split('\n')
  const starts = [0, ...Array.from(text.matchAll(/\n/gu), ({ index }) => index + 1)]
  const lineAt = (offset: number) => starts.findLastIndex(start => start <= offset)
  const found: Measured[] = []

  function visit(node: Node, parent: Node | undefined, around: Set<number> | undefined): void {
    const isMeasured = isFunction(node)
    const own = isMeasured ? new Set<number>() : around
    const [first, last] = [lineAt(node.start), lineAt(node.end - 1)]
    if (isMeasured) {
      for (let line = first; line <= last; line++) if (isCode(lines[line] ?? '')) own?.add(line)
      for (let line = first + 1; line <= last; line++) around?.delete(line)
    }
    for (const child of childrenOf(node)) visit(child, node, own)
    if (isMeasured) {
      const name = nameOf(node.id) ?? nameOf(parent?.key) ?? nameOf(parent?.id)
      found.push({ file, name, lines: last - first + 1, ownLines: isList(node) ? 1 : (own?.size ?? 0) })
    }
  }

  visit(parseAst(text, { lang: 'ts' }) as unknown as Node, undefined, undefined)
  return found
}

const functions = files.flatMap(file => functionsIn(file, readFileSync(file, 'utf8')))

test('lines of a function inside another count once', () => {
  const text =
    'function outer() {\n  // says why\n  const inner = () => {\n    return 1\n  }\n  return inner\n}'
  const measured = functionsIn('sample.ts', text).map(({ name, ownLines }) => ({ name, ownLines }))
  expect(measured).toEqual([
    { name: 'inner', ownLines: 3 },
    { name: 'outer', ownLines: 4 },
  ])
})

test('no function has more than 40 lines of its own', () => {
  expect(functions.length).toBeGreaterThan(5000)
  expect(functions.filter(({ ownLines }) => ownLines > 40)).toEqual([])
})

test('half of the named functions have at most 8 lines', () => {
  const named = functions.filter(({ name }) => name !== undefined)
  const short = named.filter(({ lines }) => lines <= 8)
  expect(short.length * 2).toBeGreaterThanOrEqual(named.length)
})

test('no file has more than 250 lines', () => {
  const long = files.filter(file => readFileSync(file, 'utf8').trimEnd().split('\n').length > 250)
  expect(long).toEqual([])
})

test('no folder but that of the ports has more than 18 files', () => {
  const full = folders.filter(folder => filesIn(folder).length > 18)
  expect(full).toEqual(['src/ports'])
})

test('files have the names of things', () => {
  // Nouns of the field, of those that end like a verb's form.
  const noun = /(?:folding|learning|meaning|nesting|numbering|paging|ranking|training|wording)\.ts$/u
  expect(files.filter(file => basename(file).endsWith('ing.ts') && !noun.test(file))).toEqual([])
})
