import type { Context, Hono } from 'hono'
import type { Temporal } from 'temporal-polyfill'
import type { Message, PassedOn, Reply, SentFile } from './ports/chat.ts'
import type { Clauses, Recheck, SourcePage } from './ports/clauses.ts'
import type { Role } from './ports/directory.ts'
import type { ClosedOutage } from './ports/outages.ts'
import type { CalendarEntry, Chore, MemberFacts, ReportPart, SearchHit } from './ports/overviews.ts'
import type { PersonalData } from './ports/personal-data.ts'

/** The reply of a handler in the same conversation; undefined is silence. */
export type Answer = string | Reply | Reply[] | undefined

/** Answers words of its own; undefined for others, at once and without a promise: a message passes a dozen of these. */
export type Listener = (message: Message) => Promise<Answer> | Answer

/**
 * A word that people type. In a group it needs no mention, so it must be a word that does not
 * begin ordinary sentences.
 */
export type Command = {
  /** The first is the one that the help names. */
  words: readonly string[]
  /**
   * The arguments that may follow the word. With `nothing`, 「签到了吗」 is no command. With `number`, what follows
   * begins with one: 「通过 12」「驳回12 原因」; 「通过了」 is none, and 「通过」 alone is asked for its number.
   */
  takes: 'nothing' | 'text' | 'number'
  /** Told to who types the word of a `number` command alone. Default: that a number like 12 belongs behind it. */
  lacking?: string
  /** The role that it takes; of several, any one. */
  role: Role | readonly Role[]
  where: 'group' | 'private' | 'anywhere'
  /**
   * Also heard with punctuation or a number directly behind the word: 「请假，家里有事」「签到2890」. Only for words that
   * begin no other sentence. Default false.
   */
  isLoose?: boolean
  /**
   * Recognizes other wordings, where none of `words` stands. Pure and quick: it sees everything said in bound groups. A
   * message that it takes goes no further, unless `run` answers {@link PassedOn}.
   * @param isPrivate whether it was said to the bot in private
   * @returns what `run` gets as `rest`; undefined for what is not this command
   */
  matches?(text: string, isPrivate: boolean): string | undefined
  /** Heard in a group that is not bound; for binding only. Default false. */
  inUnboundGroups?: boolean
  /**
   * Handled at least once, also when it comes late or the bot crashed over it, and answered at most once. Handled
   * again it must change nothing, judge by `sentAt`, and have nothing new to say. Other commands run at most once.
   * Default false.
   */
  repeatable?: boolean
  /** The topic of 「帮助」 that lists it, in Chinese; see {@link inTopic}. */
  topic?: string
  /** One short line for the help: 「签到 —— 课上报到」. Empty: it is not listed. */
  help: string
  run(message: Message, rest: string): Promise<Answer | PassedOn> | Answer | PassedOn
}

/** The same commands, filed under this topic of 「帮助」. */
export const inTopic = (topic: string, commands: readonly Command[]): Command[] =>
  commands.map(command => ({ ...command, topic }))

/** A topic of 「帮助」 for words that are no commands. */
type ExtraHelp = {
  topic: string
  /** A line for each, as of a command; none for a person whom they do not concern. */
  linesFor(message: Message): Promise<readonly string[]>
}

/** Something that happens at a time, once: the run ledger claims `name/slot key` before `run`. */
export type Due = {
  key: string
  at: Temporal.Instant
  /** Names the work that is due, in Chinese. Default: the job's title. */
  title?: string
}
export type Job = {
  /** Kebab-case, unique. */
  name: string
  /** In Chinese, for the lists of upcoming and past runs; jobs with an empty title are hidden there. */
  title: string
  /** How late a slot may still run; past it, it is recorded as expired. */
  maxLateMinutes: number
  /** Running a slot again is harmless: a slot whose run was interrupted is run again. Default false. */
  repeatable?: boolean
  /** Removes what is old, and waits a day after the clock leapt ahead by a month. Default false. */
  deletes?: boolean
  /** The slots due in (after, until]; asking changes nothing. */
  due(after: Temporal.Instant, until: Temporal.Instant): Promise<Due[]>
  run(due: Due): Promise<void>
  /** After a run, in Chinese: why the work of this slot was not done. Default: it was. */
  undone?(due: Due): Promise<string | undefined>
  /** Called once for each slot that has expired, with all that expired together, oldest first. */
  missed?(dues: readonly Due[]): Promise<void>
}

/** Small work that looks at its own records and does no harm when it runs twice. */
export type Sweep = {
  name: string
  everySeconds: number
  /** As of a {@link Job}. */
  deletes?: boolean
  run(at: Temporal.Instant): Promise<void>
}

/** The person logged in to the console. */
export type Person = { id: string; name: string; roles: Role[] }
/** The sections of the main menu, as the menu names them. */
export const sections = ['推送', '问答', '签到', '社群', '运行'] as const
type Section = (typeof sections)[number]
/** The frame of every page: navigation and state. */
export type Frame = {
  pages: readonly { path: string; title: string; section?: Section }[]
  /** Chapters of the manual by the paths of pages. */
  chapters: ReadonlyMap<string, string>
  line: { state: 'starting' | 'scan' | 'up' | 'down'; note: string; isResting?: boolean }
  alarms: readonly { text: string }[]
}
export type ConsoleEnv = {
  Variables: {
    person: Person
    csrfToken: string
    /**
     * Whether the person may read the address, or send something there; see `createRights`.
     * Absent outside the console's server.
     */
    may?: (method: 'GET' | 'POST', address: string) => boolean
    /** How the person's session began. */
    session: { id: string; way: 'link' | 'password' | 'account' | undefined }
    frame?: Frame
  }
}

/** A request to a page of the console. */
export type ConsoleContext = Context<ConsoleEnv>

/** Context of open routes behind a link that belongs to one person. */
export type LinkEnv = { Variables: { owner?: { id: string; name: string } } }

export type Page = {
  /** Where it is mounted: `lessons` answers under `/lessons`. */
  path: string
  /** In the navigation, Chinese. */
  title: string
  /** Its section of the main menu; a page without one stands beside the sections. */
  section?: Section
  /** Roles that may read the page; one of them suffices. The server asks for it on every route. */
  read: readonly Role[]
  /** Roles that may send what changes something. */
  write: readonly Role[]
  /** Routes that other roles may write, by their pattern inside the page: `/:number/approve`. */
  writeAt?: Readonly<Record<string, readonly Role[]>>
  /** Routes that show a form and nothing else, by their pattern: they ask for the roles of `write`. Default: none. */
  forms?: readonly string[]
  /** The largest body that its routes take. Default: a file of 5 MB and what stands around it. */
  maxUploadBytes?: number
  routes: Hono<ConsoleEnv>
  /** The chapter of the manual that explains it: the name of a file in `docs/manual`. Default: the contents. */
  chapter?: string
  /** Reached by a link in the frame, not by the navigation. Default false. */
  isUnlisted?: boolean
}

/** One sentence for a group affected by an outage: what to do again. The outage and its time are told before it. */
export type OutageAdvice = { groupId: string; text: string }

/** All that a feature may declare. Every part but the name may be left out. */
export type Feature = {
  name: string
  commands?: readonly Command[]
  help?: ExtraHelp
  /** Takes files that are sent in private by people with one of these roles; asked in list order until one answers. */
  files?: { role: readonly Role[]; take(message: Message, file: SentFile): Promise<Answer> }
  /** Called in list order, after commands, until one answers. Only for messages addressed to the bot. */
  listen?: Listener
  /** Keeps something of a message of a bound group before it is handled, once or again; else undefined at once. */
  observe?(message: Message): Promise<void> | undefined
  /** Called with the id of a message that its sender took back, on lines that hear of it. */
  onRecalled?(messageId: string): Promise<void>
  /**
   * Its listener takes any question: it is asked after all others, gets a person's quick succession of short
   * messages as one, and a limited number a minute. Default false: it listens for words of its own.
   */
  takesQuestions?: boolean
  /** True for what is said to the bot without a mention since it just asked: 「2」 after a choice. Then it listens. */
  awaits?(message: Message): boolean
  /** Whether the awaited messages are answers to a questionnaire: these are not limited in number like questions. */
  answersFreely?: boolean
  /** Whether an awaited message may be handled again after a fault, as a repeatable command. Default false. */
  answersRepeatably?: boolean
  jobs?: readonly Job[]
  sweeps?: readonly Sweep[]
  /** Advice about things of this feature that were open in groups during an outage; called once the line is back. */
  touchedBy?(outage: ClosedOutage): Promise<OutageAdvice[]>
  /** The personal data that it keeps, for people to see and erase. To be left out only where it keeps none. */
  personal?: PersonalData
  pages?: readonly Page[]
  /** Tasks that wait for organizers or reviewers now, for the first page of the console. */
  chores?(): Promise<Chore[]>
  /** Contents of this feature that rest on changed clauses; asked for the page of changed clauses. */
  rechecks?(clauses: Clauses): Promise<Recheck[]> | Recheck[]
  /** Public pages that something of this feature rests on. */
  sourcePages?(): Promise<SourcePage[]> | SourcePage[]
  /** Shown to organizers on the page of one member; undefined where nothing is known. */
  aboutMember?(memberId: string): Promise<MemberFacts | undefined>
  /** Called once, after the store and the outbox are up and before the first message. */
  start?(): Promise<void>
  /** Called once, after the last message was handled and before the store closes. */
  stop?(): Promise<void>
  /** Calendar entries with a date in [from, to), in any order. */
  calendar?(from: Temporal.Instant, to: Temporal.Instant): Promise<CalendarEntry[]>
  /** Records with texts that `isFound` accepts, the latest first. */
  search?(isFound: (...texts: string[]) => boolean): Promise<SearchHit[]> | SearchHit[]
  /** Its part of the report on [from, to); undefined where it has nothing to tell. */
  report?(from: Temporal.Instant, to: Temporal.Instant): Promise<ReportPart | undefined>
}

/**
 * An expected answer that says no: said to the person in Chinese, not logged as a fault. A `cause` is logged: the fault
 * of something outside, such as a download, that the person can only try again.
 */
export class Refusal extends Error {
  override name = 'Refusal'
}

/** A refusal that concerns one field of a form. */
export class FieldRefusal extends Refusal {
  override name = 'FieldRefusal'
  readonly field: string
  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

/** A refusal of a form whose values others changed after it was shown; its message says what they are now. */
export class OutdatedFormRefusal extends Refusal {
  override name = 'OutdatedFormRefusal'
  /** The version that the message tells: sent again, the field holds it. */
  readonly seen: string
  /** The field of the form that holds the version. */
  readonly field: string
  /** @param field default `seen` */
  constructor(message: string, seen: string, field = 'seen') {
    super(message)
    this.seen = seen
    this.field = field
  }
}
