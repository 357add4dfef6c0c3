import { parseArgs } from 'node:util'
import { copyShards, shardsOf } from '../backup/copy.ts'
import { Refusal } from '../feature.ts'
import { createLog } from '../log.ts'
import { checkSource, openRawStore } from './raw-stores.ts'

/** Copies every record of one store into another one, which must be empty or hold part of the same. */
export async function runDataCopy(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } })
  const { from, to } = values
  if (!from || !to) {
    throw new Refusal(
      '请写 npm run -s data:copy -- --from lowdb:data/state --to postgres://用户:密码@主机/库',
    )
  }
  checkSource(from)
  const log = createLog('warn')
  const source = await openRawStore(from, log)
  try {
    const target = await openRawStore(to, log)
    try {
      const { count, sha256 } = await copyShards(await shardsOf(source), target, { replaces: false })
      process.stdout.write(
        `抄好了，两边都是 ${count} 条，核对一致（${sha256.slice(0, 16)}）。原来的数据没有动。\n`,
      )
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}
