// Searches the exported site in the browser, with the ranking code of the bot. Bundled when the site is exported;
// `search-data.js` stands before it and holds entries and tables, compressed.
import { createFinder } from '../finder/finder.ts'
import { bytesIn } from './base91.ts'
import { textOfCodes } from './character-codes.ts'
import { rowsOf } from './columns.ts'

const mostShown = 5

async function unpacked(text) {
  const stream = new Blob([bytesIn(text)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

async function readData() {
  const [data, codes] = await Promise.all(globalThis.siteSearch.map(unpacked))
  const { chars, ...more } = JSON.parse(new TextDecoder().decode(data))
  return { ...more, ...JSON.parse(textOfCodes({ chars, codes })) }
}

async function openSearch() {
  const { items, aliases, strangers, makersWords, home, tables, weights } = await readData()
  globalThis.siteTables = { ...tables, weights }
  return createFinder(rowsOf(items), { aliases, home, strangers, makersWords })
}

let opening
/** @returns ids and titles of what may be meant, best first */
globalThis.siteFind = async question => {
  opening ??= openSearch()
  const { kind, ranked, choices } = (await opening).find(question)
  const found = kind === 'choices' ? choices.map(choice => choice.found) : ranked
  return { kind, first: ranked[0]?.item.id, found: found.slice(0, mostShown).map(({ item }) => item) }
}

function show(output, { kind, found }) {
  const text = {
    answer: '最像的是第一条：',
    choices: '你是想问哪一条？',
    none: found.length > 0 ? '没有正好的，最接近的几条：' : '没有找到。换个说法试试，或在群里 @机器人 问。',
  }[kind]
  const words = document.createElement('p')
  words.textContent = text
  const list = document.createElement('ol')
  for (const { id, question } of found) {
    const link = document.createElement('a')
    link.href = `answers/${id}.html`
    link.textContent = question
    const line = document.createElement('li')
    line.append(link)
    list.append(line)
  }
  output.replaceChildren(words, ...(found.length > 0 ? [list] : []))
}

const form = globalThis.document?.querySelector('#search-form')
async function search() {
  const question = new FormData(form).get('q').trim()
  if (question !== '') show(document.querySelector('#search-output'), await globalThis.siteFind(question))
}
form?.addEventListener('submit', event => {
  event.preventDefault()
  void search()
})
// The home page asks by the address.
const asked = form && new URLSearchParams(globalThis.location.search).get('q')
if (asked) {
  form.elements.q.value = asked
  void search()
}
