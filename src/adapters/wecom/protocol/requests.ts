import { randomBytes } from 'node:crypto'
import { createKeyedQueue } from '../../../lib/queue.ts'
import { LineCutError, LineDownError } from '../../../ports/chat.ts'
import { withDeadline } from '../../line/deadline.ts'
import type { Socket } from '../../line/socket.ts'
import type { Ack } from './frames.ts'

type Pending = { resolve(ack: Ack): void; reject(cause: Error): void }
type Request = { cmd: string; body?: unknown; timeoutMs: number; reqId?: string }

export type Requests = ReturnType<typeof createRequests>

/** Requests over one socket and the answers to them; of those with one id, the next waits for the last one's answer. */
export function createRequests(socket: Pick<Socket, 'send'>) {
  const pending = new Map<string, Pending>()
  const inOrder = createKeyedQueue()
  let isOver = false

  function exchange({ cmd, body, timeoutMs }: Request, reqId: string): Promise<Ack> {
    if (isOver || !socket.send({ cmd, headers: { req_id: reqId }, ...(body ? { body } : {}) })) {
      return Promise.reject(new LineDownError('the connection is closed: nothing was sent'))
    }
    const answer = Promise.withResolvers<Ack>()
    pending.set(reqId, answer)
    return withDeadline(answer.promise, timeoutMs, `the answer to ${cmd}`).finally(() => {
      if (pending.get(reqId) === answer) pending.delete(reqId)
    })
  }

  return {
    /**
     * Sends one request. Not answered in time, it rejects with a `DeadlineError`: it may have been done.
     * @returns the answer, whatever it says
     */
    ask(request: Request): Promise<Ack> {
      const reqId = request.reqId ?? newRequestId(request.cmd)
      return inOrder.run(reqId, () => exchange(request, reqId))
    },
    settle(ack: Ack) {
      pending.get(ack.headers.req_id)?.resolve(ack)
    },
    /** The socket is closed: what was asked and not answered is unknown. */
    end() {
      isOver = true
      for (const { reject } of pending.values())
        reject(new LineCutError('the connection ended before the answer'))
      pending.clear()
    },
  }
}

const newRequestId = (cmd: string) => `${cmd}_${Date.now()}_${randomBytes(4).toString('hex')}`
