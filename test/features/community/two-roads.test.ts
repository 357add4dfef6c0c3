import { expect } from 'vitest'
import { handleOf, openCommunityRecords } from '../../../src/features/community/records/records.ts'
import { testBothRoads } from '../../both-roads.ts'
import { createWatchedWorld } from '../../watched-world.ts'
import { openClaimed } from './claimed-office.ts'
import { group } from './office.ts'

type Road = 'chat' | 'console'
type Fields = Record<string, string>

/** 陈姐, an organizer beside 吴楠 and the reviewer 林敏, in chat or on the console; 卫淇 asks to review as application 3. */
async function openOn(road: Road) {
  const { world, stored } = createWatchedWorld()
  const office = await openClaimed({ world })
  const { person, send, read, outbox, chen } = office
  const [wu, lin] = [person('wu', '吴楠'), person('lin', '林敏')]
  await wu.says('申请组织者', '申请是 1 号')
  await chen.says('同意', '吴楠 现在是组织者了')
  await lin.says('申请审核人', '申请是 2 号')
  await chen.says('同意 2', '要两个人点头')
  await wu.says('同意 2', '林敏 现在是审核人了')
  const inGroup = person('chen', '陈姐', group)
  await inGroup.says('绑定本群', '绑定好了')
  const wei = person('wei', '卫淇')
  await wei.says('申请审核人', '申请是 3 号')
  /** One deed: the words in chat, in the group where a group is meant, or the form on the console. */
  async function does(words: string, path: string, fields: Fields = {}): Promise<void> {
    const speaker = words.includes('本群') ? inGroup : chen
    if (road === 'chat') return void (await speaker.send(speaker.message(words)))
    const response = await send(path, fields)
    expect(response.status, `${path}: ${await response.text()}`).toBe(303)
  }
  const outcome = async () => ({
    said: outbox.posted.map(({ target, reply, kind }) => ({ target, reply, kind })),
    stored: withoutIds(await stored(), await openCommunityRecords(world.store).identities.list('')),
  })
  return { ...office, wu, does, read, outcome }
}

type Bot = Awaited<ReturnType<typeof openOn>>
const withdraws = (title: string, role: string, id: string, name: string) => async (bot: Bot) =>
  bot.does(`取消${title} ${name}`, '/roles/withdraw', { handle: handleOf(id), role })
const answers = (words: string, as: string) => (bot: Bot) =>
  bot.does(`${words} 3`, '/roles/applications', { number: '3', as })
const unbinds = ({ does }: Bot) => does('解绑本群', '/groups/unbind', { id: group })
const notes = (words: string, changed: Fields) => async (bot: Bot) => {
  const path = `/groups/edit?id=${encodeURIComponent(group)}`
  const seen = /name="seen" value="([^"]*)"/u.exec(await bot.read(path))?.[1] ?? ''
  const asItIs = { space: '', branch: '', tags: '', form: 'text', seen }
  await bot.does(`本群设置 ${words}`, path, { ...asItIs, ...changed })
}

const deeds: Record<string, (bot: Bot) => Promise<unknown>> = {
  同意: answers('同意', 'agree'),
  不同意: answers('不同意', 'decline'),
  'the second 同意': async bot => {
    await bot.wu.says('同意 3', '要两个人点头')
    await answers('同意', 'agree')(bot)
  },
  'the second 不同意': async bot => {
    await bot.wu.says('同意 3', '要两个人点头')
    await answers('不同意', 'decline')(bot)
  },
  取消组织者: withdraws('组织者', 'organizer', 'wu', '吴楠'),
  取消审核人: withdraws('审核人', 'reviewer', 'lin', '林敏'),
  解绑本群: unbinds,
  '绑定本群 again': async bot => {
    await notes('组织者群', { isOrganizers: 'yes' })(bot)
    await unbinds(bot)
    await bot.does('绑定本群', '/groups/bind', { id: group })
  },
  '本群设置 空间': notes('空间 优空间', { space: '优空间' }),
  '本群设置 标签': notes('标签 科技、税务', { tags: '科技、税务' }),
  '本群设置 看图': notes('看图', { form: 'picture' }),
  '本群设置 组织者群': notes('组织者群', { isOrganizers: 'yes' }),
}

testBothRoads(deeds, openOn)

type Stored = Record<string, readonly { key: string; value: unknown }[] | undefined>
type Identities = readonly { value: { senderId: string; memberId: string } }[]

/** Ids of members are drawn by lot: the chat id of each stands for them. Attempts are kept under a secret's print. */
function withoutIds({ 'secret-attempts': _attempts, ...stored }: Stored, identities: Identities) {
  const all = Object.entries(stored).flatMap(([name, records = []]) =>
    records.map(record =>
      identities.reduce(
        (text, { value: { memberId, senderId } }) =>
          text
            .replaceAll(`"${memberId.slice(0, 2)}/${memberId}`, `"${senderId}`)
            .replaceAll(memberId, senderId),
        JSON.stringify([name, record]),
      ),
    ),
  )
  return all.sort().map(text => JSON.parse(text))
}
