import { type Feature, inTopic } from '../../feature.ts'
import { inOrder } from '../../listeners.ts'
import { programmeOf } from '../../matching/load.ts'
import { type CompiledTrack, compileTracks, type MatchingRules } from '../../matching/verdicts.ts'
import type { Outbox } from '../../outbox/index.ts'
import { type Clauses, noClauses } from '../../ports/clauses.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { Store } from '../../ports/store.ts'
import { dayInShanghai } from '../../text/dates/time.ts'
import { fold } from '../../text/fold.ts'
import { createMatchingChat } from './chat/chat.ts'
import { matchingCommands } from './chat/commands.ts'
import { answerFromQuestion } from './chat/question-facts.ts'
import { matchingRechecks, withoutHeld } from './clauses.ts'
import { openCompanies } from './companies.ts'
import { matchingPage } from './page.ts'
import { matchingPrivacy } from './privacy.ts'
import { matchingForFiles, openMatchingPage } from './public-page.ts'
import { matchingJobs } from './reminders/jobs.ts'
import { countFor, leastCount } from './reminders/reminders.ts'
import type { CompiledRules } from './session.ts'

type MatchingParts = {
  store: Store
  clock: Clock
  directory: Directory
  roster: Pick<Roster, 'addressOf' | 'find'>
  outbox: Pick<Outbox, 'post'>
  scheduler: Scheduler
  rules: MatchingRules
  /** Common names of the programmes: alias to programme id. */
  aliases: ReadonlyMap<string, string>
  /** Whether this person instructs a space. @param space as the roster names it; empty for none */
  instructs(chatId: string, space: string): Promise<boolean>
  /** The clauses on which conditions rest. Default: there are none. */
  clauses?: Clauses
  /** The offices that answer for a programme. */
  officesOf(programme: string): readonly string[]
}

/**
 * Which of our programmes a company can apply for: in chat, on the console and on a
 * page that computes in the browser.
 */
export function matching(parts: MatchingParts) {
  const { store, clock, rules, outbox, roster, scheduler } = parts
  const companies = openCompanies(store)
  const compiled = compiledByDay(parts)
  const tracksNamed = createTrackFinder(parts, compiled)
  const officesOf = ({ track }: CompiledTrack) => parts.officesOf(programmeOf(track))
  const chatParts = { ...parts, companies, compiled, tracksNamed, officesOf }
  const chat = createMatchingChat(chatParts)

  async function post(memberId: string, key: string, text: string): Promise<void> {
    const { chatId: personId } = await roster.addressOf(memberId)
    if (personId === undefined) return
    const notAfter = clock.now().add({ hours: 48 })
    await outbox.post([
      { kind: 'prompt', key: `matching-${key}/${personId}`, target: { personId }, reply: { text }, notAfter },
    ])
  }

  const feature: Feature = {
    name: 'matching',
    commands: inTopic('政策匹配', matchingCommands({ ...chatParts, start: chat.start, forget: chat.forget })),
    awaits: chat.awaits,
    answersFreely: true,
    listen: inOrder(chat.listen, ({ text }) =>
      answerFromQuestion(text, { compiled: compiled(), tracksNamed, officesOf }),
    ),
    personal: matchingPrivacy({ companies, fields: rules.fields, endInterview: chat.forget }),
    jobs: matchingJobs({ companies, compiled, scheduler, clock, post }),
    rechecks: clauses => matchingRechecks(rules, clauses),
    pages: [matchingPage({ clock, compiled, companies, officesOf })],
  }

  return {
    feature,
    /** A page for anyone, without a session: the answers stay in the browser. */
    open: openMatchingPage({ clock, compiled, officesOf }),
    /** The same for a folder of files. */
    forFiles: () => matchingForFiles({ compiled, officesOf }),
    /** Offers to match after an answer about the conditions of a programme that has rules. */
    offerAfter({ programme, question }: { programme: string; question: string }): string | undefined {
      const track = rules.tracks.find(one => programmeOf(one) === programme && one.conditions.length > 0)
      return track && aboutConditions.test(question)
        ? `要不要对一对你的情况？私聊我说「测政策 ${track.name}」。`
        : undefined
    },
    /**
     * About how many saved companies may use a programme.
     * @returns undefined below five, so that no count leads to a company
     */
    async companiesFor(programme: string): Promise<number | undefined> {
      const tracks = rules.tracks.filter(track => programmeOf(track) === programme).map(({ id }) => id)
      const saved = (await companies.list('')).map(({ value }) => value)
      const count = countFor(tracks, saved, compiled())
      return count < leastCount ? undefined : count
    },
  }
}

/** Questions of entries that say who may apply. */
const aboutConditions = /条件|门槛|谁能|谁可以|能不能|哪些(?:企业|公司|人)|要求|够不够|够格/u

/** Compiles the rules once a day, by the bot's clock, and once for each change of the documents. */
function compiledByDay({ rules, clock, clauses = noClauses }: MatchingParts): () => CompiledRules {
  let day = ''
  let version = -1
  let today: CompiledRules = { rules, tracks: [] }
  return () => {
    const now = dayInShanghai(clock.now())
    if (now !== day || clauses.version() !== version) {
      version = clauses.version()
      day = now
      const told = withoutHeld(rules, clauses)
      today = { rules: told, tracks: compileTracks(told, now) }
    }
    return today
  }
}

/** Finds tracks by their own names first, then by what people call the programme; the longest name wins. */
function createTrackFinder({ rules, aliases }: MatchingParts, compiled: () => CompiledRules) {
  const names = [
    ...rules.tracks.map(({ id, name }) => ({ word: fold(name), ids: [id] })),
    ...[...aliases].map(([alias, programme]) => ({
      word: fold(alias),
      ids: rules.tracks.filter(track => programmeOf(track) === programme).map(({ id }) => id),
    })),
  ]
    .filter(({ ids }) => ids.length > 0)
    .sort((a, b) => b.word.length - a.word.length)
  return (text: string): CompiledTrack[] => {
    const said = fold(text)
    const found = names.find(({ word }) => said.includes(word))
    return found ? compiled().tracks.filter(({ track }) => found.ids.includes(track.id)) : []
  }
}
