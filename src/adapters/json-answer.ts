import { LanguageFault } from '../ports/language.ts'

/** Braces after which looking for an object is given up: a text of nothing but braces is no answer. */
const mostTries = 64

/**
 * The one JSON object in a text that may have prose or a code fence around it.
 * @throws {@link LanguageFault} when there is none, or more than one to choose from
 */
export function onlyObjectIn(text: string): unknown {
  const found: unknown[] = []
  let tries = 0
  for (let at = text.indexOf('{'); at >= 0; ) {
    if (++tries > mostTries) throw new LanguageFault('an answer of braces')
    const end = endOfObject(text, at)
    const object = end === undefined ? undefined : parsed(text.slice(at, end))
    if (object !== undefined) found.push(object)
    at = text.indexOf('{', object !== undefined && end !== undefined ? end : at + 1)
  }
  if (found.length !== 1) throw new LanguageFault(`${found.length} JSON objects in the answer`)
  return found[0]
}

/** Where the brace that opens at `start` is closed; braces in strings do not count. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0
  let isString = false
  for (let at = start; at < text.length; at++) {
    const char = text[at]
    if (isString && char === '\\') at += 1
    else if (char === '"') isString = !isString
    else if (!isString && char === '{') depth += 1
    else if (!isString && char === '}' && --depth === 0) return at + 1
  }
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
