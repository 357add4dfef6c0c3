import { expect, test } from 'vitest'
import { openClaimed } from './claimed-office.ts'

test.each(['同意2', '同意 2', '不同意2号'])(
  '%s where no application waits is told so in private, and is talk in a group',
  async said => {
    const { chen, x, person } = await openClaimed()
    await chen.says(said, '没有等你点头的 2 号申请。要放行推送，发「通过 2」。')
    const [told] = await x.says(said, '没有等你点头的 2 号申请。')
    expect(told?.text).not.toContain('放行')
    await person('chen', '陈姐', '优空间创客群').says(said)
    await chen.says('同意')
  },
)

test.each(['1通过了吗', '1号通过了没', '1 通过没有？', '1号申请批了吗'])(
  '%s tells of an application that waits, to who is asked and to who applied',
  async asked => {
    const { chen, x, person } = await openClaimed()
    await x.says('申请审核人', '申请是 1 号')
    await chen.says(asked, '身份申请还没有定：1 号 路人 申请审核人。\n问的是推送 1 的话，发「推送情况 1」。')
    const [told] = await x.says(asked, '身份申请还没有定：1 号 路人 申请审核人。')
    expect(told?.text).not.toContain('推送')
    await person('y', '另一位').says(asked)
    await chen.says('2通过了吗')
  },
)
