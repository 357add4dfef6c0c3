import { expect, test } from 'vitest'
import { wordSource } from '../../src/documents/docx/source.ts'
import { docxOf, numbered } from './packed-files.ts'

test('paragraphs and tables of a DOCX stand in their order, with numbers, type and deletions', () => {
  const title =
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>补贴&lt;办法&gt;</w:t></w:r></w:p>'
  const changed =
    '<w:p><w:r><w:t>每家</w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del><w:r><w:t>20万元</w:t></w:r><w:r><w:br w:type="page"/></w:r></w:p>'
  const table =
    '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>档次</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>标准</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
  const paragraph = { kind: 'paragraph', align: 'start', number: '' }
  const plain = (text: string) => ({ text, isBold: false, isDeleted: false })
  expect(
    wordSource(docxOf(`${title}${numbered('为支持创新。', 0)}${changed}${table}${numbered('', 0)}`)),
  ).toEqual([
    { ...paragraph, page: 1, align: 'center', pieces: [{ ...plain('补贴<办法>'), isBold: true }] },
    { ...paragraph, page: 1, number: '第一条', pieces: [plain('为支持创新。')] },
    {
      ...paragraph,
      page: 1,
      pieces: [plain('每家'), { ...plain('10'), isDeleted: true }, plain('20万元'), plain(' ')],
    },
    { kind: 'table', page: 2, rows: [['档次', '标准']] },
    { ...paragraph, page: 2, pieces: [] },
  ])
})
