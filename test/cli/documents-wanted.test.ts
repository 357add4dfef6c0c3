import { expect, test } from 'vitest'
import { runDocumentsWanted } from '../../src/cli/documents-wanted.ts'

const run = (...args: string[]) => {
  let out = ''
  runDocumentsWanted(args, text => {
    out += text
    return true
  })
  return out
}

test('the documents of each programme are listed with where they are to be had', () => {
  const said = run()
  expect(said).toContain('《高新技术企业认定管理办法》国科发火〔2016〕32号')
  expect(said).toMatch(/共 \d+ 个项目、\d+ 份文件，\d+ 份有官方网址/u)
  // A page of the programme is not told as the address of the document.
  expect(said).not.toMatch(/没有核到这一份的网址；http/u)
  for (const line of said.split('\n').filter(one => one.includes('到哪里找：')))
    expect(line).toMatch(
      /到哪里找：(?:http\S+$|还没核到网址，请问[^；]+(?:；项目的网页上也可能有：http.+)?$)/u,
    )
  const wanted = JSON.parse(run('--json')) as {
    documents: { title: string; url?: string; entries: string[]; figures: number }[]
  }[]
  expect(wanted.length).toBeGreaterThan(20)
  for (const { documents } of wanted) {
    expect(documents.length).toBeGreaterThan(0)
    for (const { title, url, entries } of documents) {
      expect(title).not.toBe('')
      expect(entries.length).toBeGreaterThan(0)
      if (url !== undefined) expect(url).toMatch(/^https?:\/\/\S+gov\.cn/u)
    }
  }
})
