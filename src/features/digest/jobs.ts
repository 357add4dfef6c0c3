import type { Temporal } from 'temporal-polyfill'
import { type Job, Refusal, type Sweep } from '../../feature.ts'
import { inShanghai, sayFullTime } from '../../text/time.ts'
import type { Broadcasts } from './broadcasts.ts'
import type { DigestParts } from './drafts.ts'

const sendByHand = '要发的话，私聊我说「立即推送」。'

/** The digest that goes out by itself, and what organizers hear when it does not. */
export function digestJob({ shelfLifeMinutes }: DigestParts, broadcasts: Broadcasts): Job {
  return {
    name: 'digest',
    title: '政策速递',
    shelfLifeMinutes,
    due: async (after, until) => broadcasts.slots(after, until).map(at => ({ key: at.toString(), at })),
    run: due => takeSlot(due.at, broadcasts, shelfLifeMinutes),
    async missed({ at }) {
      if (!(await broadcasts.missSlot(at))) return
      const text = `${sayFullTime(at)} 的推送没有发：到点时程序没在运行，补发也过了 ${shelfLifeMinutes} 分钟的时效。${sendByHand}`
      await broadcasts.tellOrganizers(noteKey(at), text)
    },
  }
}

/** What a crash in the middle of a slot, or of a decision, left undone. */
export function digestSweep({ shelfLifeMinutes }: DigestParts, broadcasts: Broadcasts): Sweep {
  return {
    name: 'digest-left',
    everySeconds: 30,
    async run() {
      for (const at of await broadcasts.leftSlots()) await takeSlot(at, broadcasts, shelfLifeMinutes)
    },
  }
}

/** A broken file of items is an organizer's to mend; until the shelf life is over the sweep tries again. */
async function takeSlot(at: Temporal.Instant, broadcasts: Broadcasts, shelfLifeMinutes: number) {
  try {
    const outcome = await broadcasts.runSlot(at)
    if (outcome === 'nothing-new') await tell(`没有新的条目。加了新条目以后，${sendByHand}`)
    if (outcome === 'no-groups') await tell('还没有绑定的群。请先在群里说「绑定本群」。')
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    await tell(`${cause.message}\n到点后 ${shelfLifeMinutes} 分钟内改好，会自动补发。`)
  }

  function tell(why: string) {
    return broadcasts.tellOrganizers(noteKey(at), `${sayFullTime(at)} 的推送没有发：${why}`)
  }
}

/** Safe as a file name on any system. */
function noteKey(at: Temporal.Instant): string {
  return `digest-note-${inShanghai(at).toPlainDateTime().toString().replace(/\D/g, '-')}`
}
