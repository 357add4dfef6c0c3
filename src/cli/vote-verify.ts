import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { Refusal } from '../feature.ts'
import { sayVoteCounts, sayVoteTally } from '../votes/tally.ts'
import { verifyVote } from '../votes/verify.ts'
import { VoteExport } from '../votes/vote.ts'

/**
 * Recounts the record of a vote that was downloaded from the console.
 * @returns the exit code: 0 all holds, 1 something does not
 */
export function runVoteVerify([file = '']: readonly string[]): number {
  if (file === '') throw new Refusal('请写上记录文件，例如 npm run -s vote:verify -- 评选-3.json。')
  const vote = readRecord(file)
  const { problems, tally } = verifyVote(vote)
  const lines = [
    `「${vote.rules.title}」${sayVoteTally(tally).join('\n')}`,
    ...sayVoteCounts(vote.rules, tally),
    ...(problems.length > 0 ? problems.map(problem => `不对：${problem}`) : ['记录完整，重数一致。']),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  return problems.length > 0 ? 1 : 0
}

/** @throws {@link Refusal} that says what is wrong with the file */
function readRecord(file: string): VoteExport {
  if (!existsSync(file))
    throw new Refusal(`没有「${file}」这个文件。请写下载的记录在哪里，例如 下载/评选-3.json。`)
  try {
    return VoteExport.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError || isFolder(cause))) throw cause
    throw new Refusal(
      `「${file}」不是评选的全部记录。请用控制台「评选 → 这次评选 → 下载全部记录」下载的 .json。`,
    )
  }
}

const isFolder = (cause: unknown) => cause instanceof Error && 'code' in cause && cause.code === 'EISDIR'
