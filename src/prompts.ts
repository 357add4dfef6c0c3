import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Prompt } from './ports/language.ts'

const name = z.string().regex(/^[a-z][a-z-]*$/, '只能用小写字母和 -')

/** Header of a prompt, between its two lines of `---`. */
const PromptHead = z.strictObject({
  name,
  version: z.number().int().min(1),
  temperature: z.number().min(0).max(2),
  maxTokens: z.number().int().min(16).max(4000),
  schema: name,
})

/** A fault in a prompt file, in Chinese, with the file and the field. */
export class PromptFault extends Error {
  override name = 'PromptFault'
}

/**
 * Reads a prompt file.
 * @param file such as `prompts/faq-answer.md`; its name must be the prompt's
 * @throws {@link PromptFault} when the head or the text is not as it must be
 */
export function loadPrompt(file: string): Prompt {
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(read(file))
  if (!parts) throw new PromptFault(`${file} 的开头要有一段夹在两行 --- 之间的说明。`)
  const [, head = '', body = ''] = parts
  const result = PromptHead.safeParse(yamlOf(file, head))
  if (!result.success) {
    const fields = result.error.issues.map(issue => `${issue.path.join('.') || '开头'}：${issue.message}`)
    throw new PromptFault(`${file} 的说明有误：${fields.join('；')}`)
  }
  if (result.data.name !== basename(file, '.md')) {
    throw new PromptFault(`${file} 的 name 要和文件名一样，现在是「${result.data.name}」。`)
  }
  if (body.trim() === '') throw new PromptFault(`${file} 没有正文。`)
  return { ...result.data, text: body.trim() }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new PromptFault(`读不到 ${file}。`)
  }
}

function yamlOf(file: string, head: string): unknown {
  try {
    return parse(head)
  } catch {
    throw new PromptFault(`${file} 的说明不是合格的 YAML。`)
  }
}
