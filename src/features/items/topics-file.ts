import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { TagWords } from './tags.ts'

const word = z.string().trim().min(2)
const TopicsFile = z.strictObject({
  topics: z.array(z.strictObject({ name: z.string().trim().min(1), words: z.array(word).min(1) })),
})

/** The file of topics can not be used. */
class TopicsFault extends Error {
  override name = 'TopicsFault'
}

/** @throws {@link TopicsFault} with one Chinese sentence that names the file and the place. */
export function readTopics(path: string): TagWords['topics'] {
  try {
    return TopicsFile.parse(parse(readFileSync(path, 'utf8'))).topics
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined
    const where = issue ? `${issue.path.join('.')} ${issue.message}` : '读不出来，请检查格式'
    throw new TopicsFault(`${path} 有误：${where}`, { cause })
  }
}
