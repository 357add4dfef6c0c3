import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { ParsedDocument } from '../documents/structure/index.ts'
import { Refusal } from '../feature.ts'
import { readStructure } from '../parsing/index.ts'

/** Reads documents and prints what was found in them; `--json` prints one line for each file. */
export async function runDocumentsRead(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (positionals.length === 0) throw new Refusal('请写上要读的文件，可以是几个。')
  for (const path of positionals) {
    const { document } = await readStructure(readFileSync(path), basename(path))
    process.stdout.write(
      `${values.json ? JSON.stringify({ file: path, ...document }) : described(document)}\n`,
    )
  }
}

function described({ head, passages, validity, parts, gaps }: ParsedDocument): string {
  const { title, number = '没有文号', date = '没有日期', issuers, addressees } = head
  return [
    title,
    `${issuers.join('、')}  ${number}  ${date}`,
    ...(addressees.length > 0 ? [`主送：${addressees.join('，')}`] : []),
    ...(parts.length > 0
      ? parts.map(part => `《${part.title}》${daysOf(part.validity)}`)
      : [daysOf(validity)]),
    ...gaps.map(gap => `没有读到：${gap}`),
    ...passages.map(({ path, page, text }) => `[${path.join(' ')}] 第 ${page} 页  ${text}`),
  ].join('\n')
}

const daysOf = ({ from, until }: ParsedDocument['validity']) =>
  `施行：${from?.day ?? '没有写'}  有效期到：${until?.day ?? '没有写'}`
