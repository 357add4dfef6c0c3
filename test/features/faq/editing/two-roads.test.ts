import { testBothRoads } from '../../../both-roads.ts'
import { createFixedDirectory, play } from '../../../conversation.ts'
import { createWatchedWorld } from '../../../watched-world.ts'
import { openOffice } from '../knowledge-office.ts'

type Road = 'chat' | 'console'

/** 林敏, a reviewer, in chat or on the console; 陈静 has handed in change 1. */
async function openOn(road: Road) {
  const { world, stored } = createWatchedWorld()
  const office = await openOffice({ world })
  const form = await office.formAt('/knowledge/entries/one/edit')
  await office.send('/knowledge/submit', { ...form, short: '最高50万元。' })
  office.asReviewer()
  const directory = createFixedDirectory([], { lin: ['reviewer'], chen: ['organizer'] })
  const lin = play(world, directory, [office.feature]).person('lin', '林敏')
  /** One deed: the words in chat, or the form on the console with what its page shows. */
  async function does(words: string, path: string, fields: Record<string, string> = {}): Promise<void> {
    if (road === 'chat') return void (await lin.send(lin.message(words)))
    const page = await office.read('/knowledge/changes/1')
    const seen = /name="seen" value="([^"]*)"/u.exec(page)?.[1] ?? ''
    await office.send(path, { seen, ...fields })
  }
  const outcome = async () => ({ said: world.said, stored: await stored() })
  return { does, outcome, looks: () => lin.send(lin.message('知识改动 1')), isChat: road === 'chat' }
}

type Bot = Awaited<ReturnType<typeof openOn>>
const deeds: Record<string, (bot: Bot) => Promise<unknown>> = {
  批准知识: async ({ does, looks, isChat }) => {
    if (isChat) await looks()
    await does('批准知识 1', '/knowledge/changes/1/approve')
  },
  退回知识: ({ does }) =>
    does('退回知识 1 金额和原文不一样', '/knowledge/changes/1/return', { note: '金额和原文不一样' }),
}

testBothRoads(deeds, openOn)
