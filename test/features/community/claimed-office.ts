import { handleOf } from '../../../src/features/community/records/records.ts'
import type { World } from '../../conversation.ts'
import { openOffice } from './office.ts'

const claimCode = '482913'

/** An office whose only organizer is 陈姐; 路人 was seen in a group. */
export async function openClaimed(options: { isOnePerson?: boolean; world?: World } = {}) {
  const office = openOffice({ claimCode, ...options })
  const chen = office.person('chen', '陈姐')
  await chen.says(`认领 ${claimCode}`, '第一位组织者')
  await office.sees('x', '路人')
  const grant = async (senderId: string, role: string) => {
    const sent = await office.send('/roles/grant', { handle: handleOf(senderId), role })
    const next = sent.headers.get('location')
    return next ? office.read(next) : sent.text()
  }
  return { ...office, chen, grant, x: office.person('x', '路人') }
}

/** 陈姐 and 吴楠 organize, 林敏 reviews and is proven on the roster. */
export async function openWithReviewer() {
  const opened = await openClaimed()
  const { person, chen } = opened
  const [wu, lin] = [person('wu', '吴楠'), person('lin', '林敏')]
  await wu.says('申请组织者', '申请是 1 号')
  await chen.says('同意', '吴楠 现在是组织者了')
  await lin.says('申请审核人', '申请是 2 号')
  await chen.says('同意 2', '要两个人点头，已经私聊问了别的组织者和审核人')
  await wu.says('同意 2', '林敏 现在是审核人了')
  await opened.imports('姓名,支部,众创空间,手机尾号\n林敏,第一支部,优空间,1234\n')
  await lin.says('我是 林敏 优空间 1234', '记下了：林敏')
  const { id: memberId } = await opened.sees('lin', '林敏')
  /** Asks that a chat counts as the member's, by default 林敏's. */
  const link = async (senderId: string, toMemberId = memberId) => {
    const handle = handleOf(senderId)
    return opened.send('/identities/decide', { pick: handle, [`as-${handle}`]: toMemberId, as: 'same' })
  }
  /** 卫淇 is put on the roster and proven on it. @returns the id of that member */
  const addWei = async () => {
    await opened.imports('姓名,支部,众创空间,手机尾号\n卫淇,第二支部,恒丰,5678\n')
    await person('wei', '卫淇').says('我是 卫淇 恒丰 5678', '记下了：卫淇')
    return (await opened.sees('wei', '卫淇')).id
  }
  return { ...opened, wu, lin, link, addWei, memberId }
}
