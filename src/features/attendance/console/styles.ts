/**
 * Styles of the calendar, and of the board, which lies over everything else so that a
 * room reads it from the last row.
 */
export const lessonStyles = `
.units { display: flex; flex-wrap: wrap; gap: 0 1.5rem; padding-left: 1.75rem; }
.month h2 { display: flex; justify-content: space-between; align-items: baseline; gap: .5rem; }
.month h2 a { font-size: .9rem; font-weight: 400; }
.days { display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)); border: 1px solid var(--line); border-width: 1px 0 0 1px; }
.days .week { display: contents; }
.days .head, .days .day { border: 1px solid var(--line); border-width: 0 1px 1px 0; padding: .3rem .4rem; }
.days .head { font-size: .85rem; color: var(--grey); text-align: center; }
.days .day { min-height: 5rem; }
.days .other { background: var(--ground); color: var(--grey); }
.days .today .date { color: var(--red); font-weight: 700; }
.days .date { display: block; position: relative; font-size: .85rem; }
.days .date .long { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
.days .count { display: none; }
.days .chosen { background: var(--ground); }
.days .date small { color: var(--amber); }
.days .lesson { display: block; font-size: .85rem; line-height: 1.3; padding: .15rem .3rem; margin-top: .2rem;
  border-left: 3px solid var(--grey); background: var(--ground); text-decoration: none; overflow-wrap: anywhere; }
.days .lesson.open { border-color: var(--green); font-weight: 600; }
.days .lesson.upcoming { border-color: var(--ink); }
.days .lesson.cancelled { text-decoration: line-through; color: var(--grey); }
.feed { font-family: ui-monospace, monospace; font-size: .85rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  .days .head, .days .day { padding: .15rem 0; text-align: center; }
  .days .day { min-height: 4.25rem; min-width: 0; }
  .days .date small { display: none; }
  .days .lesson { display: none; }
  .days .count { display: flex; align-items: center; justify-content: center; min-height: 2.75rem; font-size: .85rem; white-space: nowrap; }
  .month h2 a, fieldset label:has(> :is([type="checkbox"], [type="radio"])), .stack td a { display: flex; align-items: center; min-height: 2.75rem; }
  button, [role='button'], summary { min-height: 2.75rem; }
}
.board { position: fixed; inset: 0; z-index: 100; overflow: auto; margin: 0; padding: 4vh 5vw; background: #fff; color: #1a1a1a;
  display: grid; grid-template-columns: 3fr 2fr; gap: 4vh 4vw; align-content: center; }
.board header, .board footer { grid-column: 1 / -1; }
.board h1 { font-size: 5vh; margin: 0; }
.board p { font-size: 3.2vh; margin: 0 0 1vh; }
.board .digits { font-size: 26vh; line-height: 1; font-weight: 700; letter-spacing: .04em; font-variant-numeric: tabular-nums; }
.board .count { font-size: 6vh; font-weight: 600; }
.board svg { width: min(34vh, 90%); height: auto; }
.board .names { font-size: 3vh; color: #555; }
@media (max-width: 40rem) { .board { grid-template-columns: 1fr; } .board .digits { font-size: 28vw; } }
`
