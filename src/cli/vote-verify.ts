import { readFileSync } from 'node:fs'
import { Refusal } from '../feature.ts'
import { sayTally } from '../votes/tally.ts'
import { verifyVote } from '../votes/verify.ts'
import { VoteExport } from '../votes/vote.ts'

/**
 * Recounts the record of a vote that was downloaded from the console.
 * @returns the exit code: 0 all holds, 1 something does not
 */
export function runVoteVerify([file = '']: readonly string[]): number {
  if (file === '') throw new Refusal('请写上记录文件，例如 npm run -s vote:verify -- 评选-3.json。')
  const vote = VoteExport.parse(JSON.parse(readFileSync(file, 'utf8')))
  const { problems, tally } = verifyVote(vote)
  const lines = [
    `「${vote.rules.title}」${sayTally(tally).join('\n')}`,
    ...tally.counts.map(({ name, yes, no, abstain }) => `${name}：赞成 ${yes}，反对 ${no}，弃权 ${abstain}`),
    ...(problems.length > 0 ? problems.map(problem => `不对：${problem}`) : ['记录完整，重数一致。']),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  return problems.length > 0 ? 1 : 0
}
