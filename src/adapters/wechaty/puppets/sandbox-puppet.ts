import { FileBox, type FileBoxInterface } from 'file-box'
import { type payloads, types } from 'wechaty-puppet'
import type { Target } from '../../../ports/chat.ts'
import type { LineEvent, World } from '../../../sandbox/world/index.ts'
import { UnsupportedPuppet } from './unsupported-puppet.ts'

/** Clients of a gateway disconnect after 60 s without a heartbeat. */
const heartbeatMs = 15_000
/** Nothing outside can hang here, so Wechaty's own watchdog waits for eleven days. */
const watchdogSeconds = 1_000_000

/** A real Wechaty puppet whose WeChat is the sandbox's world; ids are the world's, so they outlast restarts. */
export class SandboxPuppet extends UnsupportedPuppet {
  readonly #world: World
  #end: (() => void)[] = []

  constructor(world: World) {
    super({ timeoutSeconds: watchdogSeconds })
    this.#world = world
  }

  override name = () => 'wechaty-puppet-sandbox'

  /** On a line that is cut this waits, as connecting over a broken line would. */
  override async onStart() {
    await this.#world.botEnd.whenUp()
    const heartbeat = setInterval(() => this.#whenUp('heartbeat', { data: 'sandbox' }), heartbeatMs)
    this.#end = [this.#world.botEnd.listen(event => this.#handle(event)), () => clearInterval(heartbeat)]
    this.login(this.#world.botId)
    this.emit('ready', { data: 'sandbox' })
  }

  override async onStop() {
    for (const end of this.#end) end()
    this.#end = []
  }

  override ding(data = '') {
    setImmediate(() => this.#whenUp('dong', { data }))
  }

  #whenUp(event: 'dong' | 'heartbeat', payload: { data: string }) {
    if (this.#world.isLineUp()) this.emit(event, payload)
  }

  #handle(event: LineEvent) {
    if (event.kind === 'message') {
      this.emit('message', { messageId: event.message.id })
      return
    }
    // Wechaty keys its cache of members by their group.
    const payloadType = event.kind === 'member-renamed' ? types.Dirty.RoomMember : types.Dirty.Room
    this.emit('dirty', { payloadType, payloadId: event.groupId })
    if (event.kind === 'member-joined') this.#tellJoined(event.groupId, event.memberId)
  }

  /** WeChat names who invited them; here, the first of the group. */
  #tellJoined(roomId: string, memberId: string) {
    const [inviter] = this.#group(roomId).members
    this.emit('room-join', {
      roomId,
      inviteeIdList: [memberId],
      inviterId: inviter?.id ?? memberId,
      timestamp: Date.now(),
    })
  }

  override async contactList() {
    const people = this.#world.groups().flatMap(group => group.members.map(({ id }) => id))
    return [...new Set(people)]
  }

  /** In WeChat a group is a contact too, and Wechaty looks it up as one when a member's alias changed. */
  override async contactRawPayload(id: string) {
    const group = this.#world.groups().find(one => one.id === id)
    return { id, name: group?.name ?? this.#world.botEnd.nickname(id) }
  }

  override async contactRawPayloadParser(raw: { id: string; name: string }): Promise<payloads.Contact> {
    const { Unknown } = types.ContactGender
    return { ...raw, gender: Unknown, type: types.Contact.Individual, avatar: '', phone: [], friend: true }
  }

  override async roomList() {
    return this.#world.groups().map(({ id }) => id)
  }

  override async roomRawPayload(id: string) {
    return this.#group(id)
  }

  override async roomRawPayloadParser({ id, name, members }: ReturnType<World['groups']>[number]) {
    const memberIdList = [...members.map(member => member.id), this.#world.botId]
    return { id, topic: name, memberIdList, adminIdList: [] }
  }

  override async roomMemberList(groupId: string) {
    return [...this.#group(groupId).members.map(({ id }) => id), this.#world.botId]
  }

  override async roomMemberRawPayload(groupId: string, id: string) {
    this.#group(groupId)
    const { nickname, alias } = this.#world.botEnd
    return { id, name: nickname(id), roomAlias: alias(groupId, id) ?? '', avatar: '' }
  }

  override async roomMemberRawPayloadParser(raw: payloads.RoomMember) {
    return raw
  }

  #group(id: string) {
    const group = this.#world.groups().find(one => one.id === id)
    if (!group) throw new Error(`no group ${id}`)
    return group
  }

  override roomTopic(groupId: string): Promise<string>
  override roomTopic(groupId: string, topic: string): Promise<void>
  override async roomTopic(groupId: string, topic?: string) {
    if (topic !== undefined) return this.#world.renameGroup(groupId, topic)
    return this.#group(groupId).name
  }

  override async messageRawPayload(id: string) {
    const found = this.#world.botEnd.find(id)
    if (!found) throw new Error(`no message ${id}`)
    return found
  }

  override async messageRawPayloadParser(raw: Awaited<ReturnType<SandboxPuppet['messageRawPayload']>>) {
    const { target, message } = raw
    const { id, from, text, file, mention, at } = message
    const { botId } = this.#world
    const base = {
      id,
      talkerId: from,
      text,
      type: typeOf(file?.mimeType),
      timestamp: at.epochMilliseconds,
      ...(file ? { filename: file.name } : {}),
    }
    if ('groupId' in target) {
      return { ...base, roomId: target.groupId, mentionIdList: mention ? [botId] : [] }
    }
    return { ...base, listenerId: from === botId ? target.personId : botId }
  }

  override async messageFile(id: string): Promise<FileBoxInterface> {
    const { file } = (await this.messageRawPayload(id)).message
    if (!file) throw new Error(`message ${id} has no file`)
    return FileBox.fromBuffer(Buffer.from(file.bytes), file.name)
  }

  override messageImage(id: string) {
    return this.messageFile(id)
  }

  override async messageSendText(conversationId: string, text: string) {
    return (await this.#world.botEnd.says(this.#target(conversationId), { text })).id
  }

  override async messageSendFile(conversationId: string, box: FileBoxInterface) {
    const bytes = await box.toBuffer()
    const file = { name: box.name, mimeType: box.mediaType || 'application/octet-stream', bytes }
    return (await this.#world.botEnd.says(this.#target(conversationId), { file })).id
  }

  #target(conversationId: string): Target {
    const isGroup = this.#world.groups().some(({ id }) => id === conversationId)
    return isGroup ? { groupId: conversationId } : { personId: conversationId }
  }
}

function typeOf(mimeType: string | undefined): types.Message {
  if (mimeType === undefined) return types.Message.Text
  return mimeType.startsWith('image/') ? types.Message.Image : types.Message.Attachment
}
